"""Which way e-mail goes, as the settings say it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sync.messages.folder import FolderMessenger
from sync.messages.port import Messenger
from sync.messages.smtp import MailServer, Security, SmtpMessenger

SENDER = "tienda@mostrador.invalid"


class MailSettingsError(ValueError):
    """A value of the mail settings cannot be."""


def messenger_of(mail: Mapping[str, Any], outgoing: Path) -> Messenger:
    """Return the way e-mail goes: the folder, or ``kind = "smtp"`` with host, port, user…

    Raises:
        MailSettingsError: A value cannot be.
    """
    sender = str(mail.get("from", SENDER))
    if mail.get("kind", "folder") == "folder":
        return FolderMessenger(outgoing, sender=sender)
    try:
        server = MailServer(
            host=str(mail["host"]),
            port=int(mail.get("port", 587)),
            security=Security(mail.get("security", "starttls")),
            user=str(mail.get("user", "")),
            password=str(mail.get("password", "")),
        )
    except (KeyError, ValueError) as error:
        raise MailSettingsError(str(error)) from error
    return SmtpMessenger(server, sender=sender)
