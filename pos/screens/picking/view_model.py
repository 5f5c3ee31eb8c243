"""Fetching one order or several: scan what is taken, say what is lacking, finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.domain.catalogue import Product
from pos.domain.collection import TO_BE_PICKED, Order, OrderLine, ShortReason
from pos.domain.pickup_queue import Entry, Fetch, due_of
from pos.domain.quantity import THOUSAND
from pos.domain.scan import ScannedCode, ScanSource
from pos.formatting import parse_quantity
from pos.screens import pickup_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.picking.fetching import Fetching
from pos.screens.picking.leasing import Leasing
from pos.screens.picking.lines import PickRow, Problem, counted, pick_row, problem_of
from pos.screens.pickup_words import DueWords
from pos.screens.ports import Sound
from pos.screens.scan_refusal import refusal_text
from pos.screens.search.view_model import SearchViewModel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import pickups, prepare
from pos.services.order_acts import Changed, NotNow
from pos.services.prepare import (
    AskHowMuch,
    NotForPicking,
    NotInOrder,
    OtherMeasure,
    OverScan,
    PickOutcome,
    StillToPick,
    Unreadable,
    Verified,
)

MAX_CODE = 64


class PickingViewModel(Fetching):
    """State and verbs of the picking screen."""

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, navigator, parent)
        self.leasing = Leasing(counter, self)
        self._problem = ""
        self._scan: ScannedCode | None = None
        self._done: list[tuple[str, int, int]] = []
        self.leasing.answered.connect(self._leased)

    # -- what is shown

    @property
    def title(self) -> str:
        if len(self._ids) > 1:
            return self.tr("Prepare %n orders", "", len(self._ids))
        number = self.orders[0].number if self.orders else ""
        return self.tr("Prepare {number}").format(number=number)

    @property
    def about(self) -> str:
        """Whose it is, and until when its lines are ours."""
        whose = ", ".join(
            order.surname_initial_name if len(self.orders) == 1 else order.number
            for order in self.orders
        )
        if self.leasing.is_asking:
            lease = self.tr("asking whether somebody else has it…")
        elif self.leasing.is_alone:
            lease = self.tr("without connection: tell the others that you have it")
        elif self.leasing.until_ms:
            until = wording.clock(self.leasing.until_ms)
            lease = self.tr("yours until {time}").format(time=until)
        else:
            lease = ""
        return " · ".join(part for part in (whose, lease) if part)

    @property
    def due(self) -> DueWords | None:
        """How long is left for the most urgent of the orders."""
        moment = pickups.moment(self._counter.station)
        entries = [Entry(order, due_of(order, moment)) for order in self.orders]
        if not entries:
            return None
        most = min(entries, key=lambda entry: entry.due.at_ms or 2**53)
        return pickup_words.due_words(most, moment.now_ms)

    @property
    def rows(self) -> tuple[PickRow, ...]:
        """The lines as one walks past them."""
        by_id = {order.order_id: order for order in self.orders}
        return tuple(
            pick_row(
                self._counter,
                fetch,
                by_id[fetch.order_id],
                is_chosen=fetch.key == self._chosen,
                holder=self.leasing.holder(fetch.order_id, fetch.line.number),
                several=len(self.orders) > 1,
            )
            for fetch in self.fetches
        )

    @property
    def why_off(self) -> str:
        """Why the closing key is off; empty when everything is accounted for."""
        if not self.orders:
            return self.tr("the order is gone")
        lacking = prepare.missing_pieces(self.orders)
        if lacking:
            return self.tr("%n pieces still to fetch", "", lacking)
        asked = any(prepare.is_open_offer(fetch.line) for fetch in self.fetches)
        return self.tr("the customer has to answer first") if asked else ""

    @property
    def problem(self) -> Problem | None:
        """What is to be told of the line that was reported last, or of the chosen one."""
        found = self._with_problem()
        return problem_of(self._order(found), found.line) if found else None

    # -- coming and going

    def entered(self) -> None:
        """Begin with the orders that were asked for; the hub is asked for their lines."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        arguments = self._navigator.arguments
        self._ids = tuple(arguments.get("order_ids", ()))  # type: ignore[arg-type]
        self._scan = arguments.get("scan")  # type: ignore[assignment]
        self._done, self.last, self._chosen, self._problem = [], None, "", ""
        self._read()
        if not self.orders:
            self._navigator.go(Screen.PICKUPS)
            return
        self._choose_next()
        self.leasing.ask(self.orders)
        self.changed.emit()

    def back(self) -> None:
        """Leave it: what was picked stays picked, and an untouched order is anybody's again."""
        untouched = tuple(
            order.order_id
            for order in self.orders
            if order.state in TO_BE_PICKED
            and not any(line.picked or line.short for line in order.lines)
        )
        if untouched and not self.leasing.is_asking:
            self._act(lambda: prepare.leave(self._counter.sign_on, untouched))
        self.leasing.give_back(self._ids)
        self._navigator.go(Screen.PICKUPS)

    def choose(self, row: int) -> None:
        """Choose a line by its position."""
        if 0 <= row < len(self.fetches):
            self._chosen = self.fetches[row].key
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down among the lines."""
        if self.orders:
            self.choose(min(max(self.chosen_index + by, 0), len(self.fetches) - 1))

    # -- fetching

    def scanned(self, code: ScannedCode, count: int = 1) -> None:
        """Verify what was scanned; `count` pieces were taken at once."""
        if self.leasing.is_asking:
            self._scan = code
            return
        sign_on, ids = self._counter.sign_on, self._mine()
        outcome = attempt(
            self._counter, self._navigator, lambda: prepare.pick(sign_on, ids, code, count=count)
        )
        if outcome is not None:
            self._follow(outcome)

    def type_code(self, begun: str = "") -> None:
        """Ask for a code that cannot be scanned."""
        panel = TextEntryViewModel(
            self._navigator,
            self.tr("Type the code"),
            begun,
            hint=self.tr(
                "The figures under the bars or the article's number; 12* before it for twelve."
            ),
            max_length=MAX_CODE,
        )
        panel.written.connect(self._typed)
        self._navigator.open(panel)

    def _typed(self, text: str) -> None:
        count, code = counted(text)
        if code:
            self.scanned(ScannedCode(code, None, ScanSource.KEYED), count)
        elif (fetch := self.chosen) is not None:
            self._take(fetch.order_id, fetch.line.number, str(count))

    def undo(self) -> None:
        """Take the last piece back."""
        if not self._done:
            self._tell(self.tr("Nothing to undo"), "", is_right=False)
            return
        order_id, line, quantity = self._done[-1]
        done = self._act(lambda: prepare.put_back(self._counter.sign_on, order_id, line, quantity))
        if isinstance(done, Changed):
            self._done.pop()
            self._chosen = f"{order_id}/{line}"
            name = done.order.line(line).name
            self._tell(self.tr("Taken back: {name}").format(name=name), "", is_right=True)

    def short(self, reason: ShortReason) -> None:
        """Report that the rest of the chosen line cannot be had."""
        fetch = self.chosen
        if fetch is None or fetch.line.picked >= fetch.line.quantity:
            return
        sign_on, key = self._counter.sign_on, fetch.key
        done = self._act(lambda: prepare.short(sign_on, fetch.order_id, fetch.line.number, reason))
        if isinstance(done, Changed):
            self._problem = key
            self._choose_next()
            self.changed.emit()

    def propose(self) -> None:
        """Look for another product to offer in the place of one that cannot be had."""
        fetch = self._with_problem() or self.chosen
        if fetch is None or fetch.line.picked:
            return
        self._problem = fetch.key
        self._navigator.open(
            SearchViewModel(
                self._counter, self._navigator, self._offer, text=fetch.line.name.split(" ")[0]
            )
        )

    def press_problem(self, key: str) -> None:
        """Do what a key beside the notice says."""
        fetch = self._with_problem()
        if fetch is None:
            return
        order_id, line, sign_on = fetch.order_id, fetch.line.number, self._counter.sign_on
        acts: dict[str, Callable[[], Changed | NotNow]] = {
            "have_it": lambda: prepare.have_it(sign_on, order_id, line),
            "yes_phone": lambda: prepare.answer(
                sign_on, order_id, line, accepted=True, consent="phone"
            ),
            "yes_here": lambda: prepare.answer(
                sign_on, order_id, line, accepted=True, consent="in_person"
            ),
            "no": lambda: prepare.answer(sign_on, order_id, line, accepted=False, consent="phone"),
        }
        if key == "propose":
            self.propose()
        elif isinstance(self._act(acts[key]), Changed) and key != "no":
            self._chosen, self._problem = fetch.key, ""
            self.changed.emit()

    def finish(self) -> None:
        """Everything is accounted for: go and put it on its shelf."""
        if self.why_off:
            return
        sign_on, ids = self._counter.sign_on, self._ids
        done = attempt(self._counter, self._navigator, lambda: prepare.finish(sign_on, ids))
        if isinstance(done, StillToPick) or done is None:
            return
        if isinstance(done, NotNow):
            self._refuse(done)
            return
        self._counter.pickups.put(done.orders)
        self._counter.devices.link.nudge()
        self._counter.devices.sounds.play(Sound.DONE)
        self.leasing.give_back(ids)
        self._go_on(done.orders)

    # -- inside

    def _leased(self) -> None:
        if not self.orders:
            return
        taken = [order for order in self.orders if self.leasing.is_taken(order)]
        for order in taken:
            who = self.leasing.holder(order.order_id, order.lines[0].number)
            text = self.tr("{name} is fetching it").format(name=who or self.tr("Somebody"))
            self._tell(order.number, text, is_right=False)
        free = tuple(order.order_id for order in self.orders if order not in taken)
        if free and isinstance(
            self._act(lambda: prepare.begin(self._counter.sign_on, free)), Changed
        ):
            scan, self._scan = self._scan, None
            if scan is not None:
                self.scanned(scan)
        self.changed.emit()

    def _mine(self) -> tuple[str, ...]:
        """The orders a scan may fill, that of the chosen line first."""
        free = [one.order_id for one in self.orders if not self.leasing.is_taken(one)]
        chosen = self.chosen
        if chosen is not None and chosen.order_id in free:
            free = [chosen.order_id, *(one for one in free if one != chosen.order_id)]
        return tuple(free)

    def _follow(self, outcome: PickOutcome) -> None:
        match outcome:
            case Verified(order, line, quantity):
                self._verified(order, line, quantity)
            case OverScan(order, line):
                self._chosen = f"{order.order_id}/{line.number}"
                count = wording.number(line.quantity)
                text = self.tr("Put it back: {count} are all there").format(count=count)
                self._tell(line.name, text, is_right=False)
            case AskHowMuch(order, line):
                self._ask_how_much(order, line)
            case NotInOrder(text, name):
                said = self.tr("Not in this order, put it back")
                self._tell(name or text, said, is_right=False)
            case Unreadable(reason):
                self._tell(refusal_text(reason), "", is_right=False)
            case NotForPicking():
                self._tell(self.tr("That code is of no article"), "", is_right=False)
            case NotNow():
                self._refuse(outcome)

    def _verified(self, order: Order, line: OrderLine, quantity: int) -> None:
        self._done.append((order.order_id, line.number, quantity))
        self._counter.pickups.put((order,))
        self._counter.devices.link.nudge()
        self._chosen = f"{order.order_id}/{line.number}"
        title = self.tr("Right: {name}").format(name=line.name)
        second = self.tr("{done} of {all}").format(
            done=wording.number(line.picked), all=wording.number(line.quantity)
        )
        if len(self._ids) > 1:
            second = f"{second} · {order.number}"
        if line.to_pick:
            second = f"{second} · {self._left_of(line)}"
        else:
            self._choose_next()
        self._tell(title, second, is_right=True)

    def _left_of(self, line: OrderLine) -> str:
        if line.unit.is_counted:
            return self.tr("%n to go", "", line.to_pick // THOUSAND)
        return self.tr("{count} left here").format(count=wording.number(line.to_pick))

    def _ask_how_much(self, order: Order, line: OrderLine) -> None:
        left = wording.number(line.quantity - line.picked)
        panel = TextEntryViewModel(
            self._navigator,
            self.tr("How much of {name}?").format(name=line.name),
            left,
            hint=self.tr("At most {left} {unit}").format(left=left, unit=line.unit.value),
            max_length=12,
        )
        panel.written.connect(lambda text: self._take(order.order_id, line.number, text))
        self._navigator.open(panel)

    def _take(self, order_id: str, line: int, text: str) -> None:
        try:
            quantity = int(parse_quantity(text) * THOUSAND)
        except ValueError:
            quantity = 0
        if quantity <= 0:
            self._tell(self.tr("That is no quantity"), text, is_right=False)
            return
        sign_on = self._counter.sign_on
        done = attempt(
            self._counter,
            self._navigator,
            lambda: prepare.take(sign_on, order_id, line, quantity),
        )
        if done is not None:
            self._follow(done)

    def _offer(self, product: Product) -> None:
        fetch, sign_on = self._fetch(self._problem), self._counter.sign_on
        self._navigator.close_all()
        if fetch is None:
            return
        order_id, line = fetch.order_id, fetch.line.number
        done = self._act(lambda: prepare.propose(sign_on, order_id, line, product))
        if isinstance(done, OtherMeasure):
            self._tell(product.name, self.tr("It is sold in another unit"), is_right=False)
        elif done is not None:
            self._chosen = fetch.key
            self.changed.emit()

    def _with_problem(self) -> Fetch | None:
        for key in (self._chosen, self._problem):
            fetch = self._fetch(key)
            if fetch is not None and problem_of(self._order(fetch), fetch.line):
                return fetch
        return None
