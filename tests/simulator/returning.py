"""What people take back at a till: something lately sold there, to what paid for it."""

from __future__ import annotations

import random

from pos.services import refund_card
from pos.services.workstation import SignOn
from tests.simulator.chance import Chance
from tests.simulator.till_machine import TillMachine
from tests.store.scripted_returns import pay_what_is_owed, take_something_back


class Returning:
    """Somebody at one till who takes back, and sees to the money, for the length of one event."""

    def __init__(self, machine: TillMachine, chance: Chance) -> None:
        self._machine = machine
        self._chance = chance

    def take_back(self, sign_on: SignOn) -> None:
        """Take something back, if anything was sold that can come back here."""
        document = take_something_back(
            sign_on, random.Random(self._chance.hex(16)), but=self._machine.not_to_return
        )
        if document is not None:
            self._machine.tell_returned(document)
            self.see_to_refunds(sign_on)
        self.pay_what_is_owed(sign_on)

    def pay_what_is_owed(self, sign_on: SignOn) -> None:
        """Pay what a terminal refused, in cash or by asking it again, if anything is owed here."""
        self._machine.crashes.step()
        if pay_what_is_owed(sign_on, random.Random(self._chance.hex(16))):
            self.see_to_refunds(sign_on)

    def see_to_refunds(self, sign_on: SignOn) -> None:
        """Ask the terminal for every refund by its own id, until it has an answer."""
        while left := refund_card.left_open(self._machine.station):
            for asked in left:
                self._machine.crashes.step()
                answer = self._machine.terminal.pay_back(asked, self._chance)
                self._machine.crashes.step()
                refund_card.settle(sign_on, asked, answer)
