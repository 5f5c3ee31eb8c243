"""A manager's telephone: the hub's pages, read and filled in as a browser without scripts does."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import requests

from pos.commands.demonstration.eyes import NotSeen

ANSWER_S = 30.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PICTURE_S = 60.0
WIDTH, HEIGHT = 390, 844  # of a telephone, CSS pixels

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_OP_ID = re.compile(r'name="op_id" value="([^"]+)"')
_ASKED = re.compile(r'action="/desk/approvals/([^"]+)"')
_STATIC = re.compile(r'(?:href|src)="(/desk/static/[^"]+)"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Kept:
    """A page that was kept as it was seen; `is_photographed` when a browser was there for it."""

    name: str
    is_photographed: bool


class Telephone:
    """Keeps cookies, follows redirections, and sends a form's token with every answer."""

    def __init__(self, hub: str) -> None:
        self._hub = hub
        self._http = requests.Session()
        self._http.trust_env = False
        self.page = ""

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    @property
    def text(self) -> str:
        """What the page says, without its marks."""
        return html.unescape(_TAG.sub(" ", self.page))

    def sign_in(self, shop: str, staff_id: str, pin: str) -> None:
        """Choose shop and person and key the PIN.

        Raises:
            NotSeen: The hub does not let them in.
        """
        self.look(f"/desk/sign-in?shop={shop}&person={staff_id}")
        self._send("/desk/sign-in", {"shop": shop, "person": staff_id, "pin": pin})
        if "/desk/sign-out" not in self.page:
            raise NotSeen(f"{staff_id} is not let in at the hub's pages: {self.text.strip()}")

    def look(self, path: str) -> str:
        """Open a page and return it."""
        return self._take(self._http.get(self._hub + path, timeout=ANSWER_S))

    def asked(self) -> list[str]:
        """Return the requests that wait for an authorisation, the oldest first."""
        return _ASKED.findall(self.look("/desk/approvals"))

    def grant(self, request_id: str) -> None:
        """Touch "authorise"; the page with the request is open."""
        self._send(f"/desk/approvals/{request_id}", {"decision": "granted"})

    def resolve(self, item_id: str, resolution: str, note: str) -> None:
        """Open an item of the desk, write a note and touch a way out."""
        self.look(f"/desk/items/{item_id}")
        fields = {"resolution": resolution, "note": note, "op_id": self._field(_OP_ID)}
        self._send(f"/desk/items/{item_id}/resolve", fields)

    def keep(self, folder: Path, name: str) -> Kept:
        """Keep the page that is open with what it loads, and its picture if a browser is there."""
        folder.mkdir(parents=True, exist_ok=True)
        page = self.page
        for path in sorted(set(_STATIC.findall(page))):
            file = folder / path.rpartition("/")[2].partition("?")[0]
            if file.suffix == ".css" and not file.exists():
                file.write_bytes(self._http.get(self._hub + path, timeout=ANSWER_S).content)
            page = page.replace(path, file.name)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
        return Kept(name, _photograph(folder / f"{name}.html"))

    def _send(self, path: str, form: dict[str, str]) -> None:
        token = _CSRF.search(self.page)
        fields = {**({"csrf": token[1]} if token else {}), **form}
        headers = {"Origin": self._hub, "Sec-Fetch-Site": "same-origin"}
        answer = self._http.post(self._hub + path, data=fields, headers=headers, timeout=ANSWER_S)
        self._take(answer)

    def _take(self, answer: requests.Response) -> str:
        self.page = answer.text
        if not answer.ok:
            raise NotSeen(f"the hub's page answers {answer.status_code}: {self.text.strip()}")
        return self.page

    def _field(self, name: re.Pattern[str]) -> str:
        found = name.search(self.page)
        if found is None:
            raise NotSeen(f"the hub's page has no {name.pattern}")
        return found[1]


def browser() -> str:
    """Return the browser of this machine that takes pictures, empty when there is none."""
    return next((name for name in BROWSERS if shutil.which(name)), "")


def _photograph(page: Path) -> bool:
    """Let a browser draw a kept page; False when there is none or it does not manage."""
    if not browser():
        return False
    picture = page.absolute().with_suffix(".png")
    words = [
        browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--disable-dev-shm-usage", f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={picture}",
        page.absolute().as_uri(),
    ]  # fmt: skip
    try:
        subprocess.run(words, timeout=PICTURE_S, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return picture.exists()
