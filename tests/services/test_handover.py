"""An order goes over the counter of a real till: each step kept, paid and handed over at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.collection import Collector, IdentityMethod, Order, OrderState
from pos.domain.collection_decisions import cancelled
from pos.domain.collection_events import Identity
from pos.domain.handover_rules import (
    CodeTrouble,
    LabelTrouble,
    Missing,
    NeedsOverride,
    Obstacle,
    Ready,
    Refused,
)
from pos.domain.money import Money
from pos.domain.pickup_code import DAY_MS, PickupCode
from pos.domain.pickup_policy import MINUTE_MS
from pos.domain.quantity import Quantity
from pos.domain.scan_codes import ParcelScan
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket, TicketState
from pos.services import handover, handover_identity, handover_steps, pay, sell
from pos.services.hand_over_payment import (
    DiscountInTheWay,
    NotReady,
    back_to_counter,
    hand_over,
    handover_of,
    is_to_pay,
    to_pay,
    to_ticket,
)
from pos.services.handover_identity import CodeRefused, WrongProof
from pos.services.handover_steps import LabelRefused
from pos.services.on_counter import BeingPaid, OnCounter
from pos.services.undo_handover import CannotUndo, WhyNot, undo
from pos.services.workstation import NotAllowed, SignOn
from pos.signatures import Purpose, SigningKey
from pos.store.pickup_keys import HubPickupKeys
from pos.store.till_store import TillStore
from tests.services.conftest import HUGO, KEY, MARTA, OIL, Shop
from tests.services.pickup_things import know, on_shelf

HUB = SigningKey(b"h" * 32)


def code_of(order: Order, **changes: object) -> PickupCode:
    """Return the code that the hub signed for an order."""
    day = 1_790_000_000_000 // DAY_MS + 7
    code = replace(PickupCode(order.serial, order.version, day, "FUEN"), **changes)  # type: ignore[arg-type]
    return replace(code, signature=HUB.sign(Purpose.PICKUP, code.signed_part))


@dataclass
class Counter:
    """A till with orders, and the hands of Lucía."""

    shop: Shop
    sign_on: SignOn

    def begin(self, order: Order, *, fence: int = 7) -> OnCounter:
        """Know an order and begin its handover as the hub granted it; 0: the hub is away."""
        know(self.shop, order)
        handover.begin(self.sign_on, order.order_id)
        if fence:
            return handover.claimed(self.sign_on, order.order_id, fence)
        return handover.alone(self.sign_on, order.order_id)

    def prepare(self, order: Order, *, fence: int = 7) -> OnCounter:
        """Do everything but hand over."""
        self.begin(order, fence=fence)
        handover_identity.identify_by_code(self.sign_on, order.order_id, code_of(order))
        for parcel in order.parcels:
            label = ParcelScan(order.number, parcel.number, parcel.print_number)
            seen = handover_steps.scan_parcel(self.sign_on, order.order_id, label)
        return seen

    def order(self, order: Order) -> Order:
        with self.shop.station.store.reading() as records:
            found = records.orders.get(order.order_id)
        assert found is not None
        return found

    def drafts(self) -> int:
        with self.shop.station.store.reading() as records:
            return len(records.handovers.current())

    def confirmed(self) -> None:
        """Let the hub have confirmed the orders just now."""
        with self.shop.station.store.transaction() as records:
            statements = records.orders._sql  # type: ignore[attr-defined]
            statements.run(
                "INSERT INTO sync_mark (name, value) VALUES ('orders', ?)",
                (self.shop.clock.now_ms(),),
            )

    def last(self, kind: str) -> dict[str, object]:
        return dict([fact.body for fact in self.shop.facts() if fact.kind.value == kind][-1])


@pytest.fixture
def counter(shop: Shop, at_work: SignOn) -> Counter:
    station = replace(shop.station, pickup_keys=HubPickupKeys(HUB.public))
    shop.station = station
    return Counter(shop, replace(at_work, station=station))


def pay_cash(counter: Counter, ticket: Ticket) -> pay.Paid:
    paid = pay.take_cash(counter.sign_on, ticket, ticket.payment.due)
    assert isinstance(paid, pay.Paid)
    return paid


def pay_in_shop(number: str = "W-10482", *shelves: str, **changes: object) -> Order:
    return on_shelf(number, *(shelves or ("B3", "B3")), is_prepaid=False, **changes)


# -- without money


def test_a_prepaid_order_goes_without_a_sale(counter: Counter) -> None:
    order = on_shelf()
    assert counter.prepare(order).decision == Ready()
    done = hand_over(counter.sign_on, order.order_id)
    assert done.state is OrderState.COLLECTED
    assert counter.order(order).closed_at_till == "FUEN-2"
    body = counter.last("order.handed_over")
    assert (body["fence"], body["balance"], body["refund"], body["sale_id"]) == (7, 0, 0, "")
    assert "sale.completed" not in counter.shop.kinds()
    assert counter.drafts() == 0


def test_what_a_prepaid_customer_leaves_is_named_for_its_refund(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "No le convence el color")
    assert hand_over(counter.sign_on, order.order_id).state is OrderState.PARTLY_COLLECTED
    body = counter.last("order.handed_over")
    assert body["refund"] == order.line(2).paid
    assert counter.order(order).line(2).left == 1000


def test_nothing_goes_before_everything_is_there(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order)
    with pytest.raises(NotReady) as refused:
        hand_over(counter.sign_on, order.order_id)
    assert isinstance(refused.value.decision, Missing)
    assert counter.order(order).state is OrderState.READY


def test_a_signature_is_in_the_fact_by_its_digest_only(counter: Counter) -> None:
    order = on_shelf(identity=IdentityMethod.DOCUMENT)
    counter.prepare(order)
    who = Identity(IdentityMethod.DOCUMENT, "Carmen Ortega Vidal", "", "dni", "678z")
    handover_identity.identify(counter.sign_on, order.order_id, who)
    handover_steps.sign(counter.sign_on, order.order_id, [[(10, 20), (30, 40)]])
    hand_over(counter.sign_on, order.order_id)
    body = counter.last("order.handed_over")
    assert len(str(body["signature"])) == 64
    assert body["identity"]["last4"] == "678Z"  # type: ignore[index]
    assert "strokes" not in body


# -- with money: one transaction


def test_a_balance_is_paid_and_handed_over_in_one_act(counter: Counter) -> None:
    order = pay_in_shop()
    seen = counter.prepare(order)
    assert to_pay(seen.order, seen.draft, None) == order.total
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    assert ticket.state is TicketState.PAYING
    assert counter.order(order).state is OrderState.READY
    sale = pay_cash(counter, ticket).sale
    assert sale.total == order.total
    assert {line.entry_method for line in sale.lines} == {"order"}
    assert counter.order(order).state is OrderState.COLLECTED
    body = counter.last("order.handed_over")
    assert (body["sale_id"], body["balance"]) == (sale.sale_id, order.total.minor)
    assert counter.drafts() == 0
    assert counter.shop.kinds()[-2:] == ["sale.completed", "order.handed_over"]


def test_a_line_costs_what_was_agreed_and_not_what_the_shop_asks_today(counter: Counter) -> None:
    order = pay_in_shop()
    cheaper = replace(order.lines[0], paid=9_99)  # two bottles in a promotion
    order = replace(order, lines=(cheaper, order.lines[1]))
    counter.prepare(order)
    handover_steps.choose(counter.sign_on, order.order_id, 1, 1000, "solo una")
    handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "no")
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, None)).sale
    assert sale.total == Money(5_00, "EUR")
    assert counter.last("order.handed_over")["balance"] == 5_00


def test_what_is_added_is_sold_in_the_same_ticket(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    ticket = to_ticket(counter.sign_on, order.order_id, added)
    sale = pay_cash(counter, ticket).sale
    assert sale.total == order.total + OIL.price
    body = counter.last("order.handed_over")
    assert (body["sale_id"], body["balance"]) == (added.basket.basket_id, order.total.minor)


def test_a_prepaid_order_with_an_addition_sells_the_addition_alone(counter: Counter) -> None:
    order = on_shelf()
    seen = counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    assert is_to_pay(seen.order, seen.draft, added)
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, added)).sale
    assert sale.total == OIL.price
    assert counter.order(order).state is OrderState.COLLECTED
    assert counter.last("order.handed_over")["balance"] == 0


def test_goods_that_cost_nothing_are_a_sale_all_the_same(counter: Counter) -> None:
    order = pay_in_shop()
    free = tuple(replace(line, paid=0) for line in order.lines)
    order = replace(order, lines=free)
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    sale = pay.complete_free(counter.sign_on, ticket).sale
    assert counter.last("order.handed_over")["sale_id"] == sale.sale_id


class PowerCut(Exception):
    pass


def _cut(*_: object, **__: object) -> None:
    raise PowerCut


@pytest.mark.parametrize(
    "where",
    [
        "pos.services.record_sale.hand_over_with",
        "pos.services.handed_over.happen",
        "pos.store.handovers.StoredHandovers.remove",
        "pos.store.orders.StoredOrders.save",
    ],
)
def test_power_cut_between_payment_and_handover_leaves_neither(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    before = counter.shop.kinds()
    with monkeypatch.context() as patch:
        patch.setattr(where, _cut)
        with pytest.raises(PowerCut):
            pay_cash(counter, ticket)
    assert isinstance(counter.shop.station.store, TillStore)
    counter.shop.station.store.close()
    again = TillStore(counter.shop.path, key=KEY)
    counter.sign_on = replace(
        counter.sign_on, station=replace(counter.sign_on.station, store=again)
    )
    counter.shop.station = counter.sign_on.station
    assert counter.shop.kinds() == before
    assert counter.order(order).state is OrderState.READY
    with again.reading() as records:
        kept = records.tickets.current()
    assert kept == ticket
    assert handover_of(counter.sign_on, ticket) == order.order_id
    pay_cash(counter, ticket)
    assert counter.order(order).state is OrderState.COLLECTED
    again.close()


def test_a_till_that_was_killed_finds_the_handover_as_it_was(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    before = handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "no")
    handover_steps.sign(counter.sign_on, order.order_id, [[(1, 2), (3, 4)]])
    again = TillStore(counter.shop.path, key=KEY)
    sign_on = replace(counter.sign_on, station=replace(counter.sign_on.station, store=again))
    after = handover.begin(sign_on, order.order_id)
    again.close()
    assert after.draft == replace(before.draft, strokes=(((1, 2), (3, 4)),))


def test_an_order_cancelled_while_it_is_paid_is_recorded_as_it_happened(
    counter: Counter,
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    know(counter.shop, cancelled(order, at_ms=1))
    sale = pay_cash(counter, ticket).sale
    assert counter.last("order.handed_over")["sale_id"] == sale.sale_id
    assert counter.order(order).state is OrderState.CANCELLED  # the desk gets both stories
    assert counter.drafts() == 0


# -- on the way to the money and back


def test_lines_of_an_order_leave_the_ticket_on_the_way_back(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    paying = to_ticket(counter.sign_on, order.order_id, added)
    with pytest.raises(BeingPaid):
        handover_steps.choose(counter.sign_on, order.order_id, 1, 0)
    with pytest.raises(BeingPaid):
        handover.give_up(counter.sign_on, order.order_id)
    back = back_to_counter(counter.sign_on, paying)
    assert back is not None
    assert back.basket == added.basket
    assert back.state is TicketState.OPEN
    handover_steps.choose(counter.sign_on, order.order_id, 1, 0, "no")
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, back)).sale
    assert sale.total == order.line(2).value_of(1000, "EUR") + OIL.price


def test_without_additions_the_counter_is_free_again(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    assert back_to_counter(counter.sign_on, paying) is None
    with counter.shop.station.store.reading() as records:
        assert records.tickets.current() is None


def test_there_is_no_way_back_once_a_card_may_be_charged(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    attempt = pay.request_card(counter.sign_on, paying, paying.payment.due, terminal="t")
    with pytest.raises(pay.CardOutcomeOpen):
        back_to_counter(counter.sign_on, paying)
    pay.settle_card(counter.sign_on, paying, attempt, AttemptEvent.DECLINE)
    assert back_to_counter(counter.sign_on, paying) is None
    assert counter.shop.kinds()[-1] == "basket.cancelled"


def test_a_discount_on_the_whole_ticket_would_be_taken_off_the_order(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    tenth = Discount(DiscountKind.PERCENT, 10_00, "club")
    basket = added.basket.with_ticket_discount(tenth)
    with pytest.raises(DiscountInTheWay):
        to_ticket(counter.sign_on, order.order_id, replace(added, basket=basket))


def test_giving_up_returns_the_claim_and_leaves_the_order(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    assert handover.give_up(counter.sign_on, order.order_id) == 7
    assert counter.drafts() == 0
    assert counter.order(order).state is OrderState.READY


# -- who may collect


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"shop": "GOYA"}, CodeTrouble.OTHER_SHOP),
        ({"last_day": 3}, CodeTrouble.PAST),
        ({"version": 0}, CodeTrouble.OLD),
        ({"serial": 999}, CodeTrouble.UNKNOWN),
    ],
)
def test_a_code_of_no_use_says_why(
    counter: Counter, changes: dict[str, object], trouble: CodeTrouble
) -> None:
    order = on_shelf()
    know(counter.shop, order)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, code_of(order, **changes))
    assert refused.value.trouble is trouble


def test_a_code_that_was_copied_to_two_phones_works_once(counter: Counter) -> None:
    order = on_shelf()
    code = code_of(order)
    counter.prepare(order)
    hand_over(counter.sign_on, order.order_id)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, code)
    assert refused.value.trouble is CodeTrouble.USED
    assert refused.value.order is not None
    assert refused.value.order.closed_at_till == "FUEN-2"


def test_a_forged_code_proves_nothing(counter: Counter) -> None:
    order = on_shelf()
    know(counter.shop, order)
    forged = replace(code_of(order), last_day=30_000)
    with pytest.raises(CodeRefused) as refused:
        handover_identity.order_of_code(counter.sign_on, forged)
    assert refused.value.trouble is CodeTrouble.FORGED


@pytest.mark.parametrize(
    ("method", "proof", "is_good"),
    [
        (IdentityMethod.SHORT_CODE, "k7m4", True),
        (IdentityMethod.SHORT_CODE, "K7M5", False),
        (IdentityMethod.SHORT_CODE, "", False),
        (IdentityMethod.MEMBER_CARD, "C-77", True),
        (IdentityMethod.MEMBER_CARD, "C-78", False),
        (IdentityMethod.SIGNED_CODE, "K7M4", False),
    ],
)
def test_what_is_typed_must_be_this_orders(
    counter: Counter, method: IdentityMethod, proof: str, is_good: bool
) -> None:
    order = on_shelf(member_card="C-77")
    counter.begin(order)
    act = (counter.sign_on, order.order_id, Identity(method), proof)
    if is_good:
        assert handover_identity.identify(*act).draft.identity == Identity(method)
    else:
        with pytest.raises(WrongProof):
            handover_identity.identify(*act)


def test_without_a_code_somebody_has_to_allow_it_and_both_are_recorded(counter: Counter) -> None:
    order = on_shelf(collectors=(Collector("Iván Ruiz", "hijo"),))
    counter.prepare(order)
    who = Identity(IdentityMethod.DOCUMENT, "Iván Ruiz", "hijo", "passport", "A123")
    handover_identity.identify(counter.sign_on, order.order_id, who)
    seen = handover_steps.sign(counter.sign_on, order.order_id, [[(1, 1)]])
    assert isinstance(seen.decision, NeedsOverride)
    capability = seen.decision.capability
    with pytest.raises(NotAllowed):
        handover_steps.allow(counter.sign_on, order.order_id, capability, None)
    approval = Approval(Act(capability), "lucia", "hugo", "la conozco", "ap-1")
    seen = handover_steps.allow(counter.sign_on, order.order_id, capability, approval)
    assert seen.decision == Ready()
    hand_over(counter.sign_on, order.order_id)
    assert counter.last("order.handed_over")["approved_by"] == "hugo"
    assert counter.last("override.granted")["capability"] == "hand_over_without_code"


# -- alone


def test_alone_with_code_and_labels_it_goes_and_says_how_old_its_knowledge_was(
    counter: Counter,
) -> None:
    order = on_shelf("W-10482", "B3", "B4")
    counter.confirmed()
    assert counter.prepare(order, fence=0).decision == Ready()
    hand_over(counter.sign_on, order.order_id)
    body = counter.last("order.handed_over")
    assert (body["is_isolated"], body["fence"]) == (True, 0)
    assert body["mirrored_at_ms"] == counter.shop.clock.now_ms()


def test_alone_an_old_copy_needs_an_override(counter: Counter) -> None:
    counter.confirmed()
    counter.shop.clock.ms += 25 * 60 * MINUTE_MS
    assert isinstance(counter.prepare(on_shelf(), fence=0).decision, NeedsOverride)


def test_an_outdated_label_is_refused(counter: Counter) -> None:
    order = on_shelf()
    order = replace(order, parcels=(replace(order.parcels[0], print_number=3),))
    counter.begin(order)
    with pytest.raises(LabelRefused) as refused:
        handover_steps.scan_parcel(counter.sign_on, order.order_id, ParcelScan(order.number, 1, 2))
    assert refused.value.trouble is LabelTrouble.OUTDATED


def test_the_hub_says_it_was_collected_meanwhile(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order, fence=0)
    gone = replace(order, state=OrderState.COLLECTED, closed_at_till="FUEN-1", closed_at_ms=5)
    seen = handover.told_gone(counter.sign_on, order.order_id, gone)
    assert seen.decision == Refused(Obstacle.COLLECTED)
    assert counter.drafts() == 0


# -- serial numbers


def test_an_imei_is_a_serial_number_and_a_card_number_is_none(counter: Counter) -> None:
    order = on_shelf()
    counter.begin(order)
    seen = handover_steps.add_serial(counter.sign_on, order.order_id, "490154203237518")
    assert seen.draft.serials == ("490154203237518",)
    with pytest.raises(ValueError, match="card number"):
        handover_steps.add_serial(counter.sign_on, order.order_id, "4111111111111111")


# -- taking it back


def lead_of(counter: Counter) -> SignOn:
    return replace(counter.sign_on, operator=HUGO)


def handed_over(counter: Counter, order: Order, **_: object) -> Order:
    counter.prepare(order)
    return hand_over(counter.sign_on, order.order_id)


def test_a_handover_is_taken_back_within_minutes(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    counter.shop.clock.ms += 14 * MINUTE_MS
    back = undo(lead_of(counter), order.order_id, reason="era otro cliente")
    assert back.state is OrderState.READY
    facts = counter.shop.facts()
    handed = next(fact for fact in facts if fact.kind.value == "order.handed_over")
    assert counter.last("order.handover_undone")["handover"] == handed.op_id
    counter.prepare(order)
    assert hand_over(counter.sign_on, order.order_id).state is OrderState.COLLECTED


def test_a_cashier_needs_somebody_to_allow_it(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    with pytest.raises(NotAllowed):
        undo(counter.sign_on, order.order_id, reason="error")
    approval = Approval(Act(Capability.UNDO_HANDOVER), "lucia", MARTA.staff_id, "error", "ap-2")
    undo(counter.sign_on, order.order_id, reason="error", approval=approval)
    assert counter.last("order.handover_undone")["approved_by"] == MARTA.staff_id


def test_a_quarter_of_an_hour_later_it_stays(counter: Counter) -> None:
    order = on_shelf()
    handed_over(counter, order)
    counter.shop.clock.ms += 15 * MINUTE_MS + 1
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.TOO_LATE


def test_what_was_paid_here_comes_back_only_as_a_return(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    pay_cash(counter, to_ticket(counter.sign_on, order.order_id, None))
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.SOLD


def test_a_refund_on_its_way_keeps_the_handover(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    handover_steps.leave_all(counter.sign_on, order.order_id, "no lo quiere")
    hand_over(counter.sign_on, order.order_id)
    with pytest.raises(CannotUndo) as refused:
        undo(lead_of(counter), order.order_id, reason="error")
    assert refused.value.why is WhyNot.REFUND_ASKED


def test_reading_never_writes(counter: Counter) -> None:
    order = on_shelf()
    know(counter.shop, order)
    seen = handover.look(counter.sign_on, order.order_id)
    assert seen.draft.began_at_ms == 0
    assert counter.drafts() == 0
