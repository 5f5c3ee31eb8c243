"""The day that is played: what happens at the counter, in order, with a picture here and there."""

from __future__ import annotations

from collections.abc import Callable

from pos.commands.demonstration import afternoon, knowing, morning
from pos.commands.demonstration.cashier import Cashier

Act = Callable[[Cashier], None]

DAY: tuple[tuple[str, str, Act], ...] = (
    ("sign in with a PIN", "", morning.sign_in),
    ("open the shift", "empty", morning.open_shift),
    ("scan the first ticket", "sale", morning.first_ticket),
    ("take a note", "change", morning.pay_with_a_note),
    ("next customer", "", morning.next_customer),
    ("bursts of scans", "", morning.bursts),
    ("quick keys by touch", "quick-keys", morning.quick_keys),
    ("pay exactly", "", morning.pay_exactly),
    ("promotions and a coupon", "promotions", morning.promotions),
    ("pay what is left", "", morning.pay_exactly),
    ("a customer shows her card", "", knowing.buy),
    ("she comes again: her page", "customer", knowing.come_again),
    ("the same once more", "", knowing.buy_again),
    ("search by name", "search", morning.search),
    ("take what was found", "", morning.take_found),
    ("ask for a discount", "override", morning.ask_discount),
    ("a manager approves", "", morning.marta_approves),
    ("override a price", "", morning.price_override),
    ("void a line", "voided", morning.void_line),
    ("pay by card", "", morning.pay_by_card),
    ("park a ticket", "", morning.park),
    ("look at what is parked", "parked", morning.show_parked),
    ("take it up again", "", morning.resume),
    ("two articles with one number", "chooser", morning.two_with_one_number),
    ("choose the second", "", morning.choose_second),
    ("the card is declined", "declined", morning.declined),
    ("cash instead", "", morning.cash_instead),
    ("first half in cash", "mixed", morning.mixed_first_half),
    ("second half by card", "", morning.mixed_second_half),
    ("check a price", "price-check", afternoon.price_check),
    ("scan an unknown code", "unknown", afternoon.unknown_code),
    ("sell on", "", afternoon.after_unknown),
    ("ask for the drawer", "drawer", afternoon.ask_drawer),
    ("a shift lead agrees", "", afternoon.hugo_agrees),
    ("the network is cut", "offline", afternoon.cut_network),
    ("sell without network", "", afternoon.sell_offline),
    ("the network is back", "online", afternoon.network_back),
    ("gift receipt", "", afternoon.gift),
    ("the printer has no paper", "no-paper", afternoon.no_paper),
    ("another roll, print again", "", afternoon.another_roll),
    ("speak English", "english-sale", afternoon.speak_english),
    ("pay in English", "english-payment", afternoon.pay_in_english),
    ("speak Spanish again", "", afternoon.finish_in_english),
    ("dark", "dark", afternoon.dark),
    ("light again", "", afternoon.light),
    ("the evening", "", afternoon.evening),
    ("cash for something", "cash-out", afternoon.pay_out),
    ("a shift lead agrees to that", "cash-office", afternoon.note_it),
    ("X", "x", afternoon.x_report),
    ("print the X", "", afternoon.print_x),
    ("look a receipt up", "receipts", afternoon.receipts),
    ("print it again", "", afternoon.reprint),
    ("count the drawer", "count", afternoon.count),
    ("hand the count in", "counted", afternoon.hand_in),
    ("close the shift: Z", "z", afternoon.close),
    ("sign out", "", afternoon.leave),
)
