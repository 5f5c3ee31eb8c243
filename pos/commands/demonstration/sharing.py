"""What two tills of a shop share: an outage, parked tickets, receipts, a manager who is away."""

from __future__ import annotations

from pos.commands.demonstration import places
from pos.commands.demonstration.articles import BLANKET, BREAD, CANDLE, CHOCOLATE, HONEY, OIL, SOAP
from pos.commands.demonstration.eyes import wait_until
from pos.commands.demonstration.floor import ARRIVES_S, Floor, check, insist
from pos.system import SystemClock


def begin(floor: Floor) -> None:
    """Hugo at the first till, Diego at the other."""
    floor.here.begin("FUEN-HUGO")
    floor.there.begin("FUEN-DIEGO")
    for stand in (floor.here, floor.there):
        stand.cashier.see_link("online")


def lose_hub(floor: Floor) -> None:
    """The hub goes away; both go on, and one looks at what that changes."""
    floor.opened.hub.kill()
    cashier = floor.here.cashier
    cashier.sell(OIL, HONEY, note=1)
    floor.there.cashier.sell(CANDLE)
    cashier.see_link("offline")
    cashier.sell(BREAD)
    check("what was sold waits to be sent", is_so=cashier.books.waiting() > 0)
    cashier.touch(places.LINK)


def find_hub(floor: Floor) -> None:
    """The hub is there again, is told everything, and agrees."""
    floor.here.cashier.hand.key("Escape")
    floor.opened.hub.start()
    for stand in (floor.here, floor.there):
        stand.cashier.see_link("online")
        floor.see_agreed(stand)


def show_ready(floor: Floor) -> None:
    """What would be there in an outage, each with its age."""
    floor.here.cashier.touch(places.LINK)


def park_there(floor: Floor) -> None:
    """A customer of the other till forgot something."""
    floor.here.cashier.hand.key("Escape")
    park(floor, "Pedro")


def park(floor: Floor, name: str) -> None:
    """Park a ticket at the other till, and see it arrive at the first."""
    there, here = floor.there.cashier, floor.here.cashier
    there.scan(OIL, CANDLE)
    there.hand.key("F4")
    there.look()
    there.hand.type(name)
    with there.books.expecting("basket.parked"):
        there.hand.key("Return")
    there.see_everything_sent()
    wait_until(
        f"the ticket of {name} is known at the first till",
        lambda: any(each.label == name for each in here.books.shop_tickets()),
        deadline_s=ARRIVES_S,
    )


def show_shop_tickets(floor: Floor) -> None:
    """The customer comes to the first till."""
    floor.here.cashier.hand.key("F4")


def take_it_here(floor: Floor) -> None:
    """The hub lets this till have the ticket, and no other."""
    take_shop_ticket(floor)
    floor.here.cashier.sell()


def take_shop_ticket(floor: Floor) -> None:
    """Take up the ticket the panel shows; the hub is asked for it first."""
    cashier = floor.here.cashier
    insist(cashier, "basket.resumed", lambda: cashier.hand.key("Return"))
    resumed = cashier.books.last_fact("basket.resumed")
    claimed = bool(resumed.get("from_basket")) and int(resumed.get("fence", 0)) > 0
    check("another till's ticket is taken up with a claim", is_so=claimed)


def sell_there(floor: Floor) -> None:
    """Something is sold at the other till."""
    there = floor.there.cashier
    there.sell(CHOCOLATE, SOAP)
    there.see_everything_sent()


def find_there(floor: Floor) -> None:
    """Its receipt is looked for at the first till."""
    sale = floor.there.cashier.books.last_sale()
    cashier = floor.here.cashier
    cashier.menu("receipts")
    cashier.hand.type(str(sale.number) if sale else "")
    cashier.hand.key("Return")


def copy_it_here(floor: Floor) -> None:
    """It is printed once more; before the hub has answered the key does nothing."""
    sale, cashier = floor.there.cashier.books.last_sale(), floor.here.cashier
    insist(cashier, "receipt.reprinted", lambda: cashier.hand.key("r", "Return"))
    copied = cashier.books.last_fact("receipt.reprinted")
    check(
        f"the receipt {sale and sale.number} of the other till is copied, not {copied}",
        is_so=sale is not None and copied.get("subject_id") == sale.sale_id,
    )
    cashier.hand.key("Escape", "Escape")


def ask_from_afar(floor: Floor) -> None:
    """Hugo may not give 20 %; he asks the manager, who is not in the shop."""
    cashier = floor.here.cashier
    cashier.look()
    cashier.scan(BLANKET)
    cashier.hand.key("F7")
    cashier.look()
    cashier.hand.type("20")
    cashier.touch(places.DISCOUNT_REASONS[0])
    cashier.touch(places.CLOSING_KEY)
    cashier.look()
    cashier.touch(places.FROM_AFAR)
    shop = floor.opened.shop
    floor.phone.sign_in(shop.code, "marta", shop.pin_of("marta"))
    wait_until("the question is on the telephone", lambda: bool(floor.phone.asked()))
    floor.phone.keep(floor.pages, "approvals")


def grant_it(floor: Floor) -> None:
    """Marta touches her telephone, and the till goes on."""
    cashier, touched_ms = floor.here.cashier, 0

    def grant() -> None:
        nonlocal touched_ms
        if touched_ms:
            cashier.touch(places.FROM_AFAR)
        asked = floor.phone.asked()
        touched_ms = SystemClock().now_ms()
        for request_id in asked:
            floor.phone.grant(request_id)

    insist(cashier, "override.granted", grant)
    granted = cashier.books.last_fact("override.granted")
    floor.figures["granted_after_ms"] = int(granted["at_ms"]) - touched_ms
    check(f"granted from afar, not {granted}", is_so=granted.get("way") == "remote")
    floor.here.cashier.sell()
