"""What a country fixes for its shops: money, locale, tax, and the words of its law."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pos.domain.cash import Denomination
from pos.domain.money import Money
from pos.domain.return_law import ReturnLaw, read_return_law
from pos.domain.tax import TaxRate
from pos.domain.tender import CashPolicy
from pos.resources import resource_path

LANGUAGES = ("es", "en")


class UnknownCountry(ValueError):
    """There is no file of that country in `resources/legal`."""


@dataclass(frozen=True, slots=True)
class LegalTexts:
    """The words of a country's law in one language of its receipts.

    `document` is the legal name of a receipt, `correction` that of a return's, `tax_id` the
    label before the seller's number, `legal` the lines below the tax, `fiscal_qr` the caption
    above a fiscal QR.

    Source:
        Spain, RD 1619/2012 art. 15: an invoice that corrects another says that it does, which
        one, and why.
    """

    document: str
    correction: str
    tax_name: str
    tax_id: str
    legal: tuple[str, ...]
    fiscal_qr: str


@dataclass(frozen=True, slots=True)
class Country:
    """One file of `resources/legal`; `standard_tax_bp` is basis points.

    `denominations` come largest first, notes before coins.
    """

    code: str
    currency: str
    locales: Mapping[str, str]
    denominations: tuple[Denomination, ...]
    cash_policy: CashPolicy
    standard_tax_bp: int
    tax_rates: tuple[TaxRate, ...]
    return_law: ReturnLaw
    texts: Mapping[str, LegalTexts]

    def locale(self, language: str) -> str:
        """Return the locale that writes numbers and dates for readers of `language`."""
        return self.locales[language]

    @property
    def tax_names(self) -> Mapping[int, str]:
        """Names of the usual rates by basis points."""
        return {rate.basis_points: rate.name for rate in self.tax_rates}


@cache
def load_country(code: str) -> Country:
    """Return what is known of a country.

    Args:
        code: ISO 3166-1 alpha-2, in either case.

    Raises:
        UnknownCountry: There is no such file.
    """
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise UnknownCountry(code)
    path = resource_path("legal", f"{code.lower()}.toml")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownCountry(code) from None
    return _country(data)


def _country(data: Mapping[str, Any]) -> Country:
    currency: str = data["currency"]
    limit: int | None = data["cash"].get("limit")
    return Country(
        code=data["country"],
        currency=currency,
        locales={language: data["locales"][language] for language in LANGUAGES},
        denominations=_denominations(data["denominations"]),
        cash_policy=CashPolicy(None if limit is None else Money(limit, currency)),
        standard_tax_bp=data["tax"]["standard"],
        tax_rates=tuple(
            TaxRate(rate["basis_points"], rate["name"]) for rate in data["tax"]["rates"]
        ),
        return_law=read_return_law(data["returns"]),
        texts={language: _texts(data["texts"][language]) for language in LANGUAGES},
    )


def _denominations(data: Mapping[str, list[int]]) -> tuple[Denomination, ...]:
    notes = [Denomination(minor, is_note=True) for minor in data["notes"]]
    coins = [Denomination(minor, is_note=False) for minor in data["coins"]]
    return (*notes, *coins)


def _texts(data: Mapping[str, Any]) -> LegalTexts:
    return LegalTexts(
        document=data["document"],
        correction=data["correction"],
        tax_name=data["tax_name"],
        tax_id=data["tax_id"],
        legal=tuple(data["legal"]),
        fiscal_qr=data["fiscal_qr"],
    )
