"""What every paper of a till shares: shop, words, width, and how figures are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hardware.receipt_printer.document import (
    BIG,
    BOLD,
    NORMAL,
    TALL,
    Align,
    Block,
    Column,
    Image,
    Style,
    Table,
    Text,
)
from pos.country import Country, LegalTexts
from pos.domain.money import Money
from pos.domain.shop import ShopDetails
from pos.formatting import amount_text, date_text, money_text, time_text
from pos.receipts.texts import Words, receipt_words


@dataclass(frozen=True, slots=True)
class Reprint:
    """When a copy was taken (UTC, Unix ms) and the how many-eth it is, from 1.

    `place` is said instead of the number where others may have copied the sale too.
    """

    at_ms: int
    number: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Stationery:
    """The paper of one till in one language.

    `columns` is characters of normal text across the paper (48, 42 or 32), `till_number`
    what the shop calls the till by, `logo` a picture above the shop's name.
    """

    shop: ShopDetails
    country: Country
    till_number: int
    language: str
    columns: int
    logo: Image | None = None

    @property
    def words(self) -> Words:
        return receipt_words(self.language)

    @property
    def legal(self) -> LegalTexts:
        return self.country.texts[self.language]

    @property
    def locale(self) -> str:
        return self.country.locale(self.language)

    def amount(self, money: Money) -> str:
        """Return an amount without its currency."""
        return amount_text(money.minor, money.currency, self.locale)

    def minor(self, minor: int) -> str:
        """Return minor units of the shop's currency as an amount without it."""
        return amount_text(minor, self.shop.currency, self.locale)

    def money(self, money: Money) -> str:
        """Return an amount with its currency."""
        return money_text(money.minor, money.currency, self.locale)

    def moment(self, at_ms: int) -> datetime:
        """Return a UTC time in Unix ms as the shop's clock shows it."""
        return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(ZoneInfo(self.shop.time_zone))

    def date(self, at_ms: int) -> str:
        return date_text(self.moment(at_ms).date(), self.locale)

    def time(self, at_ms: int) -> str:
        return time_text(self.moment(at_ms))

    def when(self, at_ms: int) -> str:
        """Return date and time of day."""
        return f"{self.date(at_ms)} {self.time(at_ms)}"

    def day(self, iso_date: str) -> str:
        """Return an ISO date as it is written here."""
        return date_text(date.fromisoformat(iso_date), self.locale)

    def till(self, number: int | str) -> str:
        return self.words["till"].format(number=number)

    def letterhead(self) -> list[Block]:
        """Return the shop: picture, name, and what the law wants to know of the seller."""
        shop = self.shop
        lines = [
            shop.legal_name if shop.legal_name != shop.name else "",
            f"{self.legal.tax_id} {shop.tax_id}" if shop.tax_id else "",
            *shop.address_lines,
            self.words["phone"].format(number=shop.phone) if shop.phone else "",
            shop.web,
            *shop.receipt_header,
        ]
        blocks: list[Block] = [self.logo] if self.logo else []
        return [*blocks, headline(shop.name, self.columns), *centred(lines)]

    def copy_mark(self, reprint: Reprint) -> list[Block]:
        """Return the mark that keeps a copy from passing for the original."""
        taken = self.words["reprinted"].format(moment=self.when(reprint.at_ms))
        number = reprint.place or self.words["copy_number"].format(number=reprint.number)
        return [
            Text(self.words["duplicate"], Align.CENTER, BIG),
            Text(number, Align.CENTER),
            Text(taken, Align.CENTER),
        ]


def centred(lines: list[str], style: Style = NORMAL) -> list[Block]:
    """Return the lines that say something, each centred."""
    return [Text(line, Align.CENTER, style) for line in lines if line.strip()]


def headline(text: str, columns: int) -> Text:
    """Return a title as large as it can be without breaking a word."""
    fits_double = max(map(len, text.split()), default=0) <= columns // 2
    return Text(text, Align.CENTER, BIG if fits_double else TALL)


def heading(text: str) -> Text:
    """Return the title of a section."""
    return Text(text, style=BOLD)


def figures(rows: list[tuple[str, str]], style: Style = NORMAL) -> Table:
    """Return texts on the left with their figures under each other on the right."""
    return Table((Column(), Column(Align.RIGHT)), tuple(rows), style)
