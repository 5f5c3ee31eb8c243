"""What customers bring back: a part of an offer, and what was ordered on the web."""

from __future__ import annotations

from sqlalchemy import select

from pos.commands.demonstration import places
from pos.commands.demonstration.articles import CHOCOLATE
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.collecting import Pickups
from pos.commands.demonstration.eyes import NotSeen, wait_until
from pos.commands.demonstration.opening import Opened
from pos.commands.hub_database import open_hub
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Return
from pos.domain.scan_codes import gift_receipt_code, receipt_code
from pos.screens.returns.words import CONDITIONS, REASONS
from sync.hub.database import begin
from sync.hub.tables_returns import return_refund

FOUND_S, REFUNDED_S = 30.0, 30.0
PANEL = (255, 255, 255)  # the colour of a panel, light


def open_receipt(cashier: Cashier, number: str, shop: str) -> None:
    """Scan a receipt on the screen of returns."""
    cashier.hand.key("F6")
    cashier.look()
    cashier.hand.scan(receipt_code(number, shop))
    _see_open(cashier)


def open_gift(cashier: Cashier, number: str, shop: str) -> None:
    """Scan the paper of a gift there, which shows no prices."""
    cashier.hand.key("F6")
    cashier.look()
    cashier.hand.scan(gift_receipt_code(number, shop))
    _see_open(cashier)


def bring_without_receipt(cashier: Cashier, code: str) -> None:
    """Lay goods on the counter that there is no receipt of."""
    cashier.hand.key("F6")
    cashier.look()
    cashier.hand.key("F8")
    _see_open(cashier)
    cashier.hand.scan(code)
    cashier.look()


def open_number(cashier: Cashier, number: str) -> None:
    """Type the number of an order or receipt there."""
    cashier.hand.key("F6")
    cashier.look()
    cashier.hand.type(number)
    cashier.hand.key("Return")
    _see_open(cashier)


def _see_open(cashier: Cashier) -> None:
    """Wait until the purchase is on the screen: the hub may have been asked for it."""

    def is_open() -> bool:
        picture = cashier.look()
        return picture is not None and picture.getpixel(places.ABOVE_GIVE_BACK) != PANEL

    wait_until("the purchase is open", is_open, deadline_s=FOUND_S)


def choose(cashier: Cashier, line: int, reason: Reason, condition: Condition) -> None:
    """Choose one piece of the how many-eth line (from 1), why it comes back and how."""
    cashier.hand.key(*["Down"] * line)
    answers = (REASONS.index(reason) + 1, CONDITIONS.index(condition) + 1)
    cashier.hand.key(*(str(answer) for answer in answers))
    cashier.look()


def give_back(cashier: Cashier) -> Return:
    """Press Abonar, see the return recorded, and return it."""
    with cashier.books.expecting("return.completed"):
        cashier.hand.key("F10")
    cashier.look()
    given = cashier.books.last_return()
    if given is None:
        raise NotSeen("the return is not in the books")
    return given


def go_on(cashier: Cashier) -> None:
    """Leave the return for the next customer."""
    cashier.hand.key("Return")
    cashier.look()


def sell_three_for_two(floor: Pickups) -> None:
    """Three bars for the price of two."""
    cashier = floor.stand.cashier
    cashier.hand.type("3*")
    cashier.scan(CHOCOLATE)
    cashier.collect_after_charge()


def bring_a_bar_back(floor: Pickups) -> None:
    """One of them comes back, with the receipt."""
    cashier = floor.stand.cashier
    sale = cashier.books.last_sale()
    if sale is None:
        raise NotSeen("no sale")
    open_receipt(cashier, str(sale.number), sale.shop)
    choose(cashier, 1, Reason.DISLIKED, Condition.SEALED)


def give_a_third_back(floor: Pickups) -> None:
    """A third of what was paid goes back, out of the drawer."""
    cashier = floor.stand.cashier
    given, sale = give_back(cashier), cashier.books.last_sale()
    paid = sale.total.minor if sale else 0
    if given.total.minor != paid // 3 or given.cash_paid_out != given.total:
        raise NotSeen(f"{given.total.minor} of {paid} given back")


def bring_web_order_back(floor: Pickups) -> None:
    """What Carmen ordered and collected: she does not want the coffee maker after all."""
    cashier, order = floor.stand.cashier, floor.order(floor.paid)
    go_on(cashier)
    open_number(cashier, order.number)
    choose(cashier, 1, Reason.DISLIKED, Condition.SEALED)


def give_web_money_back(floor: Pickups) -> None:
    """The hub asks the web's payment provider, and the till is done."""
    cashier = floor.stand.cashier
    given = give_back(cashier)
    if [one.means for one in given.refunds] != [Means.WEB]:
        raise NotSeen(f"given back by {[one.means.value for one in given.refunds]}")
    see_refunded(floor.opened, given)
    go_on(cashier)


def see_refunded(opened: Opened, given: Return) -> None:
    """Wait until the hub knows that the customer has the money."""
    wanted = [RefundState.CONFIRMED.value] * len(given.refunds)

    def states() -> list[str]:
        asked = select(return_refund.c.state).where(return_refund.c.return_id == given.return_id)
        with open_hub(opened.db_url) as engine, begin(engine) as connection:
            return list(connection.scalars(asked))

    wait_until(
        "the money is back",
        lambda: states() == wanted,
        deadline_s=REFUNDED_S,
        instead=lambda: str(states()),
    )
