"""What the screen of returns writes, from one look at what is chosen and what it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QCoreApplication

from pos.domain.money import Money
from pos.domain.return_verdict import Approved, NeedsOverride, Refused
from pos.domain.return_words import Disposition
from pos.domain.returns import ExtraKind
from pos.screens import wording
from pos.screens.returns import words
from pos.screens.returns.ways import WayWords, to_where, way_words
from pos.services.return_figures import Figures, LineFigures
from pos.services.take_back import TakingBack, step_of
from pos.services.without_receipt import RECENT_DAYS

_MOST_ADDENDS = 3


class Keys(Enum):
    """What stands at the end of a row."""

    STEPPER = "stepper"
    EXCEPTION = "exception"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RowWords:
    """One line of the purchase; `is_out` when nothing of it can simply come back."""

    number: int
    name: str
    paid: str
    promotion: str
    second: str
    sold: str
    returned: str
    where: str
    returnable: str
    quantity: str
    keys: Keys
    picture: str
    may_less: bool
    may_more: bool
    is_out: bool
    is_back: bool

    @property
    def spoken(self) -> str:
        """What is read aloud."""
        parts = (self.name, self.paid, self.promotion, self.second, self.quantity)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class UnfoldedWords:
    """The chosen line in full: what was said of it and where it goes.

    `bin` is empty while that is open; `refusal` says why it may not come back.
    """

    number: int
    reason: str
    condition: str
    bin: str
    refusal: str
    needs_permission: bool
    serials: str
    wants_serial: bool
    may_keep: bool
    kept: str


@dataclass(frozen=True)
class Shown:
    """One state of the page in words; `picture_of` names the picture of a product by its SKU."""

    state: TakingBack
    figures: Figures
    chosen: int
    picture_of: Callable[[str], str]
    shop: str

    @property
    def is_gift(self) -> bool:
        """True when nothing may say what was paid, nor how: whoever looks on did not pay."""
        return self.state.is_gift

    @property
    def has_receipt(self) -> bool:
        return self.state.has_receipt

    @property
    def title(self) -> str:
        if not self.has_receipt:
            return QCoreApplication.translate("Return", "Without a receipt")
        return words.title(self.state.known.ledger.purchase, is_gift=self.is_gift)

    @property
    def about(self) -> str:
        known = self.state.known
        if not self.has_receipt:
            text = QCoreApplication.translate(
                "Return", "at the lowest price of the last {days} days"
            )
            return text.format(days=RECENT_DAYS)
        return words.about(known.ledger.purchase, known.shop_name, is_gift=self.is_gift)

    @property
    def window(self) -> tuple[str, bool]:
        """How long the chosen line can come back, else the one that can the longest."""
        if self.chosen:
            return words.window(self.figures.line(self.chosen).verdict)
        verdicts = [row.verdict for row in self.figures.lines if row.standing.returnable]
        good = [one for one in verdicts if isinstance(one, Approved) and one.until is not None]
        if good:
            return words.window(max(good, key=lambda one: one.days_left))
        return next((words.window(one) for one in verdicts if words.window(one)[0]), ("", False))

    @property
    def rows(self) -> tuple[RowWords, ...]:
        return tuple(self._row(row) for row in self.figures.lines)

    @property
    def unfolded(self) -> UnfoldedWords | None:
        """The chosen line; None when none is chosen or nothing of it is left."""
        if not self.chosen:
            return None
        row = self.figures.line(self.chosen)
        return None if not row.standing.returnable else self._unfolded(row)

    @property
    def ways(self) -> tuple[WayWords, ...]:
        paid = self.state.known.ledger.purchase.paid
        ways = way_words(
            self.figures.options, self.figures.splits, paid, hides_amounts=self.is_gift
        )
        return tuple(sorted(ways, key=lambda way: not way.is_on))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the cashier must know beside the figures, what matters most first."""
        notes = (self._alone, self._unproven, self._gift, *self._guarantees, self._delivery)
        return tuple(note for note in notes if note)

    @property
    def sum_words(self) -> tuple[str, str]:
        """How many articles, and the amounts that make up the total."""
        figures = self.figures
        count = sum(words.pieces(line.quantity, line.unit) for line in figures.chosen)
        amounts = [line.refund for line in figures.chosen]
        amounts += [extra.amount for extra in figures.extras]
        is_short = 1 < len(amounts) <= _MOST_ADDENDS and not self.is_gift
        addends = " + ".join(wording.money(amount) for amount in amounts) if is_short else ""
        return words.ReturnCounts().articles(count), addends

    @property
    def total(self) -> str:
        """What goes back; of a gift it is told once it is given."""
        return "" if self.is_gift else wording.money(-self.figures.total)

    @property
    def closing(self) -> str:
        """What the closing key says below its word: how much goes where."""
        if not self.figures.splits:
            return QCoreApplication.translate("Return", "nothing to give back")
        if self.is_gift:
            return ", ".join(to_where(split.option.means) for split in self.figures.splits)
        return " · ".join(
            f"{wording.money(split.amount)} {to_where(split.option.means)}"
            for split in self.figures.splits
        )

    @property
    def why_off(self) -> str:
        """Why the closing key is off; empty when it is on."""
        lacking = self.figures.lacking
        return "" if lacking is None else words.lacking(lacking)

    # -- inside

    def _row(self, row: LineFigures) -> RowWords:
        standing, picked = row.standing, row.picked
        bought = standing.line
        amount, step = picked.quantity, step_of(standing)
        is_barred = not row.is_allowed
        keys = Keys.STEPPER
        if not standing.returnable or (isinstance(row.verdict, Refused) and not amount):
            keys = Keys.NONE
        elif is_barred and isinstance(row.verdict, NeedsOverride) and not amount:
            keys = Keys.EXCEPTION
        made = RowWords(
            number=row.number,
            name=bought.name,
            paid="" if self.is_gift else wording.money(self._worth(row)),
            promotion=self._promotion(row, self._looked_at(row)),
            second="" if row.number == self.chosen and row.is_allowed else self._second(row),
            sold=words.amount_of(bought.quantity, bought.unit),
            returned=words.amount_of(standing.returned, bought.unit),
            where=words.returned_where(standing, self.shop),
            returnable=words.amount_of(
                0 if keys is Keys.EXCEPTION else standing.returnable, bought.unit
            ),
            quantity=words.amount_of(amount, bought.unit),
            keys=keys,
            picture=self.picture_of(bought.sku),
            may_less=amount > 0,
            may_more=amount + (step if bought.unit.is_counted else 1) <= standing.returnable,
            is_out=keys is not Keys.STEPPER,
            is_back=amount > 0,
        )
        # Nobody knows how many were sold, nor what came back before.
        return made if self.has_receipt else replace(made, sold="", returned="", returnable="")

    def _looked_at(self, row: LineFigures) -> int:
        """Return how much (thousandths) the amount of a row is for: what is picked, or a piece."""
        standing = row.standing
        one = min(step_of(standing), standing.returnable) or standing.line.quantity
        return row.picked.quantity or one

    def _worth(self, row: LineFigures) -> Money:
        """Return what goes back for what is picked, else for one piece, else what was paid."""
        standing = row.standing
        if row.value is not None and row.is_back:
            return row.value
        if not standing.returnable:
            return standing.line.net
        return standing.value_of(self._looked_at(row))

    def _promotion(self, row: LineFigures, quantity: int) -> str:
        line = row.standing.line
        saved = line.promotion.scaled(quantity, line.quantity)
        if not saved or self.is_gift:
            return ""
        text = QCoreApplication.translate("Return", "after a promotion of {amount}")
        return text.format(amount=wording.money(-saved))

    def _second(self, row: LineFigures) -> str:
        if not row.standing.returnable:
            return QCoreApplication.translate("Return", "all of it came back")
        if not row.is_allowed and not isinstance(row.verdict, Approved):
            text = words.ground(row.verdict.ground)
            return text if row.verdict.ground.category else text[:1].lower() + text[1:]
        picked = row.picked
        parts = [] if picked.reason is None else [words.reason(picked.reason)]
        where = self._bin(row)
        if row.is_back and where is not None and picked.condition is not None:
            parts.append(words.bin_word(where))
        return " · ".join(parts)

    def _bin(self, row: LineFigures) -> Disposition | None:
        """Return where a line goes, None while it does not come back."""
        lines = (line for line in self.figures.chosen if line.purchase_line == row.number)
        line = next(lines, None)
        return None if line is None else line.disposition

    def _unfolded(self, row: LineFigures) -> UnfoldedWords:
        picked, verdict = row.picked, row.verdict
        where = self._bin(row) if picked.condition is not None else None
        is_barred = not row.is_allowed and not isinstance(verdict, Approved)
        bought = row.standing.line
        kept = Money(picked.kept, bought.net.currency)
        return UnfoldedWords(
            number=row.number,
            reason="" if picked.reason is None else picked.reason.value,
            condition="" if picked.condition is None else picked.condition.value,
            bin="" if where is None or is_barred else words.goes_to(where),
            refusal=words.ground(verdict.ground)
            if is_barred and not isinstance(verdict, Approved)
            else "",
            needs_permission=is_barred and row.is_back and isinstance(verdict, NeedsOverride),
            serials=", ".join(picked.serials),
            wants_serial=bool(bought.serials),
            may_keep=isinstance(verdict, Approved)
            and verdict.may_deduct
            and row.is_back
            and not self.is_gift,
            kept=wording.money(kept) if kept else "",
        )

    @property
    def _alone(self) -> str:
        if not self.state.is_isolated:
            return ""
        if isinstance(self.figures.offline, Refused):
            return f"{words.ground(self.figures.offline.ground)}."
        return QCoreApplication.translate(
            "Return", "Without connection nobody knows what came back elsewhere."
        )

    @property
    def _unproven(self) -> str:
        """Why it is too much without a receipt; what it is, while it is not."""
        if self.has_receipt:
            return ""
        if isinstance(self.figures.unproven, Refused):
            return f"{words.ground(self.figures.unproven.ground)}."
        return QCoreApplication.translate(
            "Return", "Without a receipt there is store credit only, once somebody allowed it."
        )

    @property
    def _gift(self) -> str:
        if not self.is_gift:
            return ""
        return QCoreApplication.translate(
            "Return", "A gift: no prices here. The credit note says how much it is."
        )

    @property
    def _guarantees(self) -> tuple[str, ...]:
        return tuple(
            words.first_offered(row.verdict.offer_first, row.standing.line.name)
            for row in self.figures.lines
            if row.is_back and isinstance(row.verdict, Approved) and row.verdict.offer_first
        )

    @property
    def _delivery(self) -> str:
        if self.is_gift:
            return ""
        given = [one.amount for one in self.figures.extras if one.kind is ExtraKind.DELIVERY]
        if given:
            text = QCoreApplication.translate("Return", "The delivery ({amount}) goes back too.")
            return text.format(amount=wording.money(given[0]))
        if not self.figures.delivery_left or not self.figures.chosen:
            return ""
        text = QCoreApplication.translate(
            "Return", "The delivery ({amount}) is not given back: not everything comes back."
        )
        back = [(line.purchase_line, line.quantity) for line in self.figures.chosen]
        if self.state.known.ledger.takes_everything(back):
            text = QCoreApplication.translate(
                "Return", "The delivery ({amount}) is not given back."
            )
        return text.format(amount=wording.money(self.figures.delivery_left))
