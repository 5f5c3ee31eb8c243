"""Which gift card is sold, or topped up, with a line of the ticket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.catalogue import Product
from pos.domain.stored_value import (
    Card,
    CardOnLine,
    CardState,
    StoredValueKind,
    value_reference,
)
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.value_card import words
from pos.screens.value_card.view_model import Stage, ValueCardViewModel
from pos.services.hub_calls import HubAway
from pos.services.scan import AskCard, Wanted

OnCard = Callable[[CardOnLine], None]


def ask_card(
    counter: Counter, navigator: Navigator, asked: AskCard, take: Callable[[Product, Wanted], None]
) -> None:
    """Ask for the gift card that a line is for, then put the line on the ticket."""

    def on_card(card: CardOnLine) -> None:
        take(asked.product, replace(asked.wanted, card=card))

    navigator.open(LoadCardViewModel(counter, navigator, on_card))


class LoadCardViewModel(ValueCardViewModel):
    """Takes the code of a gift card and hands it on when money may come onto it.

    Without connection nobody can say how the card stands: it is sold all the same, as new
    ones are, and the hub puts the money onto it when it hears of the sale.
    """

    def __init__(self, counter: Counter, navigator: Navigator, on_card: OnCard) -> None:
        super().__init__(counter, navigator, pays=False)
        self._on_card = on_card
        self.only_looks = False

    @property
    def title(self) -> str:
        return self.tr("Which gift card is it for?")

    def _looked(self, answer: Card | HubAway) -> None:
        if self.stage is not Stage.LOOKING or self.scan is None:
            return
        self.stage = Stage.CODE
        wrong = self._wrong(answer)
        if wrong:
            self._refuse(wrong)
            return
        is_new = isinstance(answer, HubAway) or answer.state is CardState.MADE
        card = CardOnLine(value_reference(self.scan.code).text, is_new)
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._navigator.close(self)
        self._on_card(card)

    def _wrong(self, answer: Card | HubAway) -> str:
        """Return why no money may come onto the card; empty when it may."""
        scan = self.scan
        if scan is None or scan.kind is not StoredValueKind.GIFT_CARD:
            return self.tr("That is a credit note, not a gift card")
        if self._is_on_ticket_already(value_reference(scan.code).text):
            return self.tr("That card is on the ticket already")
        if isinstance(answer, HubAway):
            return words.away(answer) if answer.code else ""
        if answer.state not in {CardState.MADE, CardState.ACTIVE} or answer.balance is None:
            return words.why_not(answer, scan.shown, self._counter.station.currency)
        ours = self._counter.station.currency
        if answer.balance.currency != ours:
            return words.why_not(answer, scan.shown, ours)
        return ""

    def _is_on_ticket_already(self, reference: str) -> bool:
        ticket = self._counter.ticket
        lines = ticket.basket.live_lines if ticket else ()
        return any(line.card is not None and line.card.reference == reference for line in lines)
