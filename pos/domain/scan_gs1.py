"""GS1 element strings and Digital Links: what biip reads, as the fields a till uses.

A Digital Link is a web address; it is taken apart and never opened.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.domain.gtin import is_gtin
from pos.domain.scan_refusal import RefusalReason, RefusedScan
from pos.domain.scan_templates import KILOGRAM_DECIMALS, rescaled

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

GROUP_SEPARATOR = "\x1d"
# GS1 Digital Link 1.1 allowed names in place of numbers; 1.2 deprecates them, labels stay.
_KEY_NAMES = {"gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "exp": "17"}
_KEY_NAME = re.compile(r"(?<=[/?&;])(gtin|cpv|lot|ser|exp)(?=[/=])")
_GTIN_IN_PATH = re.compile(r"/01/(\d{8}|\d{12,14})(?=[/?#]|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Gs1Scan:
    """A product with what its label adds.

    Attributes:
        gtin: GTIN-14 as a number.
        lot: Batch, AI 10.
        serial: Serial number, AI 21.
        expiry: Last day of sale, AI 17 or 7003; day 00 is the last of the month.
        best_before: AI 15.
        count: Pieces in a variable count item, AI 30.
        weight_thousandths: Net weight in thousandths of a kilogram, AI 310n.
        price_minor: Amount payable in minor units, AI 392n or 393n.
        price_currency: ISO 4217 number of AI 393n, such as ``978``; None for the shop's own.
    """

    gtin: int
    lot: str | None = None
    serial: str | None = None
    expiry: datetime.date | None = None
    best_before: datetime.date | None = None
    count: int | None = None
    weight_thousandths: int | None = None
    price_minor: int | None = None
    price_currency: str | None = None


def read_element_strings(text: str, *, currency_digits: int) -> Gs1Scan | RefusedScan | None:
    """Return what GS1 element strings say; None when they name no GTIN (a pallet, say).

    Args:
        text: Without AIM identifier; fields of open length end in 0x1D.
        currency_digits: Decimals of the shop's currency.
    """
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        message = GS1Message.parse(text.strip(GROUP_SEPARATOR))
    except (ParseError, ValueError):
        return RefusedScan(RefusalReason.MALFORMED_GS1)
    return _scan(_fields(message.element_strings), currency_digits)


def read_digital_link(uri: str, *, currency_digits: int) -> Gs1Scan | RefusedScan | None:
    """Return what a GS1 Digital Link says; None for any other web address.

    Args:
        uri: Starts with ``http://`` or ``https://``, in any case; any host.
        currency_digits: Decimals of the shop's currency.
    """
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    numbered = _KEY_NAME.sub(lambda found: _KEY_NAMES[found[1]], uri)
    keys = _GTIN_IN_PATH.search(numbered)
    if keys is None:
        return None
    if not is_gtin(keys[1]):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    try:
        link = GS1DigitalLinkURI.parse(numbered)
    except (ParseError, ValueError):
        return RefusedScan(RefusalReason.MALFORMED_GS1)
    return _scan(_fields(link.element_strings), currency_digits)


def _fields(elements: list[GS1ElementString]) -> dict[str, GS1ElementString]:
    """Return the elements by application identifier, the first of each."""
    return {element.ai.ai: element for element in reversed(elements)}


def _scan(
    fields: Mapping[str, GS1ElementString], currency_digits: int
) -> Gs1Scan | RefusedScan | None:
    gtin = fields.get("01")
    if gtin is None:
        return None
    if not is_gtin(gtin.value):
        return RefusedScan(RefusalReason.WRONG_CHECK_DIGIT)
    price_currency, price_minor = _price(fields, currency_digits)
    return Gs1Scan(
        gtin=int(gtin.value),
        lot=_text(fields, "10"),
        serial=_text(fields, "21"),
        expiry=_date(fields, "17") or _date(fields, "7003"),
        best_before=_date(fields, "15"),
        count=int(fields["30"].value) if "30" in fields else None,
        weight_thousandths=_measure(fields, "310", KILOGRAM_DECIMALS),
        price_minor=price_minor,
        price_currency=price_currency,
    )


def _text(fields: Mapping[str, GS1ElementString], ai: str) -> str | None:
    return fields[ai].value if ai in fields else None


def _date(fields: Mapping[str, GS1ElementString], ai: str) -> datetime.date | None:
    element = fields.get(ai)
    if element is None:
        return None
    return element.date or (element.datetime.date() if element.datetime else None)


def _price(
    fields: Mapping[str, GS1ElementString], currency_digits: int
) -> tuple[str | None, int | None]:
    own = _measure(fields, "392", currency_digits)
    if own is not None:
        return None, own
    for ai, element in fields.items():
        if ai.startswith("393"):
            amount, decimals = int(element.value[3:]), int(ai[3])
            return element.value[:3], rescaled(amount, decimals=decimals, wanted=currency_digits)
    return None, None


def _measure(
    fields: Mapping[str, GS1ElementString], ai_stem: str, wanted_decimals: int
) -> int | None:
    """Return the value of an AI whose fourth digit is the number of decimals."""
    for ai, element in fields.items():
        if len(ai) == 4 and ai.startswith(ai_stem):
            return rescaled(int(element.value), decimals=int(ai[3]), wanted=wanted_decimals)
    return None
