"""Finding products as one types, off the interface thread, the latest answer only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos.domain.catalogue import Product, SearchHit, StockLevel
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.services import sell

LIMIT = 50
STALE_STOCK_MS = 60 * 60_000


@dataclass(frozen=True, slots=True)
class StockWords:
    """Stock here with its age; `is_doubtful` when the age or the level asks to look."""

    level: str
    age: str
    short_age: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class HitWords:
    """One found product in words; `picture` names an icon or is empty."""

    sku: str
    name: str
    second: str
    price: str
    picture: str
    stock: StockWords


class SearchViewModel(QObject):
    """What was typed, what was found, which is chosen.

    One search runs at a time; what was typed meanwhile is searched next and answers to
    older texts are dropped.
    """

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        on_chosen: Callable[[Product], None],
        *,
        text: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._on_chosen = counter, navigator, on_chosen
        self._catalogue = sell.catalogue_for(counter.sign_on, counter.ticket)
        self._hits: tuple[SearchHit, ...] = ()
        self._answered: str | None = None
        self._is_running = False
        self.by_touch = navigator.touched
        self.only_in_stock = False
        self.text = ""
        self.position = 0
        if text:
            self.write(text)

    @property
    def is_settled(self) -> bool:
        """True when the list shown is the answer to what is typed."""
        return self._answered == self.text or not self.text.strip()

    @property
    def shown(self) -> tuple[SearchHit, ...]:
        """The hits in the list, after the filter."""
        if not self.only_in_stock:
            return self._hits
        return tuple(hit for hit in self._hits if _is_in_stock(hit.stock))

    @property
    def rows(self) -> tuple[HitWords, ...]:
        """The hits in words."""
        return tuple(hit_words(self._counter, hit) for hit in self.shown)

    @property
    def count(self) -> str:
        """How many were found, and how many of them are shown."""
        if not self.text.strip():
            return ""
        found = f"{LIMIT}+" if len(self._hits) >= LIMIT else str(len(self._hits))
        if self.only_in_stock:
            return self.tr("{shown} of {found}").format(shown=len(self.shown), found=found)
        return self.tr("{found} found").format(found=found)

    @property
    def advice(self) -> str:
        """What to do when the list is empty."""
        if not self.text.strip():
            return self.tr("Type a name, a brand or a code")
        if self._hits and not self.shown:
            return self.tr("None of them is in stock here")
        text = self.text.strip()
        if text.isdigit():
            return self.tr("No article has the code {code}").format(code=text)
        return self.tr("Nothing is called “{text}”").format(text=text)

    def write(self, text: str) -> None:
        """Take what stands in the field and search for it."""
        self.text = text
        if not text.strip():
            self._hits, self._answered, self.position = (), text, 0
        else:
            self._search()
        self.changed.emit()

    def filter_stock(self, only: bool) -> None:
        """Show only what is in stock here, or everything."""
        self.only_in_stock, self.position = only, 0
        self.changed.emit()

    def choose(self, position: int) -> None:
        """Choose a row."""
        if 0 <= position < len(self.shown) and position != self.position:
            self.position = position
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down in the list."""
        if self.shown:
            self.choose(min(max(self.position + by, 0), len(self.shown) - 1))

    def add(self) -> None:
        """Hand over the chosen product, if the list is the answer to what is typed."""
        if self.is_settled and self.position < len(self.shown):
            self._on_chosen(self.shown[self.position].product)

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)

    def _search(self) -> None:
        if self._is_running:
            return
        self._is_running = True
        text, catalogue = self.text, self._catalogue
        self._counter.background.run(
            lambda: (text, catalogue.search(text, limit=LIMIT)), self._on_found
        )

    def _on_found(self, answer: tuple[str, tuple[SearchHit, ...]]) -> None:
        self._is_running = False
        text, hits = answer
        if text != self.text:
            if self.text.strip():
                self._search()
            return
        self._hits, self._answered, self.position = hits, text, 0
        self.changed.emit()


def hit_words(counter: Counter, hit: SearchHit) -> HitWords:
    """Write a found product."""
    product = hit.product
    code = f"{product.gtin:013d}" if product.gtin is not None else product.sku
    return HitWords(
        product.sku,
        product.name,
        " · ".join(part for part in (product.brand, code) if part),
        wording.money(product.price),
        product.picture,
        stock_words(counter, hit),
    )


def stock_words(counter: Counter, hit: SearchHit) -> StockWords:
    """Write the stock of a found product with its age."""
    if hit.stock is None:
        return StockWords(QCoreApplication.translate("Stock", "stock not known"), "")
    now_ms = counter.station.clock.now_ms()
    level = wording.stock(hit.stock.on_hand_thousandths, hit.product.unit)
    here = QCoreApplication.translate("Stock", "{level} here").format(level=level)
    age = wording.age(hit.stock.as_of_ms, now_ms)
    if now_ms - hit.stock.as_of_ms > STALE_STOCK_MS:
        look = QCoreApplication.translate("Stock", "{age}, check it").format(age=age)
        return StockWords(here, look, age, is_doubtful=True)
    return StockWords(here, age, age, is_doubtful=not _is_in_stock(hit.stock))


def _is_in_stock(stock: StockLevel | None) -> bool:
    return stock is not None and stock.on_hand_thousandths > 0
