"""A product's price and stock, looked at without selling it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.catalogue import Product, SearchHit
from pos.domain.gtin import is_gtin
from pos.domain.promotion import Promotion
from pos.domain.scan import (
    CustomerScan,
    Gs1Scan,
    GtinScan,
    ScannedCode,
    UnknownScan,
    VariableMeasureScan,
    parse,
)
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.note.view_model import NoteViewModel
from pos.screens.ports import Sound
from pos.screens.scan_refusal import refuse_scan
from pos.screens.search.view_model import HitWords, SearchViewModel, hit_words
from pos.services import look_up

MOST_OFFERS = 3  # as many as the panel has room for beside what else is known


class PriceCheckViewModel(QObject):
    """Scan or type, and see; the ticket stays as it is."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.search = SearchViewModel(counter, navigator, self.show_product)
        self.search.setParent(self)
        self.search.changed.connect(self.changed)
        self.hit: SearchHit | None = None
        self._offers: tuple[Promotion, ...] = ()
        self._message = self._unknown = ""

    @property
    def message(self) -> str:
        """What is to be said of what was scanned or typed."""
        if self._message or not self.wanted:
            return self._message
        return self.search.advice

    @property
    def wanted(self) -> str:
        """What was looked for and is not there; empty when something is shown."""
        if self.hit is not None:
            return ""
        search = self.search
        is_missing = search.is_settled and not search.shown
        return self._unknown or (search.text.strip() if is_missing else "")

    @property
    def can_note(self) -> bool:
        """True when there is something that a customer may have an opinion of, or wish for."""
        return self.hit is not None or bool(self.wanted)

    @property
    def words(self) -> HitWords | None:
        """The product that is looked at."""
        return hit_words(self._counter, self.hit) if self.hit else None

    @property
    def unit_price(self) -> str:
        if self.hit is None:
            return ""
        product = self.hit.product
        return wording.unit_price(product.price, product.unit)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What else is known: pairs of what and how much."""
        if self.hit is None:
            return ()
        product = self.hit.product
        pairs = [(self.tr("Promotion"), one.name) for one in self._offers[:MOST_OFFERS]]
        pairs += [
            (self.tr("Tax included"), wording.percent(product.tax_rate.basis_points)),
            (self.tr("Department"), product.department),
            (self.tr("Article number"), product.sku),
        ]
        if product.has_demonstration_price:
            pairs.append((self.tr("Price"), self.tr("for demonstration only")))
        return tuple((what, how) for what, how in pairs if how)

    def write(self, text: str) -> None:
        """Search for a product."""
        self.hit, self._message, self._unknown = None, "", ""
        self.search.write(text)

    def show_product(self, product: Product) -> None:
        """Look at a product."""
        sign_on = self._counter.sign_on
        self.hit = look_up.price_check(sign_on, product)
        self._message = self._unknown = ""
        self._offers = look_up.offers_on(sign_on, self.hit.product)
        self.changed.emit()

    def scanned(self, code: ScannedCode) -> None:
        """Look the scanned product up."""
        catalogue = self._counter.station.catalogues.current()
        read = parse(code, self._counter.station.scan_rules, is_in_catalogue=catalogue.contains)
        found: tuple[Product, ...] = ()
        match read:
            case GtinScan(gtin, _):
                found = catalogue.by_gtin(gtin)
            case Gs1Scan():
                found = catalogue.by_gtin(read.gtin)
            case VariableMeasureScan():
                found = _one(catalogue.by_sku(read.item_code))
            case UnknownScan(text) | CustomerScan(text):
                found = _one(catalogue.by_sku(text))
        if not found:
            self.hit = None
            refuse_scan(self._counter)
            # Anything else may be a customer's card, which no note is to hold.
            self._unknown = code.text if is_gtin(code.text) else ""
            self._message = self.tr("No product has the code {code}").format(code=code.text[:40])
            self.changed.emit()
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.show_product(found[0])
        if len(found) > 1:
            self._message = self.tr("%n products share this code", "", len(found))
            self.changed.emit()

    def note(self) -> None:
        """Ask what the customer says of the product, or note the wish for what is not here."""
        counter, navigator, wanted = self._counter, self._navigator, self.wanted
        if self.hit is not None:
            product = self.hit.product
            navigator.open(NoteViewModel(counter, navigator, sku=product.sku, name=product.name))
        elif is_gtin(wanted):
            navigator.open(NoteViewModel(counter, navigator, name=wanted))
        elif wanted:
            navigator.open(NoteViewModel(counter, navigator, words=wanted))

    def close(self) -> None:
        """Go back to the ticket."""
        self._navigator.close(self)


def _one(product: Product | None) -> tuple[Product, ...]:
    return () if product is None else (product,)
