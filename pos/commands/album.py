"""The album of the till: which states its pictures show, in order, and where each is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from pos.commands import album_acts as acts
from pos.commands import album_customers as customers
from pos.commands import album_offers as offers
from pos.commands import album_pickup_acts as pickups
from pos.commands import album_returns as returns
from pos.commands import album_shop_acts as shop


class Kept(Enum):
    """In which sizes, languages and themes the picture of a state is kept."""

    NEVER = auto()  # a step on the way
    ONCE = auto()  # at 1366×768, Spanish, light
    ALWAYS = auto()
    LARGE_TOO = auto()  # always, and at 1920×1080


@dataclass(frozen=True)
class State:
    """A state of the window: how to get there, and how to leave it again.

    One that `others_need` is gone through also where its picture is not kept.
    """

    name: str
    kept: Kept
    go: acts.Act
    leave: acts.Act = lambda model: None
    others_need: bool = False


def _then(*steps: acts.Act) -> acts.Act:
    def go(model: acts.Model) -> None:
        for step in steps:
            step(model)

    return go


COUNTER: tuple[State, ...] = (
    State("", Kept.NEVER, acts.badge, others_need=True),
    State("open_shift", Kept.ALWAYS, acts.count_float, others_need=True),
    State("empty", Kept.ALWAYS, acts.open_shift, others_need=True),
    State("parked", Kept.ONCE, _then(acts.park, acts.press("F4")), acts.esc),
    State("", Kept.NEVER, acts.scan_first, others_need=True),
    State("discount", Kept.ONCE, acts.ask_discount, others_need=True),
    State("override", Kept.ALWAYS, acts.ask_approval, acts.approve, others_need=True),
    State("sale", Kept.LARGE_TOO, acts.scan_rest, others_need=True),
    State("sign_in", Kept.ALWAYS, acts.lock, acts.unlock),
    State("search", Kept.ALWAYS, acts.search, acts.esc),
    State("search_letters", Kept.ONCE, acts.search_by_touch, acts.esc),
    State("quick_keys", Kept.ONCE, acts.turn_page, acts.turn_back),
    State("line_edit", Kept.ONCE, acts.edit, acts.esc),
    State("text_entry", Kept.ONCE, _then(acts.edit, acts.write_note),
          acts.press("Escape", "Escape")),
    State("chooser", Kept.ONCE, acts.choose, acts.esc),
    State("price_check", Kept.ONCE, acts.check_price, acts.esc),
    State("unknown_code", Kept.ONCE, acts.scan_unknown, acts.esc),
    State("reason", Kept.ONCE, acts.ask_drawer, acts.esc),
    State("menu", Kept.ONCE, acts.press("F11"), acts.esc),
    State("help", Kept.ONCE, acts.press("F1"), acts.esc),
    State("payment", Kept.ALWAYS, acts.pay_part, acts.forget_amount, others_need=True),
    State("card_declined", Kept.ONCE, acts.declined, acts.after_decline),
    State("card_unknown", Kept.ONCE, acts.by_card(acts.LOST), acts.ask_terminal_again),
    State("card_waiting", Kept.ONCE, acts.by_card(acts.WAITS), acts.card_is_read),
    State("change", Kept.ALWAYS, acts.take_cash, others_need=True),
    State("print_trouble", Kept.ONCE, acts.print_without_paper, acts.load_paper),
    State("", Kept.NEVER, acts.next_customer, others_need=True),
    State("promotions", Kept.ALWAYS, offers.with_promotions, offers.sell_them),
    State("customer_find", Kept.ONCE, customers.find, others_need=True),
    State("customer", Kept.ALWAYS, customers.take, others_need=True),
    State("customer_page", Kept.ALWAYS, customers.open_page, others_need=True),
    State("customer_record", Kept.ONCE, customers.open_record, customers.close_record),
    State("", Kept.NEVER, customers.buy_again, others_need=True),
    State("returns", Kept.ONCE, returns.find, acts.esc),
    State("return", Kept.ALWAYS, returns.choose_two, returns.leave),
    State("returned", Kept.ONCE, returns.take_back, returns.next_customer),
    State("goodwill", Kept.ALWAYS, returns.ask_goodwill),
    State("goodwill_ways", Kept.ONCE, returns.choose_goodwill_way, others_need=True),
    State("refund_refused", Kept.ONCE, returns.give_goodwill, others_need=True),
    State("owed", Kept.ALWAYS, returns.pay_otherwise, returns.pay_owed),
    State("exchange", Kept.ALWAYS, returns.exchange),
    State("exchange_payment", Kept.ONCE, returns.pay_exchange, returns.back_to_ticket),
    State("exchange_rest", Kept.ALWAYS, returns.ask_for_rest, returns.give_rest_back),
    State("exchange_even", Kept.ONCE, returns.same_again, returns.change_evenly),
    State("", Kept.NEVER, shop.others_sell, others_need=True),
    State("parked_shop", Kept.ALWAYS, shop.show_shop_tickets, shop.take_shop_ticket),
    State("receipts_shop", Kept.ALWAYS, shop.find_receipt, shop.leave_receipts),
    State("override_afar", Kept.ALWAYS, shop.ask_from_afar, shop.ask_no_more),
    State("desk", Kept.ALWAYS, shop.go_to_desk, acts.esc),
    State("sync", Kept.ALWAYS, shop.go_to_sync, shop.leave_sync),
    State("receipts", Kept.ONCE, acts.receipts, acts.esc),
    State("cash_office", Kept.ONCE, acts.cash_office, acts.esc),
    State("cash_movement", Kept.ONCE, _then(acts.cash_office, acts.move_cash),
          acts.press("Escape", "Escape")),
    State("x_report", Kept.ONCE, _then(acts.cash_office, acts.x_report),
          acts.press("Escape", "Escape")),
    State("close_shift", Kept.ALWAYS, acts.count_drawer, acts.esc),
    State("offline", Kept.ALWAYS, acts.go_offline, acts.go_online),
    State("error", Kept.ONCE, acts.fill_disk, acts.sell_rest),
    State("close_result", Kept.ONCE, acts.hand_in),
    State("z_report", Kept.ONCE, acts.see_z),
)  # fmt: skip

PICKUPS: tuple[State, ...] = (
    State("", Kept.NEVER, pickups.begin, others_need=True),
    State("pickups_empty", Kept.ONCE, pickups.go_to_queue, acts.esc),
    State("", Kept.NEVER, pickups.orders_come, others_need=True),
    State("pickups", Kept.ALWAYS, pickups.show_queue, others_need=True),
    State("pickups_more", Kept.ONCE, pickups.show_more, acts.esc),
    State("picking", Kept.ALWAYS, pickups.pick_half, pickups.leave_screen),
    State("staging", Kept.ALWAYS, pickups.stage_half, pickups.leave_screen),
    State("receiving", Kept.ALWAYS, pickups.receive_half, pickups.leave_screen),
    State("shelves", Kept.ALWAYS, pickups.show_shelves, pickups.leave_screen),
    State("", Kept.NEVER, pickups.leave_screen, others_need=True),
    State("handover", Kept.ALWAYS, pickups.hand_over_part, pickups.pay_part),
    State("handed_over", Kept.ALWAYS, pickups.hand_over_paid, pickups.next_customer),
    State("pickup_figures", Kept.ALWAYS, pickups.show_figures, pickups.leave_screen),
    State("handover_offline", Kept.ALWAYS, pickups.hand_over_alone, pickups.leave_screen),
    State("pickups_offline", Kept.ONCE, pickups.go_to_queue, acts.esc),
)  # fmt: skip

# Of a till with a camera.
PHOTOS: tuple[State, ...] = (
    State("", Kept.NEVER, acts.badge, others_need=True),
    State("", Kept.NEVER, _then(acts.count_float, acts.open_shift), others_need=True),
    State("", Kept.NEVER, lambda model: model.cashier.sell(acts.CUP), others_need=True),
    State("photo", Kept.ONCE, returns.photograph, returns.see_line),
    State("photo_line", Kept.ONCE, lambda model: None, returns.give_photographed_back),
    State("photos", Kept.ONCE, returns.see_photos, acts.esc),
)

ALBUMS = {"counter": COUNTER, "pickups": PICKUPS, "photos": PHOTOS}
FILMED = frozenset({"photos"})  # the albums in which the till has a camera
