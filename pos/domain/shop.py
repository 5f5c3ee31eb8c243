"""The shop as its papers name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopDetails:
    """What a receipt says about the seller.

    `code` is the shop's part of a till id ("FUEN"), `tax_id` the number the tax office
    knows it by, `currency` an ISO 4217 code, `country` an ISO 3166-1 alpha-2 code and
    `time_zone` an IANA name. `receipt_header` and `receipt_footer` are the shop's own
    lines, printed below its address and at the end.
    """

    code: str
    name: str
    legal_name: str
    tax_id: str
    address_lines: tuple[str, ...]
    currency: str
    country: str
    time_zone: str
    phone: str = ""
    web: str = ""
    receipt_header: tuple[str, ...] = ()
    receipt_footer: tuple[str, ...] = ()
