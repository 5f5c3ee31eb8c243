"""Cash without a sale, and the figures of the shift."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.printing import PrintKind
from pos.domain.return_purchase import Means
from pos.domain.tender import TenderKind
from pos.domain.till_session import MovementKind
from pos.screens.cash_office.movement import MovementViewModel
from pos.screens.cash_office.report import ReportViewModel, ask_for_x
from pos.screens.cash_office.view import CashOfficePage
from pos.screens.cash_office.view_model import CashOfficeViewModel
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.reason.view_model import ReasonViewModel
from pos.services import override, till_session
from pos.services.workstation import SignOn
from tests.screens.counter_kit import MARTA, OSCAR, PIN, Kit, open_kit
from tests.services.return_things import draft, taken_back, untouched


@pytest.fixture
def lead(tmp_path: Path, qapp: object) -> Kit:
    """Return a counter where a shift lead works."""
    return open_kit(tmp_path, operator=MARTA)


def page_of(kit: Kit) -> CashOfficePage:
    page = CashOfficePage(CashOfficeViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CASH_OFFICE, page)
    return page


def asked(kit: Kit) -> MovementViewModel:
    panel = kit.navigator.panel
    assert isinstance(panel, MovementViewModel)
    return panel


def test_a_shift_lead_notes_cash_paid_out_with_amount_and_reason(lead: Kit) -> None:
    page = page_of(lead)

    QTest.keyClicks(page, "2")
    panel = asked(lead)
    panel.press("18,50")
    panel.choose(panel.reasons[0])
    panel.record()

    assert [line.amount for line in page.view_model.movements] == ["−€18.50"]
    assert [job.kind for job in lead.devices.printing.submitted] == [PrintKind.MOVEMENT]
    assert lead.devices.printing.drawer_openings == 1
    assert lead.navigator.panel is None
    lead.close()


def test_a_cashier_asks_for_it_and_both_are_recorded(kit: Kit) -> None:
    page = page_of(kit)
    page.view_model.move(MovementKind.DROP)
    panel = asked(kit)
    panel.press("200")
    panel.choose(panel.reasons[0])

    panel.record()
    question = kit.navigator.panel
    assert isinstance(question, OverrideViewModel)
    before = page.view_model.movements
    approval = override.approve(
        kit.counter.sign_on, question.request.act, OSCAR, PIN, reason=question.reason
    )
    kit.navigator.close(question)
    question.request.on_approved(approval)  # type: ignore[arg-type]

    assert before == ()
    assert [line.kind for line in page.view_model.movements] == [MovementKind.DROP]


@pytest.mark.parametrize("typed", ["", "0", "2000000"])
def test_an_amount_that_cannot_be_is_not_recorded(lead: Kit, typed: str) -> None:
    page = page_of(lead)
    page.view_model.move(MovementKind.PAID_IN)
    panel = asked(lead)
    panel.choose(panel.reasons[0])
    panel.press(typed)

    panel.record()

    assert panel.missing
    assert page.view_model.movements == ()
    lead.close()


def test_no_cash_moves_without_a_reason(lead: Kit) -> None:
    page = page_of(lead)
    page.view_model.move(MovementKind.PAID_IN)
    panel = asked(lead)
    panel.press("20")

    panel.record()

    assert panel.missing == "choose a reason"
    assert page.view_model.movements == ()
    lead.close()


def test_the_drawer_opens_only_after_a_reason(lead: Kit) -> None:
    page = page_of(lead)

    QTest.keyClick(page, Qt.Key.Key_F9)
    panel = lead.navigator.panel
    assert isinstance(panel, ReasonViewModel)
    before = lead.devices.printing.drawer_openings
    panel.choose(panel.reasons[0])
    panel.confirm()

    assert before == 0
    assert lead.devices.printing.drawer_openings == 1
    lead.close()


def test_an_x_shows_what_was_sold_and_not_what_the_drawer_should_hold(kit: Kit) -> None:
    kit.sold(64_50)
    page = page_of(kit)

    QTest.keyClicks(page, "4")
    panel = kit.navigator.panel
    assert isinstance(panel, ReportViewModel)

    amounts = [figure.amount for _, figures in panel.groups for figure in figures]
    assert "€64.50" in amounts
    assert "€164.50" not in amounts
    panel.print()
    assert [job.kind for job in kit.devices.printing.submitted] == [PrintKind.X_REPORT]


def test_the_shift_is_not_closed_from_here_while_a_ticket_is_at_the_counter(kit: Kit) -> None:
    page = page_of(kit)
    kit.sell(5_00)
    page.view_model.entered()

    page.view_model.close_shift()

    assert kit.navigator.current is Screen.CASH_OFFICE
    assert page.closing.reason == "a ticket is at the counter"


def test_without_a_shift_no_cash_moves(tmp_path: Path, qapp: object) -> None:
    kit = open_kit(tmp_path, has_session=False)
    page = page_of(kit)

    page.view_model.move(MovementKind.PAID_IN)

    assert kit.navigator.panel is None
    assert not page.moves[MovementKind.PAID_IN].isEnabled()
    kit.close()


def test_the_last_z_is_printed_again_as_the_same_document(lead: Kit) -> None:
    with lead.store.transaction() as records:
        current = records.sessions.current()
        assert current is not None
        records.sessions.save(replace(current, closed_at_ms=lead.clock.now_ms()))
    page = page_of(lead)

    page.view_model.print_last_z()

    job = lead.devices.printing.submitted[-1]
    assert (job.kind, job.subject_id) == (PrintKind.Z_REPORT, current.session_id)
    lead.close()


def test_an_x_shows_what_came_back_below_zero_and_never_netted(kit: Kit) -> None:
    kit.sold(64_50)
    took_back(kit, Means.CASH)

    kit.counter.work_as(SignOn(kit.counter.station, MARTA, kit.counter.sign_on.session))
    ask_for_x(kit.counter, kit.navigator)
    panel = kit.navigator.panel
    assert isinstance(panel, ReportViewModel)

    groups = {
        title: [(one.word, one.amount, one.second) for one in figures]
        for title, figures in panel.groups
    }
    assert groups["Sales"][0] == ("Total", "€64.50", "")
    assert groups["Returns"] == [
        ("Total", "−€64.50", "1 ×"),
        ("Cash", "−€64.50", "1 ×"),
        ("Tax in it", "−€11.19", ""),
    ]


def test_every_way_money_comes_and_goes_back_has_a_name_on_an_x(kit: Kit) -> None:
    kit.sold(10_00)
    report = till_session.x_report(SignOn(kit.counter.station, MARTA, kit.counter.sign_on.session))
    tenders = dict.fromkeys(TenderKind, 1_00)
    refunds = dict.fromkeys(Means, 1_00)
    figures = replace(report.figures, tenders=tenders, refunds=refunds, returns=1)
    model = ReportViewModel(kit.counter, kit.navigator, replace(report, figures=figures))

    words = [one.word for _, group in model.groups for one in group if "€1.00" in one.amount]

    assert len(words) == len(TenderKind) + len(Means)
    assert all(words)


def took_back(kit: Kit, means: Means) -> None:
    """Take the latest sale back whole."""
    sign_on = kit.counter.sign_on
    with kit.store.reading() as records:
        (sale,) = records.sales.recent(1)
    parts = [(line.number, line.quantity_thousandths) for line in sale.lines]
    taken_back(sign_on, draft(sign_on, untouched(sale), *parts, means=means))
