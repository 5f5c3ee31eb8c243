"""One request to the hub's pages: who, with what, and in which words; or why not."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from sync.hub.pages.sessions import Session
from sync.hub.pages.wording import Words

SESSION_COOKIE = "mostrador_desk"
LANGUAGE_COOKIE = "mostrador_language"
MAX_FORM_BYTES = 16 * 1024
MAX_FIELDS = 20


class Refused(Exception):
    """A request that is not carried out; `reason` is the key of its words below ``error``."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as a page sees it; `now_ms` is UTC."""

    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    words: Words
    now_ms: int
    is_secure: bool
    signed_in: Session | None
    shop_name: str = ""

    @property
    def session(self) -> Session:
        """The session of a page that only people who are signed in see."""
        if self.signed_in is None:
            raise Refused(403, "signed_out")
        return self.signed_in


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form.

    Raises:
        Refused: No form, or a larger one than any of ours.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused(415, "not_a_form")
    body = await request.body()
    if len(body) > MAX_FORM_BYTES:
        raise Refused(413, "too_large")
    try:
        fields = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict"
        )
    except ValueError as error:  # not UTF-8, or too many fields
        raise Refused(400, "not_a_form") from error
    return {name: value.replace("\0", "\ufffd") for name, value in fields}


def check_origin(request: Request) -> None:
    """Refuse a form that another site's page sends.

    Raises:
        Refused: The browser says that it comes from elsewhere.
    """
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    is_elsewhere = origin is not None and _host_in(origin) != request.headers.get("host")
    if is_elsewhere or site not in {"same-origin", "none"}:
        raise Refused(403, "foreign_form")


def _host_in(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no address
        return ""


def check_token(form: Mapping[str, str], session: Session) -> None:
    """Refuse a form that was not made for this session.

    Raises:
        Refused: Its token is missing or another's.
    """
    given = form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), session.csrf.encode()):
        raise Refused(403, "foreign_form")
