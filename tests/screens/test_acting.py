"""Acts that cannot be done: said in words, with the ticket as it is on the disk."""

from __future__ import annotations

import pytest

from pos.domain.free_text import LooksLikeCardNumber
from pos.screens.acting import attempt
from pos.screens.trouble.view_model import Trouble, TroubleViewModel
from pos.services.at_counter import TicketChanged
from tests.screens.counter_kit import Kit


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (TicketChanged("gone"), Trouble.TICKET_CHANGED),
        (LooksLikeCardNumber("no"), Trouble.CARD_NUMBER),
    ],
)
def test_an_act_that_is_refused_says_why(kit: Kit, error: Exception, trouble: Trouble) -> None:
    def act() -> None:
        raise error

    assert attempt(kit.counter, kit.navigator, act) is None

    panel = kit.navigator.panel
    assert isinstance(panel, TroubleViewModel)
    assert panel.trouble is trouble
    assert panel.title
    assert panel.what_happened
    assert panel.is_money_safe
    assert panel.what_to_do
