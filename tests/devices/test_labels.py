"""Labels and papers of orders, from the act at the counter to the printer that is there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import zxingcpp
from PIL import Image as Picture
from pytestqt.qtbot import QtBot

from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.label_printer.on_receipts import ReceiptLabelPrinter
from hardware.label_printer.port import LabelPaper
from hardware.label_printer.simulator import SimulatedLabelPrinter
from hardware.receipt_printer.document import Image
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome
from hardware.receipt_printer.simulator import SimulatedPrinter
from pos.devices.labels import LabelDesk, label_desk
from pos.devices.printing import PrintDesk
from pos.domain.collection import IdentityMethod
from pos.domain.collection_events import HandoverUndone, Identity, OrderHandedOver
from pos.domain.handover import HandoverDraft
from pos.domain.printing import PrintJob, PrintKind, PrintState
from pos.domain.scan_codes import parcel_code
from pos.receipts.layouts import Layouts
from pos.screens.ports import PrinterTrouble
from pos.services import labels
from pos.services.orders import happen
from pos.services.workstation import SignOn
from tests.receipts.examples import paper
from tests.receipts.order_examples import placed, second, staged
from tests.receipts.test_label import codes_on
from tests.services.conftest import Shop


@dataclass
class Back:
    """The room behind the counter: both printers and who prints on them."""

    receipts: SimulatedPrinter
    labels: SimulatedLabelPrinter
    desk: PrintDesk
    qtbot: QtBot

    def ended(
        self, job: PrintJob, *, on_receipts: bool = False
    ) -> tuple[PrintJob, PrinterTrouble]:
        with self.qtbot.waitSignal(self.desk.finished) as signal:
            (self.desk.submit_on_receipts if on_receipts else self.desk.submit)(job)
        done, trouble = signal.args or (None, None)
        assert isinstance(done, PrintJob)
        assert isinstance(trouble, PrinterTrouble)
        return done, trouble


@pytest.fixture
def back(shop: Shop, qtbot: QtBot) -> Iterator[Back]:
    receipts, own = SimulatedPrinter(), SimulatedLabelPrinter(LabelPaper(800, 400))
    layouts = Layouts(paper())
    desk = LabelDesk(shop.station, layouts, own, ReceiptLabelPrinter(receipts))
    made = PrintDesk(shop.station, layouts, receipts, SimulatedDrawer(), labels=desk)
    yield Back(receipts, own, made, qtbot)
    made.finish()


@pytest.fixture
def roll(shop: Shop, qtbot: QtBot) -> Iterator[Back]:
    """Only a receipt printer, as the settings of most tills say."""
    receipts, layouts = SimulatedPrinter(42), Layouts(paper(42))
    desk = label_desk(shop.station, layouts, receipts, {"kind": "receipt"})
    made = PrintDesk(shop.station, layouts, receipts, SimulatedDrawer(), labels=desk)
    yield Back(receipts, SimulatedLabelPrinter(LabelPaper(800)), made, qtbot)
    made.finish()


class Hanging:
    """A label printer that takes a label and says nothing until it is let."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.paper = LabelPaper(400)

    def print(self, picture: Image) -> PrintOutcome:
        assert self.may_go_on.wait(30)
        return PrintOutcome.CONFIRMED

    def status(self) -> PrinterStatus:
        return PrinterStatus()


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    printer = Hanging()
    yield printer
    printer.may_go_on.set()


@pytest.fixture
def held_up(shop: Shop, qtbot: QtBot, hanging: Hanging) -> Iterator[Back]:
    receipts, layouts = SimulatedPrinter(), Layouts(paper())
    labels_of_it = LabelDesk(shop.station, layouts, hanging, ReceiptLabelPrinter(receipts))
    made = PrintDesk(shop.station, layouts, receipts, SimulatedDrawer(), labels=labels_of_it)
    yield Back(receipts, SimulatedLabelPrinter(LabelPaper(800)), made, qtbot)
    hanging.may_go_on.set()
    made.finish()


@pytest.fixture
def kept(shop: Shop) -> None:
    with shop.station.store.transaction() as records:
        records.orders.save(staged())
        records.orders.save(replace(placed(), order_id="o-3", number="W-10483", serial=10483))
        records.orders.save(second())


