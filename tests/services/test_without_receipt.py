"""Goods without a receipt: at the lowest recent price, for credit, with permission, and capped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.refund_options import WhyNot
from pos.domain.return_policy import Category, Kinds, ReturnPolicy
from pos.domain.return_purchase import Means
from pos.domain.return_verdict import NeedsOverride, Refused, Why
from pos.domain.return_words import Condition, Reason
from pos.domain.returns import Return, ReturnFlag
from pos.domain.staff import Capability
from pos.services import pay, sell, take_back, without_receipt
from pos.services.find_purchase import GoodsRead
from pos.services.give_back import NotComplete, give_back
from pos.services.return_figures import Lacking, figures_of
from pos.services.take_back import WHOLE, TakingBack
from pos.services.without_receipt import Added, NotTaken
from pos.services.workstation import NotAllowed, SignOn
from pos.store.verify import verify
from tests.services.conftest import COFFEE, GIFT_WRAP, HUGO, KEY, OIL, TWIN, Shop
from tests.services.return_things import sold
from tests.services.test_take_back import approval, said, with_rules

DAY_MS = int(timedelta(days=1).total_seconds() * 1000)
COVER = replace(TWIN, sku="cover", price=Money(19_90, "EUR"))
NO_RECEIPT = Capability.RETURN_WITHOUT_RECEIPT


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    return with_rules(at_work)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def on_counter(sign_on: SignOn, *goods: Product, is_isolated: bool = False) -> TakingBack:
    """Return goods on the counter, each with a reason and a condition."""
    state = without_receipt.begin(sign_on.station, is_isolated=is_isolated)
    for product in goods:
        added = without_receipt.add(sign_on.station, state, product)
        assert isinstance(added, Added)
        state = said(added.state, added.line)
    return state


def allowed(sign_on: SignOn, state: TakingBack) -> TakingBack:
    """Let the shift lead allow whatever has to be."""
    for one in figures_of(state).permissions:
        needed, ground = one.verdict.capability, one.verdict.ground
        given = approval(needed, sign_on)
        state = take_back.allow(state, one.line, ground.why, needed, given, asked=ground.asked)
    return state


def given_back(sign_on: SignOn, *goods: Product) -> Return:
    state = allowed(sign_on, on_counter(sign_on, *goods))
    return give_back(sign_on, state, figures_of(state))


def price(sign_on: SignOn, product: Product) -> int | None:
    found = without_receipt.lowest_price(sign_on.station, product)
    return None if found is None else found.minor


def test_goods_nobody_sold_here_are_worth_what_they_cost_now(counter: SignOn) -> None:
    assert price(counter, OIL) == OIL.price.minor


def test_goods_are_worth_the_least_somebody_paid_lately(counter: SignOn, shop: Shop) -> None:
    sold(counter, 1, replace(OIL, price=euros(6_00)))
    shop.clock.ms += 29 * DAY_MS
    sold(counter, 3, replace(OIL, price=euros(7_00)))

    lately = price(counter, OIL)
    shop.clock.ms += 2 * DAY_MS

    assert (lately, price(counter, OIL)) == (6_00, 7_00)


def test_goods_are_never_worth_more_than_they_cost_now(counter: SignOn) -> None:
    sold(counter, 1, OIL)

    assert price(counter, replace(OIL, price=euros(5_00))) == 5_00


def test_what_somebody_got_for_nothing_is_no_price(counter: SignOn) -> None:
    free = replace(OIL, price=euros(0))
    ticket = sell.add_product(counter, None, free, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.add_product(counter, ticket, TWIN, Quantity.each(1), EntryMethod.SCANNED)
    pay.take_cash(counter, pay.begin(counter, ticket), ticket.basket.totals.total)

    assert price(counter, OIL) == OIL.price.minor


def test_a_piece_is_given_back_as_credit_with_permission_and_the_flag(
    counter: SignOn, shop: Shop
) -> None:
    state = on_counter(counter, OIL, OIL, COVER)
    before = figures_of(state)
    document = given_back(counter, OIL, OIL, COVER)

    assert [(one.line, one.verdict.capability) for one in before.permissions] == [
        (WHOLE, NO_RECEIPT)
    ]
    assert document.flags == {ReturnFlag.NO_RECEIPT}
    assert document.originals == ()
    assert [(one.purchase, one.purchase_line, one.quantity) for one in document.lines] == [
        ("", 0, 2_000),
        ("", 0, 1_000),
    ]
    assert document.total == euros(2 * 7_95 + 19_90)
    assert [(one.means, one.purchase) for one in document.refunds] == [(Means.STORE_CREDIT, "")]
    assert [one.approved_by for one in document.approvals] == [HUGO.staff_id]
    assert verify(shop.path, key=KEY) == []


def test_no_money_goes_out_without_a_receipt(counter: SignOn) -> None:
    ways = {one.means: one.why_not for one in figures_of(on_counter(counter, OIL)).options}

    assert ways[Means.STORE_CREDIT] is None
    assert {ways[Means.CASH], ways[Means.CARD]} == {WhyNot.NO_RECEIPT}


def test_nothing_is_recorded_that_nobody_allowed(counter: SignOn) -> None:
    state = on_counter(counter, OIL)

    with pytest.raises(NotComplete):
        give_back(counter, state, figures_of(state))
    own = take_back.allow(state, WHOLE, Why.NO_RECEIPT, NO_RECEIPT, None, asked=euros(7_95))
    with pytest.raises(NotAllowed):
        give_back(counter, own, figures_of(own))


def test_more_than_was_allowed_is_asked_for_again(counter: SignOn) -> None:
    state = allowed(counter, on_counter(counter, OIL))
    more = take_back.add_one(state, 1)

    assert figures_of(state).permissions == ()
    assert [one.verdict.capability for one in figures_of(more).permissions] == [NO_RECEIPT]


def test_one_return_and_one_day_have_their_caps(counter: SignOn) -> None:
    policy = ReturnPolicy(no_receipt_day=40_00, no_receipt_shop_day=50_00)
    capped = with_rules(counter, policy=policy)
    too_much = figures_of(on_counter(capped, TWIN, OIL))
    given_back(capped, TWIN)
    second = figures_of(on_counter(capped, OIL))
    third = figures_of(on_counter(capped, OIL, OIL))

    assert isinstance(too_much.unproven, Refused)
    assert too_much.unproven.ground.why is Why.NO_RECEIPT_LIMIT
    assert isinstance(second.unproven, NeedsOverride)
    assert isinstance(third.unproven, Refused)
    assert third.unproven.ground.why is Why.NO_RECEIPT_SHOP_LIMIT
    assert third.lacking is Lacking.NO_RECEIPT_LIMIT
    with pytest.raises(NotComplete):
        give_back(capped, on_counter(capped, OIL, OIL), third)


def test_the_caps_begin_anew_the_next_day(counter: SignOn, shop: Shop) -> None:
    capped = with_rules(counter, policy=ReturnPolicy(no_receipt_shop_day=40_00))
    given_back(capped, TWIN)
    shop.clock.ms += DAY_MS

    assert isinstance(figures_of(on_counter(capped, TWIN)).unproven, NeedsOverride)


def test_alone_it_needs_another_permission_within_the_budget(counter: SignOn) -> None:
    state = on_counter(counter, OIL, is_isolated=True)
    refused = with_rules(counter, policy=ReturnPolicy(offline_ticket=0))
    done = allowed(counter, state)
    document = give_back(counter, done, figures_of(done))

    assert {one.verdict.capability for one in figures_of(state).permissions} == {
        Capability.RETURN_OFFLINE,
        NO_RECEIPT,
    }
    assert document.flags == {ReturnFlag.NO_RECEIPT, ReturnFlag.OFFLINE}
    none = figures_of(on_counter(refused, OIL, is_isolated=True))
    assert none.lacking is Lacking.OFFLINE_LIMIT


def test_goods_the_shop_takes_back_by_exception_need_one_each(counter: SignOn) -> None:
    hygiene = Category("hygiene", Kinds(skus=frozenset({OIL.sku})))
    careful = with_rules(counter, policy=ReturnPolicy(categories=(hygiene,)))
    figures = figures_of(on_counter(careful, OIL, TWIN))
    verdict = figures.line(1).verdict

    assert isinstance(verdict, NeedsOverride)
    assert verdict.capability is Capability.RETURN_OUTSIDE_POLICY
    assert figures.line(2).is_allowed
    assert (figures.lacking, figures.lacking_line) == (Lacking.PERMISSION, 1)


def test_goods_that_are_not_ours_are_not_taken(counter: SignOn) -> None:
    state = said(on_counter(counter, OIL), 1, Reason.OTHER, Condition.NOT_OURS)

    assert figures_of(state).lacking is Lacking.REFUSED


@pytest.mark.parametrize(
    ("product", "why"),
    [
        (COFFEE, NotTaken.MEASURED),
        (GIFT_WRAP, NotTaken.NO_PRICE),
        (replace(OIL, price=euros(0)), NotTaken.NO_PRICE),
        (TWIN, NotTaken.GIFT_CARD),
    ],
)
def test_some_goods_never_come_back_without_a_receipt(
    counter: SignOn, product: Product, why: NotTaken
) -> None:
    station = replace(counter.station, gift_card_skus=frozenset({TWIN.sku}))
    state = without_receipt.begin(station, is_isolated=False)

    assert without_receipt.add(station, state, product) is why


def test_no_more_than_a_shopful_of_one_article_is_taken(counter: SignOn) -> None:
    state = take_back.count(on_counter(counter, OIL), 1, 99_000)

    assert without_receipt.add(counter.station, state, OIL) is NotTaken.TOO_MANY


def test_a_code_that_was_sold_lately_is_told_from_one_nobody_knows(counter: SignOn) -> None:
    sold(counter, 1, OIL)
    gone, foreign = (GoodsRead(str(gtin), gtin, ()) for gtin in (OIL.gtin, 4006381333931))

    assert without_receipt.why_unknown(counter.station, gone) is NotTaken.NO_LONGER_SOLD
    assert without_receipt.why_unknown(counter.station, foreign) is NotTaken.UNKNOWN


def test_the_shift_counts_it_among_the_returns(counter: SignOn) -> None:
    given_back(counter, OIL)

    with counter.station.store.reading() as records:
        figures = records.sessions.figures(counter.session_id)
    assert (figures.returns, figures.returns_total) == (1, 7_95)
    assert dict(figures.refunds) == {Means.STORE_CREDIT: 7_95}
