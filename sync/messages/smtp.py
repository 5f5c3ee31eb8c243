"""E-mail through a mail server."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from enum import Enum

from sync.messages.letter import letter
from sync.messages.port import Mail, MailNotSent

TIMEOUT_S = 20.0
PERMANENT = 500  # RFC 5321 section 4.2.1: 5yz, do not try again


class Security(Enum):
    """How the way to the server is protected; the values stand in settings."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class MailServer:
    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = ""


class SmtpMessenger:
    """Hands each letter to the server over a connection of its own."""

    def __init__(self, server: MailServer, *, sender: str) -> None:
        self._server = server
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """Hand a letter to the server.

        Raises:
            MailNotSent: It was not taken; final when the server says that it never will be.
        """
        message = letter(mail, self._sender)
        try:
            with self._connection() as smtp:
                if self._server.user:
                    smtp.login(self._server.user, self._server.password)
                smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            is_final = bool(codes) and min(codes) >= PERMANENT
            raise MailNotSent("recipient refused", is_final=is_final) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailNotSent("the server cannot do what is asked", is_final=False) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailNotSent(type(error).__name__) from error

    def _connection(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.security is Security.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=context)
        smtp = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
        if self._server.security is Security.STARTTLS:
            smtp.starttls(context=ssl.create_default_context())
        return smtp