def codes(image: Image) -> set[str]:
    return {text for _, text in codes_on(image)}


@pytest.mark.usefixtures("kept")
def test_the_label_that_comes_out_is_the_picture_that_was_shown(
    back: Back, at_work: SignOn
) -> None:
    job = labels.print_label(at_work, "o-1", 1)
    preview = back.desk.preview_label(job)

    done, trouble = back.ended(job)

    assert (done.state, trouble) == (PrintState.CONFIRMED, PrinterTrouble.NONE)
    assert codes(back.labels.labels[0]) == {parcel_code("W-10482", 1, 3)}
    assert preview is not None
    assert (preview.width(), preview.height()) == (420, 210)
    assert back.receipts.receipts == []


@pytest.mark.usefixtures("kept")
def test_with_the_label_printer_away_the_label_waits_and_comes_off_the_receipt_roll(
    back: Back, at_work: SignOn
) -> None:
    back.labels.is_plugged_in = False
    job = labels.print_label(at_work, "o-1", 2)

    away, trouble = back.ended(job)
    done, _ = back.ended(away, on_receipts=True)
    again, _ = back.ended(away)

    assert (away.state, trouble) == (PrintState.FAILED, PrinterTrouble.UNREACHABLE)
    assert (done.state, again.state) == (PrintState.CONFIRMED, PrintState.CONFIRMED)
    assert back.desk.has_label_printer
    assert len(back.receipts.receipts) == 1
    picture: Picture.Image = back.receipts.receipts[0].picture()
    read = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert read == {parcel_code("W-10482", 2, 2)}


@pytest.mark.usefixtures("kept")
def test_without_labels_the_reason_is_told_and_the_same_label_is_printed_afterwards(
    back: Back, at_work: SignOn
) -> None:
    back.labels.faults.labels_left = 0
    job = labels.print_label(at_work, "o-1", 1)
    failed, trouble = back.ended(job)
    back.labels.emulator.load_labels()

    done, _ = back.ended(labels.print_label(at_work, "o-1", 1))

    assert (failed.state, trouble) == (PrintState.FAILED, PrinterTrouble.NO_PAPER)
    assert (done.job_id, done.state) == (job.job_id, PrintState.CONFIRMED)
    assert len(back.labels.labels) == 1


@pytest.mark.usefixtures("kept")
def test_a_label_whose_answer_was_lost_is_never_printed_again_under_its_number(
    back: Back, at_work: SignOn
) -> None:
    back.labels.faults.answers_left = 1
    lost, trouble = back.ended(labels.print_label(at_work, "o-1", 1))
    back.labels.faults.answers_left = None

    back.ended(lost)
    next_one, _ = back.ended(labels.print_label(at_work, "o-1", 1))

    assert (lost.state, trouble) == (PrintState.UNKNOWN, PrinterTrouble.OUTCOME_UNKNOWN)
    assert next_one.state is PrintState.CONFIRMED
    assert [codes(image) for image in back.labels.labels] == [
        {parcel_code("W-10482", 1, 3)},
        {parcel_code("W-10482", 1, 4)},
    ]


@pytest.mark.usefixtures("kept")
def test_a_label_that_another_till_printed_anew_meanwhile_is_not_printed(
    shop: Shop, back: Back, at_work: SignOn
) -> None:
    job = labels.print_label(at_work, "o-1", 1)
    with shop.station.store.transaction() as records:
        order = records.orders.get("o-1")
        assert order is not None
        newest = replace(order.parcels[0], print_number=9)
        records.orders.save(replace(order, parcels=(newest, *order.parcels[1:])))

    done, trouble = back.ended(job)

    assert (done.state, trouble) == (PrintState.FAILED, PrinterTrouble.OTHER)
    assert back.desk.preview_label(job) is None
    assert back.labels.labels == []


