"""Asks where a receipt is to be sent, and queues it."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from pos.domain.print_subjects import Receipted
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import print_jobs

MAX_ADDRESS = 120
_ADDRESS = re.compile(r"[^\s@,;<>\"]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")


def is_address(text: str) -> bool:
    """True for what can be an e-mail address."""
    return _ADDRESS.fullmatch(text.strip()) is not None


def hidden(address: str) -> str:
    """Return an address of which a bystander cannot read the name: `c…a@correo.es`."""
    name, _, place = address.partition("@")
    return f"{name[0]}…{name[-1]}@{place}" if len(name) > 1 else f"…@{place}"


class EmailEntryViewModel(TextEntryViewModel):
    """A line of text that is taken only when it can be an e-mail address."""

    def __init__(self, navigator: Navigator) -> None:
        title = QCoreApplication.translate("EmailEntryViewModel", "Send the receipt by e-mail")
        hint = QCoreApplication.translate(
            "EmailEntryViewModel", "It leaves when there is a link; nothing is lost until then."
        )
        super().__init__(navigator, title, "", hint=hint, max_length=MAX_ADDRESS)

    @property
    def can_confirm(self) -> bool:
        return is_address(self.text)


def queue_email(counter: Counter, navigator: Navigator, document: Receipted, address: str) -> bool:
    """Queue the receipt for an address; True when it is queued."""
    printing = counter.devices.printing
    subject = QCoreApplication.translate("EmailEntryViewModel", "Your receipt {number} · {shop}")
    job = attempt(
        counter,
        navigator,
        lambda: print_jobs.email_receipt(
            counter.sign_on,
            document,
            recipient=address,
            subject=subject.format(number=document.number, shop=counter.shop_name),
            text=printing.text(document),
            pdf=printing.pdf(document),
        ),
    )
    if job is None:
        return False
    counter.devices.link.nudge()
    return True
