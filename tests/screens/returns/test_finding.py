"""What is told when nothing that could be returned from was shown."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.services.hub_calls import FoundPurchases
from tests.screens.returns.conftest import Returns, recorded


def test_the_paper_of_a_return_is_named_for_what_it_is(till: Returns) -> None:
    till.open_sale(till.sold(7_95))
    till.press(Qt.Key.Key_Plus)
    till.type("21")
    till.press(Qt.Key.Key_F10)
    till.grant(till.model.shown.state.known.ledger)  # type: ignore[union-attr]
    number = str(recorded(till).number)
    till.kit.navigator.go(Screen.RETURN)

    till.scan(receipt_code(number, "FUEN"))
    till.kit.devices.hub.answer(FoundPurchases((), till.kit.clock.at_ms))

    said = f"Nothing of {number} is owed: its paper is among the receipts"
    assert till.model.finding.told == said
    assert Sound.REFUSED in till.kit.devices.sounds.played
