"""What must not go out with the last key of a return, and what must."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.return_ledger import ledger_of
from pos.domain.return_verdict import Refused
from pos.domain.return_words import Condition, Reason
from pos.services import take_back
from pos.services.find_purchase import Known, Wanted, here
from pos.services.give_back import give_back
from pos.services.return_figures import Lacking, figures_of
from pos.services.take_back import WHOLE
from pos.services.workstation import SignOn
from tests.builders import eur
from tests.return_builders import bought_line, purchase, web_purchase
from tests.services.test_sell_gift_card import REGALO, with_card
from tests.services.test_sell_gift_card import sold as sold_card
from tests.services.test_take_back import approval, of_ledger, said, with_rules


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    return with_rules(at_work)


def test_what_came_onto_a_gift_card_is_not_given_back_while_the_card_keeps_it(
    counter: SignOn,
) -> None:
    skus, rules = frozenset({REGALO.sku}), counter.station.returns
    policy = replace(rules.policy, stored_value_skus=skus)
    station = replace(counter.station, gift_card_skus=skus, returns=replace(rules, policy=policy))
    selling = replace(counter, station=station)
    sale = sold_card(selling, with_card(selling, 50_00)).sale
    known = here(station, Wanted(str(sale.number)))
    assert isinstance(known, Known)
    state = said(take_back.begin(station, known, is_isolated=False))

    figures = figures_of(state)

    assert isinstance(figures.line(1).verdict, Refused)
    assert figures.lacking is Lacking.REFUSED
    assert figures.total == eur(0)


def test_what_was_free_comes_back_too(counter: SignOn) -> None:
    bought = purchase(bought_line(1, net=0), bought_line(2, net=10_00))
    state = said(of_ledger(counter, ledger_of(bought, ())))

    document = give_back(counter, state, figures_of(state))

    assert document.refunds == ()
    assert document.total == eur(0)


def test_cash_above_what_somebody_allowed_is_asked_for_again(counter: SignOn) -> None:
    lines = (bought_line(1, net=250_00), bought_line(2, net=900_00))
    state = said(of_ledger(counter, ledger_of(purchase(*lines), ())))
    needed = figures_of(state).permissions[0]
    given = approval(needed.verdict.capability, counter)
    allowed = take_back.allow(
        state,
        needed.line,
        needed.verdict.ground.why,
        needed.verdict.capability,
        given,
        needed.verdict.ground.asked,
    )
    assert figures_of(allowed).permissions == ()

    more = said(allowed, 2)

    assert [one.line for one in figures_of(more).permissions] == [WHOLE]


def test_nothing_is_kept_for_wear_of_what_turns_out_to_be_faulty(counter: SignOn) -> None:
    bought = web_purchase(bought_line(1, net=100_00))
    worn = said(of_ledger(counter, ledger_of(bought, ())), 1, Reason.DISLIKED, Condition.USED)
    kept = take_back.keep(worn, 1, 30_00)

    faulty = take_back.because(kept, 1, Reason.FAULTY)

    assert figures_of(kept).total == eur(70_00)
    assert figures_of(faulty).total == eur(100_00)
