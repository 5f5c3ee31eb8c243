"""Taking goods back at a till: one act, held to what the till knows of the purchase."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from pos.domain.card_payment import AttemptEvent
from pos.domain.fiscal import FiscalDocument, FiscalStamp
from pos.domain.journal import canonical_json
from pos.domain.money import Money, total
from pos.domain.quantity import THOUSAND
from pos.domain.return_content import return_body
from pos.domain.return_ledger import Ledger, MoreThanReturnable, ledger_of
from pos.domain.return_trouble import Trouble
from pos.domain.returns import RefundsDiffer, ReturnFlag, returned_parts
from pos.domain.staff import Act, Approval, Capability
from pos.domain.tax import TaxRate
from pos.domain.till_session import CashCount
from pos.services import pay, till_session
from pos.services.record_return import PurchaseChanged, with_own_returns
from pos.services.workstation import NoOpenSession, NotAllowed, SignOn
from tests.fakes.promotions import offering
from tests.return_builders import came_back
from tests.services.conftest import Shop
from tests.services.return_things import draft, own_ledger, sold, taken_back, untouched
from tests.services.test_promoted import OIL_3X2
from tests.services.test_promoted import sold as on_ticket


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_a_return_is_kept_told_and_numbered_in_a_series_of_its_own(
    shop: Shop, at_work: SignOn
) -> None:
    sale = sold(at_work, 2)

    first = taken_back(at_work, draft(at_work, untouched(sale), (1, THOUSAND)))
    second = taken_back(at_work, draft(at_work, own_ledger(at_work, sale), (1, THOUSAND)))

    assert [str(first.number), str(second.number)] == ["D2-000001", "D2-000002"]
    assert (first.total, first.staff_name) == (eur(7_95), "Lucía Romero")
    assert [one.number for one in first.originals] == ["2-000001"]
    assert shop.kinds()[-1] == "return.completed"
    assert shop.facts()[-1].body_json == canonical_json(return_body(second))
    with shop.station.store.reading() as records:
        assert records.returns.get(first.return_id) == first
        assert records.returns.by_number("D2-000002") == second
        assert records.returns.recent(9) == (second, first)
        assert records.returns.of_purchase(sale.sale_id) == (
            *returned_parts(first), *returned_parts(second),
        )  # fmt: skip


def test_what_came_back_whole_has_the_tax_it_was_sold_with(at_work: SignOn) -> None:
    sale = sold(at_work, 3)

    document = taken_back(at_work, draft(at_work, untouched(sale), (1, 3 * THOUSAND)))

    assert document.tax_by_rate == sale.tax


@pytest.mark.parametrize("order", sorted(set(permutations([1, 1, 2]))))
def test_the_pieces_of_a_promotion_come_to_what_was_paid_in_every_order(
    at_work: SignOn, order: tuple[int, ...]
) -> None:
    lucia = offering(at_work, OIL_3X2)
    ticket = pay.begin(lucia, on_ticket(lucia, 2, 1))
    step = pay.take_cash(lucia, ticket, ticket.payment.due)
    assert isinstance(step, pay.Paid)

    documents = [
        taken_back(lucia, draft(lucia, own_ledger(lucia, step.sale), (line, THOUSAND)))
        for line in order
    ]

    assert total((one.total for one in documents), "EUR") == step.sale.total == eur(15_90)
    tax = total((entry.tax for one in documents for entry in one.tax_by_rate), "EUR")
    assert tax == total((entry.tax for entry in step.sale.tax), "EUR")


def test_the_fiscal_module_stamps_a_return_below_zero(at_work: SignOn) -> None:
    stamped: list[FiscalDocument] = []

    class Stamps:
        def stamp(self, document: FiscalDocument) -> FiscalStamp:
            stamped.append(document)
            return FiscalStamp("test", ("sello",))

    sale = sold(at_work, 1)
    station = replace(at_work.station, fiscal=Stamps())
    lucia = replace(at_work, station=station)

    document = taken_back(lucia, draft(lucia, untouched(sale), (1, THOUSAND)))

    assert document.fiscal == FiscalStamp("test", ("sello",))
    (said,) = stamped
    assert (said.number, said.total) == (document.number, eur(-7_95))
    assert said.tax_total == -sale.tax[0].tax


def test_a_return_is_not_recorded_twice(shop: Shop, at_work: SignOn) -> None:
    made = draft(at_work, untouched(sold(at_work, 2)), (1, THOUSAND))
    taken_back(at_work, made)
    again = draft(at_work, with_known(at_work, made.ledgers[0]), (1, THOUSAND))

    with pytest.raises(ValueError, match="is stored"):
        taken_back(at_work, replace(again, return_id=made.return_id))

    assert shop.kinds().count("return.completed") == 1


def with_known(sign_on: SignOn, ledger: Ledger) -> Ledger:
    with sign_on.station.store.reading() as records:
        return ledger_of(ledger.purchase, records.returns.of_purchase(ledger.purchase.reference))


def test_more_than_was_bought_never_comes_back(shop: Shop, at_work: SignOn) -> None:
    ledger = untouched(sold(at_work, 2))
    taken_back(at_work, draft(at_work, ledger, (1, 2 * THOUSAND)))

    with pytest.raises(MoreThanReturnable):
        taken_back(at_work, draft(at_work, ledger, (1, THOUSAND)))

    assert shop.kinds().count("return.completed") == 1
    after = taken_back(at_work, draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND)))
    assert str(after.number) == "D2-000002"  # the one refused used no number up


def test_what_came_back_in_another_shop_counts(at_work: SignOn) -> None:
    ledger = untouched(sold(at_work, 2))
    elsewhere = came_back(ledger, (1, 2 * THOUSAND), shop="GRAN")
    made = draft(at_work, ledger, (1, THOUSAND))

    with pytest.raises(MoreThanReturnable):
        taken_back(at_work, replace(made, ledgers=(ledger_of(ledger.purchase, (elsewhere,)),)))


def test_two_lines_of_one_return_do_not_take_the_same_piece(at_work: SignOn) -> None:
    ledger = untouched(sold(at_work, 1))

    with pytest.raises(MoreThanReturnable):
        taken_back(at_work, draft(at_work, ledger, (1, THOUSAND), (1, THOUSAND)))


def test_a_piece_is_worth_what_it_is_worth_by_now(at_work: SignOn) -> None:
    """Of 15.90 for three the first piece is 5.30; a draft that says otherwise is stale."""
    lucia = offering(at_work, OIL_3X2)
    ledger = untouched(sold(lucia, 3))
    made = draft(lucia, ledger, (1, THOUSAND))
    dearer = replace(made.lines[0], value=eur(7_95))
    refund = replace(made.refunds[0], amount=eur(7_95))

    with pytest.raises(PurchaseChanged) as refused:
        taken_back(lucia, replace(made, lines=(dearer,), refunds=(refund,)))

    assert refused.value.troubles == frozenset()


def test_a_line_that_was_not_bought_does_not_come_back(at_work: SignOn) -> None:
    made = draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND))
    other = replace(made.lines[0], purchase_line=7)

    with pytest.raises(PurchaseChanged) as refused:
        taken_back(at_work, replace(made, lines=(other,)))

    assert refused.value.troubles == {Trouble.UNKNOWN_LINE}


def test_a_tender_gets_no_more_back_than_it_paid(at_work: SignOn) -> None:
    ticket = pay.begin(at_work, on_ticket(at_work, 2))
    step = pay.take_cash(at_work, ticket, eur(5_00))
    assert isinstance(step, pay.StillDue)
    attempt = pay.request_card(at_work, step.ticket, step.ticket.payment.due, terminal="T1")
    paid = pay.settle_card(
        at_work, step.ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1"
    )
    assert isinstance(paid, pay.Paid)

    with pytest.raises(PurchaseChanged) as refused:
        taken_back(at_work, draft(at_work, untouched(paid.sale), (1, THOUSAND)))

    assert refused.value.troubles == {Trouble.TENDER_OVERPAID}


def test_what_is_paid_out_is_what_it_comes_to(shop: Shop, at_work: SignOn) -> None:
    made = draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND))
    generous = replace(made.refunds[0], amount=eur(8_00))

    with pytest.raises(RefundsDiffer):
        taken_back(at_work, replace(made, refunds=(generous,)))

    assert "return.completed" not in shop.kinds()


def test_nothing_comes_back_without_a_shift(shop: Shop, at_work: SignOn) -> None:
    made = draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND))

    with pytest.raises(NoOpenSession):
        taken_back(at_work.in_session(None), made)


def test_a_count_from_before_a_return_is_no_count_any_more(at_work: SignOn) -> None:
    made = draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND))
    till_session.submit_count(at_work, CashCount("EUR", {50_00: 2}))

    taken_back(at_work, made)

    with pytest.raises(till_session.NotCounted):
        till_session.close_session(at_work)


def test_an_approval_is_recorded_with_the_return_it_allows(shop: Shop, at_work: SignOn) -> None:
    ledger = untouched(sold(at_work, 1))
    act = Act(Capability.RETURN_OUTSIDE_POLICY)
    approval = Approval(act, "lucia", "hugo", "cliente fiel", approval_id="approval-1")

    made = draft(at_work, ledger, (1, THOUSAND), approvals=(approval,))
    document = taken_back(at_work, made)

    assert shop.kinds()[-2:] == ["override.granted", "return.completed"]
    assert shop.facts()[-2].body["detail"] == {"return_id": document.return_id}
    with shop.station.store.reading() as records:
        assert records.returns.get(document.return_id) == document


def test_nobody_allows_a_return_who_may_not(shop: Shop, at_work: SignOn) -> None:
    approval = Approval(Act(Capability.GOODWILL_HIGH), "lucia", "hugo", "por favor")
    ledger = untouched(sold(at_work, 1))

    with pytest.raises(NotAllowed):
        taken_back(at_work, draft(at_work, ledger, (1, THOUSAND), approvals=(approval,)))

    assert "return.completed" not in shop.kinds()


def test_goods_without_a_receipt_are_taxed_by_themselves(at_work: SignOn) -> None:
    known = draft(at_work, untouched(sold(at_work, 1)), (1, THOUSAND))
    line = replace(known.lines[0], purchase="", purchase_line=0, tax_rate=TaxRate(2100, "IVA"))
    refund = replace(known.refunds[0], purchase="")

    document = taken_back(
        at_work,
        replace(
            known, ledgers=(), lines=(line,), refunds=(refund,),
            flags=frozenset({ReturnFlag.NO_RECEIPT}),
        ),
    )  # fmt: skip

    assert document.originals == ()
    assert [entry.tax for entry in document.tax_by_rate] == [eur(1_38)]


def test_goods_of_two_purchases_come_back_in_one_document(at_work: SignOn) -> None:
    oil, coffee = untouched(sold(at_work, 2)), untouched(sold(at_work, 1))
    first, second = draft(at_work, oil, (1, THOUSAND)), draft(at_work, coffee, (1, THOUSAND))
    both = replace(
        first,
        ledgers=(oil, coffee),
        lines=(*first.lines, replace(second.lines[0], number=2)),
        refunds=(*first.refunds, *second.refunds),
    )

    document = taken_back(at_work, both)

    with at_work.station.store.reading() as records:
        for ledger in (oil, coffee):
            (part,) = records.returns.of_purchase(ledger.purchase.reference)
            assert (part.return_id, part.due) == (document.return_id, eur(7_95))


def test_what_came_back_under_a_flag_is_added_up_since_a_moment(
    shop: Shop, at_work: SignOn
) -> None:
    offline = frozenset({ReturnFlag.OFFLINE})
    for flags in (offline, frozenset[ReturnFlag](), offline | {ReturnFlag.GUARANTEE}):
        shop.clock.ms += 1_000
        ledger = untouched(sold(at_work, 1))
        taken_back(at_work, draft(at_work, ledger, (1, THOUSAND), flags=flags))

    with shop.station.store.reading() as records:
        since = records.returns.flagged_since
        assert since(ReturnFlag.OFFLINE, 0) == 2 * 7_95
        assert since(ReturnFlag.OFFLINE, shop.clock.ms) == 7_95
        assert since(ReturnFlag.OFFLINE, shop.clock.ms + 1) == 0
        assert since(ReturnFlag.NO_RECEIPT, 0) == 0


def test_a_return_of_another_systems_record_is_found_by_it(shop: Shop, at_work: SignOn) -> None:
    ledger = untouched(sold(at_work, 1))

    document = taken_back(at_work, draft(at_work, ledger, (1, THOUSAND), source="C537"))

    with shop.station.store.reading() as records:
        assert records.returns.by_source("C537") == document
        assert records.returns.by_source("") is None


def test_a_shift_shows_what_came_back_beside_what_was_sold(shop: Shop, at_work: SignOn) -> None:
    sale = sold(at_work, 3)
    document = taken_back(at_work, draft(at_work, untouched(sale), (1, THOUSAND)))

    report = till_session.x_report(at_work)

    figures = report.figures
    assert (figures.sales, figures.total) == (1, 3 * 7_95)
    assert (figures.returns, figures.returns_total) == (1, 7_95)
    assert {means.value: minor for means, minor in figures.refunds.items()} == {"cash": 7_95}
    assert figures.return_tax == document.tax_by_rate
    assert (figures.first_return, figures.last_return) == ("D2-000001", "D2-000001")
    assert report.expected_cash == eur(100_00 + 2 * 7_95)
    assert (report.grand_total, report.grand_total_returns) == (eur(3 * 7_95), 7_95)
    with shop.station.store.reading() as records:
        assert records.sessions.report(at_work.session_id) == report


def test_a_blind_count_knows_what_was_given_back(shop: Shop, at_work: SignOn) -> None:
    taken_back(at_work, draft(at_work, untouched(sold(at_work, 3)), (1, 3 * THOUSAND)))

    counted = till_session.submit_count(at_work, CashCount("EUR", {50_00: 2}))
    till_session.close_session(at_work)

    assert counted.difference == eur(0)
    body = shop.facts()[-1].body
    assert (body["returns"], body["returns_total"]) == (1, 3 * 7_95)
    assert (body["total"], body["expected"]) == (3 * 7_95, 100_00)
    assert body["refunds"] == {"cash": 3 * 7_95}
    assert body["grand_total_returns"] == 3 * 7_95


def test_a_return_the_hub_knows_by_another_id_counts_once(at_work: SignOn) -> None:
    sale = sold(at_work, 2)
    document = taken_back(at_work, draft(at_work, untouched(sale), (1, THOUSAND)))
    (part,) = returned_parts(document)
    from_hub = ledger_of(untouched(sale).purchase, (replace(part, return_id="of-a-copy"),))

    with at_work.station.store.reading() as records:
        ledger = with_own_returns(records, from_hub)

    assert [one.return_id for one in ledger.returns] == [document.return_id]
    assert ledger.line(1).returnable == THOUSAND
