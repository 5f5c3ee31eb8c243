"""A letter in Internet form."""

from __future__ import annotations

import datetime
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.utils import format_datetime

from sync.messages.port import Mail, MailNotSent

MESSAGE_ID_DOMAIN = "mostrador.invalid"


def letter(mail: Mail, sender: str) -> EmailMessage:
    """Return the letter.

    Raises:
        MailNotSent: An address or subject cannot stand in a header.
    """
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.mail_id}@{MESSAGE_ID_DOMAIN}>"
        moment = datetime.datetime.fromtimestamp(mail.sent_at_ms / 1000, datetime.UTC)
        message["Date"] = format_datetime(moment)
    except (ValueError, HeaderParseError) as error:
        raise MailNotSent(str(error), is_final=True) from error
    message.set_content(mail.text)
    if mail.pdf:
        message.add_attachment(
            mail.pdf, maintype="application", subtype="pdf", filename="ticket.pdf"
        )
    if mail.png:
        message.add_attachment(mail.png, maintype="image", subtype="png", filename="codigo.png")
    return message