def test_an_order_whose_number_no_code_can_hold_has_no_label_and_is_no_crash(
    shop: Shop, back: Back, at_work: SignOn
) -> None:
    with shop.station.store.transaction() as records:
        records.orders.save(replace(staged(), number="PEDIDO Nº 7/ñ"))

    done, trouble = back.ended(labels.print_label(at_work, "o-1", 1))

    assert (done.state, trouble) == (PrintState.FAILED, PrinterTrouble.OTHER)
    assert back.labels.labels == []


@pytest.mark.usefixtures("kept")
def test_a_label_printer_that_hangs_holds_up_no_other_paper(
    held_up: Back, hanging: Hanging, at_work: SignOn
) -> None:
    label = labels.print_label(at_work, "o-1", 1)
    held_up.desk.submit(label)

    listed, _ = held_up.ended(labels.print_pick_list(at_work, ("o-2",)))
    with held_up.qtbot.waitSignal(held_up.desk.finished) as signal:
        hanging.may_go_on.set()

    assert (listed.kind, listed.state) == (PrintKind.PICK_LIST, PrintState.CONFIRMED)
    done = (signal.args or [None])[0]
    assert isinstance(done, PrintJob)
    assert (done.job_id, done.state) == (label.job_id, PrintState.CONFIRMED)


@pytest.mark.usefixtures("kept")
def test_a_pick_list_comes_off_the_receipt_roll_and_skips_orders_that_are_gone(
    back: Back, at_work: SignOn
) -> None:
    listed = labels.print_pick_list(at_work, ("o-3", "o-2", "o-9"))

    done, _ = back.ended(listed)

    text = back.receipts.receipts[0].text
    assert done.state is PrintState.CONFIRMED
    assert "W-10483" in text
    assert "W-10485" in text


@pytest.mark.usefixtures("kept")
def test_what_a_customer_took_along_is_printed_from_what_was_recorded(
    shop: Shop, back: Back, at_work: SignOn
) -> None:
    early, _ = back.ended(labels.print_acknowledgement(at_work, "o-1"))
    who = Identity(IdentityMethod.SIGNED_CODE, "Carmen Ortega Díaz")
    draft = HandoverDraft("o-1", shop.clock.ms)
    event = draft.as_event(staged(), staff_id="lucia", identity=who, mirrored_at_ms=1)
    handed_over(at_work, event)

    job = labels.print_acknowledgement(at_work, "o-1")
    done, _ = back.ended(job)
    copy, _ = back.ended(labels.print_acknowledgement(at_work, "o-1"))

    assert (early.state, done.state) == (PrintState.FAILED, PrintState.CONFIRMED)
    assert copy.state is PrintState.CONFIRMED
    first, marked = (receipt.text for receipt in back.receipts.receipts)
    assert "PEDIDO ENTREGADO" in first
    assert "Recogido por Carmen Ortega Díaz" in first
    assert "Le atendió Lucía Romero" in first
    assert "DUPLICADO" in marked


@pytest.mark.usefixtures("kept")
def test_a_handover_that_was_undone_is_acknowledged_no_more(
    shop: Shop, back: Back, at_work: SignOn
) -> None:
    who = Identity(IdentityMethod.SIGNED_CODE)
    draft = HandoverDraft("o-1", shop.clock.ms)
    op_id = handed_over(
        at_work, draft.as_event(staged(), staff_id="lucia", identity=who, mirrored_at_ms=1)
    )
    with shop.station.store.transaction() as records:
        happen(at_work, records, HandoverUndone("o-1", "lucia", op_id, "wrong customer"))

    done, _ = back.ended(labels.print_acknowledgement(at_work, "o-1"))

    assert done.state is PrintState.FAILED
    assert back.receipts.receipts == []


@pytest.mark.usefixtures("kept")
def test_a_shop_without_a_label_printer_has_its_labels_off_the_receipt_roll(
    roll: Back, at_work: SignOn
) -> None:
    done, _ = roll.ended(labels.print_label(at_work, "o-1", 1))

    assert done.state is PrintState.CONFIRMED
    assert not roll.desk.has_label_printer
    assert len(roll.receipts.receipts) == 1


def handed_over(sign_on: SignOn, event: OrderHandedOver) -> str:
    op_id = sign_on.station.ids.new()
    with sign_on.station.store.transaction() as records:
        happen(sign_on, records, event, op_id=op_id)
    return op_id
