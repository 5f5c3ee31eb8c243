"""What the screen of returns shows and does: found, chosen line by line, given back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos import formatting
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.ticket import TicketState
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.returns import in_goods, words
from pos.screens.returns.finishing import Finishing
from pos.screens.returns.recent import FindRow, found_rows, recent_rows
from pos.screens.returns.shown import Shown
from pos.screens.scan_refusal import refusal_text, refuse_scan
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import find_purchase, take_back
from pos.services.exchange import Exchanged
from pos.services.find_purchase import GoodsRead, Known, Wanted
from pos.services.return_figures import figures_of
from pos.services.without_receipt import NotTaken

RECENT = 50
_MOST_TYPED = 60


class ReturnViewModel(Finishing):
    """State of the screen of returns.

    Called with `sale` (a recorded one) or `wanted` (what names a purchase), or with neither to
    find one first, and `back`, the screen to go back to. Nothing is recorded before the last
    key. With `exchanged` (both documents) it shows the end of an exchange.
    """

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, navigator, parent)
        self._back = Screen.SALE
        self._came_with_one = False
        self._recent: tuple[Sale, ...] = ()
        self.chosen_row = 0
        self.typed = ""
        self.finding.changed.connect(self.changed)
        self.finding.found.connect(self._open)
        self.finding.refreshed.connect(self._refreshed)
        self._counter.devices.link.changed.connect(self._on_link)

    # -- coming here

    def entered(self) -> None:
        """Begin with what the screen was asked for; called whenever it is shown."""
        arguments, signed_on = self._navigator.arguments, self._counter.signed_on
        back = arguments.get("back")
        self._back = back if isinstance(back, Screen) else Screen.SALE
        self._forget()
        if signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        ticket = self._counter.ticket
        if ticket is not None and ticket.state is TicketState.PAYING:
            self._navigator.go(Screen.PAYMENT)
            return
        if signed_on.session is None:
            self._navigator.go(Screen.OPEN_SHIFT)
            return
        self._recent = find_purchase.recent(self._counter.station, RECENT)
        exchanged = arguments.get("exchanged")
        if isinstance(exchanged, Exchanged):
            self.done.begin(exchanged.document, exchanged.sale)
            return
        sale, wanted = arguments.get("sale"), arguments.get("wanted")
        self._came_with_one = isinstance(sale, Sale) or isinstance(wanted, Wanted)
        if isinstance(sale, Sale):
            self.finding.find(Wanted(sale.sale_id))
        elif isinstance(wanted, Wanted):
            self.finding.find(wanted)
        self.changed.emit()

    def _forget(self) -> None:
        self.finding.clear()
        self.closing.forget()
        self.owing.forget()
        self.done.forget()
        self._state, self._figures, self.chosen, self.chosen_row = None, None, 0, 0
        self.typed = ""
        self._quiet()

    def _open(self, known: Known, is_gift: bool) -> None:
        is_isolated = self.finding.is_offline
        state = take_back.begin(
            self._counter.station, known, is_isolated=is_isolated, is_gift=is_gift
        )
        self.typed = ""
        self._quiet()
        self._state, self._figures = state, figures_of(state)
        left = [row.number for row in self._figures.lines if row.standing.returnable]
        self.chosen = left[0] if len(left) == 1 else 0
        if known.is_own_copy:
            self.finding.look_again(known)
        self.changed.emit()

    def without_receipt(self) -> None:
        """Take goods back that there is no receipt of."""
        if self._state is None and self.document is None:
            self._forget()
            self._begin_unproven(is_isolated=self.finding.is_offline)

    # -- what is shown

    @property
    def shown(self) -> Shown | None:
        """What the page writes of the purchase; None while one is looked for."""
        if self._state is None or self._figures is None:
            return None
        shop = self._counter.station.shop
        return Shown(self._state, self._figures, self.chosen, self._picture, shop)

    @property
    def document(self) -> Return | None:
        """The return that was recorded; None before."""
        return self.done.document

    @property
    def find_rows(self) -> tuple[FindRow, ...]:
        """What can be chosen while a purchase is looked for: several found, or the latest."""
        if self.finding.choices:
            return found_rows(self.finding.choices, is_gift=self.finding.is_gift)
        return recent_rows(self._recent, self.typed)

    @property
    def why_off(self) -> str:
        """Why nothing can be given back yet; empty when the last key is on."""
        if self.closing.is_asking:
            return self.tr("asking the central system")
        return self.shown.why_off if self.shown else ""

    @property
    def why_no_exchange(self) -> str:
        """Why nothing can be taken instead yet; empty when its key is on."""
        if self._figures is None or self.closing.is_asking:
            return self.tr("asking the central system")
        lacking = in_goods.lacking(self._figures)
        return words.lacking(lacking) if lacking else self.closing.why_not_in_goods

    @property
    def freshness(self) -> str:
        """How far the figures can be trusted, in words; empty when there is nothing to say."""
        if self._state is None or self.is_unproven:
            return ""
        if self.finding.is_looking:
            return self.tr("asking what came back elsewhere…")
        known = self._state.known
        if known.is_own_copy:
            return self.tr("as this till knows it")
        age = wording.age(known.as_of_ms, self._counter.station.clock.now_ms())
        return self.tr("central system, {age}").format(age=age)

    # -- finding

    def press(self, signs: str) -> None:
        """Type what names the purchase."""
        if len(self.typed) < _MOST_TYPED:
            self._type(self.typed + signs)

    def erase(self) -> None:
        """Take the last sign back."""
        self._type(self.typed[:-1])

    def find(self) -> None:
        """Look for what is typed, or take the chosen row."""
        if self.finding.is_asking:
            return
        if self.typed.strip() and not self.finding.choices:
            self.scanned(ScannedCode(self.typed.strip(), None, ScanSource.KEYED))
        elif self.find_rows:
            self.take_row(self.chosen_row)

    def take_row(self, place: int) -> None:
        """Take a purchase of the list."""
        if self.finding.choices:
            self.finding.choose(place)
        elif 0 <= place < len(self.find_rows):
            self.finding.find(Wanted(self.find_rows[place].key))

    def scanned(self, code: ScannedCode) -> None:
        """Take a receipt or order, goods of the purchase, or a serial number."""
        if self.document is not None or self.closing.is_asking:
            self._refuse(refuse_scan(self._counter))
            return
        read = find_purchase.read(self._counter.station, code)
        match read:
            case GoodsRead():
                self._goods(read)
            case Wanted() if self._takes_serial and read.pickup is None and not read.shop:
                self._serial(read.text)
            case Wanted() if self.is_unproven and read.pickup is None and not read.shop:
                self._refuse_goods(NotTaken.UNKNOWN, read.text)
            case Wanted():
                self._other_purchase(read)
            case _ if read.reason is not None:
                self._refuse(refusal_text(read.reason))
            case _:
                self._refuse(refuse_scan(self._counter))

    # -- choosing

    def move(self, by: int) -> None:
        """Go up or down among the lines, or among what was found."""
        if self._figures is not None:
            self.move_line(by)
            return
        last = max(len(self.find_rows) - 1, 0)
        self.chosen_row = min(max(self.chosen_row + by, 0), last)
        self.changed.emit()

    def confirm(self) -> None:
        """Do what Intro does: look for it, unfold the first line, or serve the next customer."""
        if self.document is not None:
            self.close()
        elif self._figures is None:
            self.find()
        elif not self.chosen:
            self.move_line(0)

    def type_serial(self) -> None:
        """Type the serial number of a piece of the chosen line."""
        if self._takes_serial and not self.is_waiting:
            panel = TextEntryViewModel(self._navigator, self.tr("Serial number"), "")
            panel.written.connect(self._serial)
            self._navigator.open(panel)

    def keep_for_wear(self) -> None:
        """Type what is kept of the chosen line for wear, where the law lets the shop."""
        unfolded = self.shown.unfolded if self.shown else None
        if unfolded is not None and unfolded.may_keep and not self.is_waiting:
            panel = TextEntryViewModel(self._navigator, self.tr("What is kept for wear?"), "")
            panel.written.connect(self._keep)
            self._navigator.open(panel)

    def _keep(self, text: str) -> None:
        try:
            minor = formatting.parse_amount(text, self._counter.station.currency)
        except ValueError:
            self._refuse(self.tr("That is no amount"))
            return
        self._change(lambda now: take_back.keep(now, self.chosen, minor))

    def do_act(self) -> None:
        """Do what the key beside the sentence says."""
        act = self._act
        self._quiet()
        act()
        self.changed.emit()

    # -- leaving

    def close(self) -> None:
        """Give back, or go on to the next customer."""
        if self.document is not None:
            self._next_customer()
        elif self._state is not None:
            self._point_at_what_is_lacking()
            self._quiet()
            self.closing.close(self._state)
            self.changed.emit()

    def exchange(self) -> None:
        """Let what comes back pay for other goods, on the ticket at the counter."""
        if self._state is None or self.document is not None:
            return
        self._point_at_what_is_lacking()
        self._quiet()
        if why := self.closing.why_not_in_goods:
            self._refuse(why)
            return
        self.closing.close(self._state, in_goods=True)
        self.changed.emit()

    def back(self) -> None:
        """One step back: to the finding, to an empty field, to where one came from."""
        if self.document is not None:
            self._next_customer()
        elif self._state is not None and not self._came_with_one:
            self._forget()
            self.changed.emit()
        elif self._state is None and (self.typed or self.finding.choices or self.finding.told):
            self.finding.clear()
            self._type("")
        else:
            self.closing.forget()
            self._navigator.go(self._back)

    def _next_customer(self) -> None:
        """Go back to selling, once it is said what a terminal did that cannot be asked."""
        if self.done.is_by_hand:
            self._counter.devices.sounds.play(Sound.REFUSED)
        else:
            self._navigator.go(Screen.SALE)

    # -- inside

    def _type(self, text: str) -> None:
        self.typed, self.chosen_row = text, 0
        self.finding.clear()
        self._quiet()
        self.changed.emit()

    def _other_purchase(self, wanted: Wanted) -> None:
        """Take up another purchase, unless something of this one is chosen already."""
        if self._figures is not None and self._figures.chosen:
            self._refuse(self.tr("Finish or leave this return first"))
            return
        self._state, self._figures, self.chosen = None, None, 0
        self._quiet()
        self.finding.find(wanted)
        self.changed.emit()

    def _refreshed(self, known: Known) -> None:
        if self._state is None or self.document is not None or self.closing.is_asking:
            return
        now = take_back.refreshed(self._state, known, is_isolated=self._state.is_isolated)
        if not take_back.is_as_before(self._state, now):
            self.said = self.tr("Something of it came back elsewhere: look at it again")
        self._put(now)

    def _on_link(self) -> None:
        """Follow the connection while nothing is under way, and ask what came back elsewhere."""
        state, is_offline = self._state, self.finding.is_offline
        is_here = self._navigator.current is Screen.RETURN and self._counter.signed_on is not None
        if state is None or not is_here or self.closing.is_asking or self.act_word:
            return
        if state.is_isolated is not is_offline:
            self._quiet()
            self._put(take_back.refreshed(state, state.known, is_isolated=is_offline))
            if not is_offline and not self.is_unproven:
                self.finding.look_again(state.known)
