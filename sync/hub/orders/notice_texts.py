"""What customers are told of their orders, in the language of the shop's country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pos.domain.collection import IdentityMethod, Order
from pos.formatting import day_text, money_text
from pos.resources import resource_path

SPANISH_SPEAKING = frozenset({"ES", "MX"})
WITH_CODE = frozenset({"placed", "ready", "reminder", "extended", "moved"})
WITH_AMOUNT = frozenset({"ready", "reminder", "extended"})
REFUNDED = frozenset({"cancelled", "expired"})


@dataclass(frozen=True, slots=True)
class NoticeText:
    subject: str
    text: str


def notice_text(order: Order, kind: str, shop: dict[str, Any]) -> NoticeText:
    """Return subject and text of a notice.

    Args:
        order: As it is when the notice is queued.
        kind: A key below ``[subject]`` of ``resources/i18n/notices_*.toml``.
        shop: The hub's setting ``shop``: name, country, time_zone, address_lines, phone.
    """
    country = str(shop.get("country", "ES"))
    language = "es" if country in SPANISH_SPEAKING else "en"
    locale = f"{language}_{country if language == 'es' else 'GB'}"
    words = _words(language)
    name = str(shop["name"])
    values = {
        "number": order.number,
        "name": order.customer_name.split()[0],
        "shop": name,
        "address": ", ".join(map(str, shop.get("address_lines", ()))) or name,
        "until": _day(order.hold_until_ms, str(shop.get("time_zone", "UTC")), locale),
        "short_code": order.short_code,
        "amount": money_text(order.to_collect.minor, order.currency, locale),
        "phone": str(shop.get("phone", "")),
        **_offered(order),
    }
    keys = ["hello", "", kind, *_more(order, kind), "", "bye"]
    if values["phone"]:
        keys.append("phone")
    lines = [words["text"][key].format(**values) if key else "" for key in keys]
    return NoticeText(words["subject"][kind].format(**values), "\n".join(lines) + "\n")


def _more(order: Order, kind: str) -> list[str]:
    """Return the keys of what else this customer must know."""
    more = []
    if kind in WITH_CODE:
        more.append("code")
        if order.identity in {IdentityMethod.DOCUMENT, IdentityMethod.MEMBER_CARD}:
            more.append(order.identity.value)
    if kind in WITH_AMOUNT and order.to_collect:
        more.append("to_pay")
    if kind in REFUNDED and order.is_prepaid and order.total:
        more.append("refund")
    return more


def _offered(order: Order) -> dict[str, str]:
    """Return the product that is short and what is offered for it; the latest of the order."""
    lines = [line for line in order.lines if line.substitute is not None]
    if not lines or lines[-1].substitute is None:
        return {"product": "", "offered": ""}
    return {"product": lines[-1].name, "offered": lines[-1].substitute.name}


def _day(at_ms: int, time_zone: str, locale: str) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(time_zone))
    return day_text(moment.date(), locale)


@cache
def _words(language: str) -> dict[str, dict[str, str]]:
    path = resource_path("i18n", f"notices_{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
