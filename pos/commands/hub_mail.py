"""How the hub sends e-mail: through a mail server, or into a folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from pos.commands.output import fail

if TYPE_CHECKING:
    from sync.messages.port import Messenger

OUTGOING = "outgoing"


def messenger_for(db_url: str, mail: Path | None, outgoing: Path | None) -> Messenger:
    """Return the way e-mail goes; what cannot be is said in a line and ends the command.

    Args:
        db_url: The folder for e-mails is beside a SQLite file when none is named.
        mail: TOML: ``kind = "smtp"`` with host, port, security, user, password, from.
        outgoing: Where e-mails go without a mail server.
    """
    from sync.messages.choosing import MailSettingsError, messenger_of

    try:
        settings = tomllib.loads(mail.read_text(encoding="utf-8")) if mail else {}
        return messenger_of(settings, outgoing or _beside(db_url))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, MailSettingsError) as error:
        fail(f"--mail {mail}: {error}")


def _beside(db_url: str) -> Path:
    if db_url.startswith("sqlite:///"):
        return Path(db_url.removeprefix("sqlite:///")).parent / OUTGOING
    return Path(OUTGOING)
