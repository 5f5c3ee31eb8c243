"""Receipts of other tills and shops: found at the hub, shown with their age, copied as such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.journal import FactKind
from pos.domain.numbering import ReceiptNumber
from pos.domain.printing import PrintKind
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import ReceiptScan, badge_code, gift_receipt_code, receipt_code
from pos.domain.shop import ShopDetails
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus, PrinterTrouble, Sound
from pos.screens.receipts.view import ReceiptsPage
from pos.screens.receipts.view_model import ReceiptsViewModel
from pos.services.find_purchase import Wanted
from pos.services.hub_calls import FoundReceipt, FoundReceipts, HubAway
from pos.store.outbox import AgentStore
from tests.builders import KEY, MORNING_MS, basket, sale
from tests.receipts.examples import OTHER_SHOP
from tests.screens.counter_kit import Kit

SOLD_ELSEWHERE = replace(
    sale(basket(2), number=ReceiptNumber("1", 7), at_ms=MORNING_MS - 3_600_000),
    shop="GAVA",
    till="GAVA-1",
)


def found(shop: ShopDetails | None = OTHER_SHOP) -> FoundReceipt:
    return FoundReceipt(SOLD_ELSEWHERE, shop, MORNING_MS)


@pytest.fixture
def page(kit: Kit, tmp_path: Path) -> ReceiptsPage:
    """Return the page of a till that sold once."""
    kit.sold(10_00)
    shown = ReceiptsPage(ReceiptsViewModel(kit.counter, kit.navigator, tmp_path / "receipts"))
    kit.show(Screen.RECEIPTS, shown)
    return shown


def scan(page: ReceiptsPage, text: str) -> None:
    page.view_model.scanned(ScannedCode(text, None, ScanSource.WEDGE))


def titles(page: ReceiptsPage) -> list[str]:
    return [row.title for row in page.list.rows.rows]


def test_a_number_of_another_till_is_asked_for_and_shown_with_its_age(
    kit: Kit, page: ReceiptsPage
) -> None:
    QTest.keyClicks(page, "1-000007")
    QTest.keyClick(page, Qt.Key.Key_Return)
    asked = page.teach.isVisible(), list(kit.devices.hub.looked_for)
    kit.devices.hub.answer(FoundReceipts((found(),)))

    assert asked == (True, [("1-000007", "")])
    (row,) = page.list.rows.rows
    assert row.title == "1-000007"
    assert row.second == "NOGAL GAVÀ · Till 1"
    assert page.said.accessibleName().startswith("Copy of the central system as of ")
    assert kit.devices.printing.letterheads[-1] == OTHER_SHOP
    assert kit.devices.sounds.played[-1] is Sound.ACCEPTED


def test_what_this_till_sold_is_shown_without_asking(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("2-000001", "FUEN"))

    assert page.view_model.sale is not None
    assert kit.devices.hub.looked_for == []


def test_the_same_number_of_another_shop_is_not_taken_for_ours(
    kit: Kit, page: ReceiptsPage
) -> None:
    scan(page, receipt_code("2-000001", "GAVA"))
    while_asking = titles(page)
    kit.devices.hub.answer(FoundReceipts())

    assert kit.devices.hub.looked_for == [("2-000001", "GAVA")]
    assert (while_asking, titles(page)) == ([], [])
    assert page.view_model.warned == "No receipt 2-000001 of GAVA, here or in the central system"


def test_of_several_shops_with_that_number_ours_is_first(kit: Kit, page: ReceiptsPage) -> None:
    ours = replace(SOLD_ELSEWHERE, sale_id="s-ours", shop="FUEN", till="FUEN-1")
    scan(page, receipt_code("1-000007"))

    kit.devices.hub.answer(FoundReceipts((found(), FoundReceipt(ours, OTHER_SHOP, MORNING_MS))))

    assert [row.key for row in page.list.rows.rows] == ["s-ours", SOLD_ELSEWHERE.sale_id]
    assert page.view_model.sale == ours


def test_the_paper_of_a_gift_does_not_open_the_receipt_with_its_prices(
    kit: Kit, page: ReceiptsPage
) -> None:
    scan(page, gift_receipt_code("1-000007", "GAVA"))

    assert kit.navigator.current is Screen.RETURN
    assert kit.navigator.arguments["wanted"] == Wanted("1-000007", "GAVA", is_gift=True)
    assert kit.devices.hub.looked_for == []


def test_a_hub_that_does_not_answer_is_said(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(HubAway())

    assert "the central system does not answer" in page.view_model.warned
    assert kit.devices.sounds.played[-1] is Sound.REFUSED


def test_without_a_connection_nobody_waits_for_the_hub(kit: Kit, page: ReceiptsPage) -> None:
    kit.devices.link.say(LinkStatus(LinkState.OFFLINE))

    scan(page, receipt_code("1-000007", "GAVA"))

    assert "the central system does not answer" in page.view_model.warned
    assert kit.devices.hub.looked_for == []


def test_a_code_read_wrongly_is_said_and_not_looked_for(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA")[:-1] + "0")
    misread = page.view_model.warned
    scan(page, badge_code("MARTA"))

    assert misread == "Misread: the check digit is wrong"
    assert page.view_model.warned == "That code is of no use here"
    assert kit.devices.hub.looked_for == []


def test_an_answer_for_what_is_no_longer_looked_for_is_not_shown(
    kit: Kit, page: ReceiptsPage
) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    QTest.keyClick(page, Qt.Key.Key_Escape)

    kit.devices.hub.answer(FoundReceipts((found(),)))

    assert titles(page) == ["2-000001"]


def test_escape_goes_back_to_the_receipts_of_this_till(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(FoundReceipts((found(),)))

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert titles(page) == ["2-000001"]
    assert kit.navigator.current is Screen.RECEIPTS


def test_a_copy_is_marked_and_the_fact_says_whose_sale_it_is(
    kit: Kit, page: ReceiptsPage, tmp_path: Path
) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(FoundReceipts((found(),)))

    QTest.keyClicks(page, "r")

    (job,) = kit.devices.printing.submitted
    assert (job.kind, job.subject_id) == (PrintKind.FOUND_COPY, SOLD_ELSEWHERE.sale_id)
    assert kit.devices.printing.found == [found()]
    agent = AgentStore(tmp_path / "till.db", key=KEY)
    last = agent.facts_from(1, 1, 1_000, 1_000_000)[-1]
    agent.close()
    assert last.kind is FactKind.RECEIPT_REPRINTED
    told = {name: last.body[name] for name in ("kind", "shop", "till", "number")}
    assert told == {
        "kind": "found_copy",
        "shop": "GAVA",
        "till": "GAVA-1",
        "number": "1-000007",
    }
    with kit.store.reading() as records:
        assert records.sales.get(SOLD_ELSEWHERE.sale_id) is None


def test_only_a_copy_can_be_made_of_another_tills_sale(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(FoundReceipts((found(),)))

    QTest.keyClicks(page, "gpm")

    assert [key.isEnabled() for key in (page.gift, page.pdf, page.email)] == [False] * 3
    assert page.reprint.isEnabled()
    assert kit.devices.printing.submitted == []
    assert kit.navigator.panel is None


def test_without_the_name_of_its_shop_no_paper_is_made(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(FoundReceipts((found(shop=None),)))

    QTest.keyClicks(page, "r")

    assert not page.reprint.isEnabled()
    assert kit.devices.printing.submitted == []


def test_a_copy_that_may_have_come_out_is_settled_by_looking(kit: Kit, page: ReceiptsPage) -> None:
    scan(page, receipt_code("1-000007", "GAVA"))
    kit.devices.hub.answer(FoundReceipts((found(),)))
    QTest.keyClicks(page, "r")
    (job,) = kit.devices.printing.submitted
    from pos.domain.printing import PrintEvent
    from pos.services import print_jobs

    for event in (PrintEvent.SENDING, PrintEvent.ANSWER_LOST):
        job = print_jobs.advance(kit.counter.station, job, event)
    kit.devices.printing.end(job, PrinterTrouble.OUTCOME_UNKNOWN)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    page.view_model.choose(0)
    trouble = page.view_model.trouble

    assert trouble is not None
    assert "look the receipt up again" in trouble.text
    assert [word.word for word in trouble.remedies] == ["Looked at"]


def test_the_sale_screen_sends_a_strange_receipt_here(kit: Kit, tmp_path: Path) -> None:
    page = ReceiptsPage(ReceiptsViewModel(kit.counter, kit.navigator, tmp_path))
    kit.show(Screen.RECEIPTS, page)

    kit.navigator.go(Screen.RECEIPTS, wanted=ReceiptScan("1-000007", "GAVA"))

    assert kit.devices.hub.looked_for == [("1-000007", "GAVA")]
