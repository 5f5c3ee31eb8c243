"""What is needed of a way to send e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class MailNotSent(Exception):
    """An e-mail did not leave; `is_final` when trying again cannot help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter; `mail_id` is the same on every try, `pdf` and `png` are attached when given."""

    mail_id: str
    recipient: str
    subject: str
    text: str
    pdf: bytes
    sent_at_ms: int
    png: bytes = b""


class Messenger(Protocol):
    """A way to send e-mail."""

    def send(self, mail: Mail) -> None:
        """Hand a letter over; when this returns it is somebody else's to deliver.

        Raises:
            MailNotSent: It was not taken.
        """
