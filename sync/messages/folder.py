"""E-mail into a folder: a file per letter, for demos and for another program to send."""

from __future__ import annotations

import os
from pathlib import Path

from sync.messages.letter import letter
from sync.messages.port import Mail, MailNotSent

PRIVATE = 0o600


class FolderMessenger:
    """Writes ``<mail id>.eml``; sending the same letter again writes the same file."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Write the letter, whole or not at all.

        Raises:
            MailNotSent: The folder cannot be written, or the address cannot be.
        """
        content = letter(mail, self._sender).as_bytes()
        final = self._folder / f"{mail.mail_id}.eml"
        beside = final.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(final)
        except OSError as error:
            raise MailNotSent(str(error)) from error
