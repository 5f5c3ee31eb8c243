"""An X on the screen: taken with a permission where one is needed, printed on wish."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.money import Money
from pos.domain.printing import PrintKind
from pos.domain.staff import Act, Approval, Capability
from pos.domain.till_session import SessionReport
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.services import print_jobs, till_session


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what, perhaps how many, and how much."""

    word: str
    amount: str
    second: str = ""
    is_total: bool = False


class ReportViewModel(QObject):
    """The figures of an X; what the drawer should hold is not among them (blind count)."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        report: SessionReport,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self.report = counter, navigator, report
        self.is_printing = False

    @property
    def title(self) -> str:
        text = self.tr("X report · shift {number}")
        return text.format(number=self.report.session.number)

    @property
    def about(self) -> str:
        text = self.tr("{time} · {name} · nothing is reset")
        report = self.report
        return text.format(time=wording.clock(report.taken_at_ms), name=report.staff_name)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
        """Titles with their figures."""
        has_returns = self.report.figures.returns or self.report.figures.reissues
        returns = ((self.tr("Returns"), self._returns()),) if has_returns else ()
        return (
            (self.tr("Sales"), self._sales()),
            (self.tr("Forms of payment"), self._tenders()),
            (self.tr("Tax included"), self._tax()),
            *returns,
            (self.tr("Cash without sale"), self._movements()),
            (self.tr("What else happened"), self._acts()),
        )

    def print(self) -> None:
        """Print the X."""
        subject = self.report.session.session_id
        job = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_slip(self._counter.sign_on, PrintKind.X_REPORT, subject),
        )
        if job is not None:
            self.is_printing = True
            self._counter.devices.printing.submit(job)
            self.changed.emit()

    def close(self) -> None:
        """Go back to the screen."""
        self._navigator.close(self)

    def _sales(self) -> tuple[Figure, ...]:
        figures = self.report.figures
        lines = [
            Figure(self.tr("Total"), self._money(figures.total), is_total=True),
            Figure(self.tr("Tickets"), str(figures.sales)),
        ]
        if figures.discounts:
            lines.append(Figure(self.tr("Discounts given"), self._money(-figures.discounts)))
        return tuple(lines)

    def _tenders(self) -> tuple[Figure, ...]:
        figures = self.report.figures
        lines = [
            Figure(
                self._name(kind.value),
                self._money(minor),
                f"{figures.tender_counts.get(kind, 0)} ×",
            )
            for kind, minor in figures.tenders.items()
        ]
        if figures.unverified_card:
            word = self.tr("of it keyed by hand")
            lines.append(Figure(word, self._money(figures.unverified_card)))
        return tuple(lines) or (Figure(self.tr("Nothing yet"), self._money(0)),)

    def _returns(self) -> tuple[Figure, ...]:
        """Return what came back, how it goes back, and the tax in it: below zero, and apart."""
        figures = self.report.figures
        tax = sum(entry.tax.minor for entry in figures.return_tax)
        by_means = [
            Figure(
                self._name(means.value),
                self._money(-minor),
                f"{figures.refund_counts.get(means, 0)} ×",
            )
            for means, minor in figures.refunds.items()
        ]
        again = [
            Figure(
                self.tr("Paid again: {way}").format(way=self._name(means.value)),
                self._money(-minor),
                f"{figures.reissue_counts.get(means, 0)} ×",
            )
            for means, minor in figures.reissues.items()
        ]
        return (
            Figure(self.tr("Total"), self._money(-figures.returns_total), f"{figures.returns} ×"),
            *by_means,
            Figure(self.tr("Tax in it"), self._money(-tax)),
            *again,
        )

    def _name(self, value: str) -> str:
        """Name how money comes or goes back; tenders and refunds have the same values."""
        return {
            "cash": self.tr("Cash"),
            "card": self.tr("Card"),
            "web": self.tr("Web payment"),
            "gift_card": self.tr("Gift card"),
            "store_credit": self.tr("Store credit"),
            "exchange": self.tr("Exchange"),
            "import": self.tr("Imported"),
        }[value]

    def _tax(self) -> tuple[Figure, ...]:
        return tuple(
            Figure(
                wording.percent(entry.rate.basis_points),
                wording.money(entry.tax),
                self.tr("base {amount}").format(amount=wording.money(entry.base)),
            )
            for entry in self.report.figures.tax
        )

    def _movements(self) -> tuple[Figure, ...]:
        opening = self.report.session.opening_float.total
        moved = sum(one.signed.minor for one in self.report.figures.movements)
        count = len(self.report.figures.movements)
        return (
            Figure(self.tr("Opening float"), wording.money(opening)),
            Figure(self.tr("Movements"), self._money(moved), f"{count} ×"),
        )

    def _acts(self) -> tuple[Figure, ...]:
        figures = self.report.figures
        return (
            Figure(
                self.tr("Voided lines"),
                self._money(-figures.voided_amount),
                f"{figures.voided_lines} ×",
            ),
            Figure(self.tr("Cancelled tickets"), str(figures.cancelled_tickets)),
            Figure(self.tr("Drawer without sale"), str(figures.drawer_openings)),
            Figure(self.tr("Authorisations"), str(figures.overrides)),
            Figure(self.tr("Copies of receipts"), str(figures.reprints)),
        )

    def _money(self, minor: int) -> str:
        return wording.money(Money(minor, self.report.figures.currency))


def ask_for_x(counter: Counter, navigator: Navigator) -> None:
    """Take an X and show it, with a permission where one is needed."""

    def take(approval: Approval | None) -> None:
        report = attempt(
            counter, navigator, lambda: till_session.x_report(counter.sign_on, approval)
        )
        if report is not None:
            counter.devices.link.nudge()
            navigator.open(ReportViewModel(counter, navigator, report))

    words = ReportWords()
    ask_permission(
        counter,
        navigator,
        OverrideRequest(
            Act(Capability.X_REPORT),
            words.title,
            words.why(wording.first_name(counter.sign_on.operator)),
            None,
            None,
            take,
            reason=words.title,
        ),
    )


class ReportWords(QObject):
    """What is asked for when an X needs a permission."""

    @property
    def title(self) -> str:
        return self.tr("Take an X report")

    def why(self, name: str) -> str:
        """Say why it has to be asked."""
        return self.tr("{name} may not do it alone").format(name=name)
