"""Receipts by e-mail: into a folder or through a mail server, once, and tried again."""

from __future__ import annotations

import email
import email.policy
import os
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pos.domain.printing import EmailJob
from sync.agent.emails import GIVE_UP_AFTER, Emails
from sync.messages.folder import FolderMessenger
from sync.messages.port import Mail, MailNotSent
from sync.messages.smtp import MailServer, Security, SmtpMessenger
from tests.sync.serving import FixedClock
from tests.sync.till_data import ShopTill

MAIL = Mail("job-1", "ana@example.com", "Tu recibo", "Gracias, ñandú", b"%PDF-1.7", 1_000)
SENDER = "tienda@example.com"


class MonotonicClock(FixedClock):
    def monotonic_ms(self) -> int:
        return self.at_ms


class MailServerForTests(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client needs; refuses recipients at refuse.example."""

    letters: list[bytes]

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].strip().upper()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self._say("354 go on")
                self._take_letter()
            elif b"refuse.example" in line:
                self._say("550 nobody here")
            elif b"busy.example" in line:
                self._say("451 later")
            else:
                self._say("250 ok")

    def _take_letter(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.letters.append(b"".join(lines))
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[tuple[SmtpMessenger, list[bytes]]]:
    taken: list[bytes] = []

    class Handler(MailServerForTests):
        letters = taken

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        host, port = server.server_address[:2]
        place = MailServer(str(host), int(port), Security.NONE)
        yield SmtpMessenger(place, sender=SENDER), taken
        server.shutdown()
        thread.join()


def with_recipient(recipient: str) -> Mail:
    return Mail("job-1", recipient, "Tu recibo", "Gracias", b"%PDF", 1_000)


def test_a_letter_in_the_folder_is_a_letter_any_program_can_send(tmp_path: Path) -> None:
    messenger = FolderMessenger(tmp_path / "outgoing", sender=SENDER)

    messenger.send(MAIL)
    messenger.send(MAIL)

    (path,) = (tmp_path / "outgoing").iterdir()
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body, attached = letter.get_body(), next(letter.iter_attachments())
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "ana@example.com",
        SENDER,
        "Tu recibo",
    )
    assert body is not None
    assert body.get_content().strip() == "Gracias, ñandú"
    assert attached.get_content() == b"%PDF-1.7"
    assert path.stat().st_mode & 0o077 == 0


def test_a_mail_server_gets_the_letter() -> None:
    with mail_server() as (messenger, taken):
        messenger.send(MAIL)

    assert len(taken) == 1
    assert b"To: ana@example.com" in taken[0]


@pytest.mark.parametrize(
    ("recipient", "is_final"),
    [
        pytest.param("ana@refuse.example", True, id="nobody of that name"),
        pytest.param("ana@busy.example", False, id="not now"),
        pytest.param("ana@example.com\r\nBcc: all@example.com", True, id="a smuggled header"),
    ],
)
def test_a_letter_that_is_not_taken_says_whether_to_try_again(
    recipient: str, is_final: bool
) -> None:
    with mail_server() as (messenger, taken), pytest.raises(MailNotSent) as caught:
        messenger.send(with_recipient(recipient))

    assert caught.value.is_final == is_final
    assert taken == []


class Unwilling:
    """A messenger that refuses so many times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.times:
            self.times -= 1
            raise MailNotSent("not now")
        self.sent.append(mail)


def test_a_receipt_is_sent_once_and_then_forgets_whose_it_was(tmp_path: Path) -> None:
    till = ShopTill(tmp_path / "till", "http://127.0.0.1:1")
    clock, messenger = MonotonicClock(at_ms=10_000), Unwilling(2)
    with till.store.transaction() as records:
        records.prints.queue_email(
            EmailJob("job-1", "sale-1", "ana@example.com", "Tu recibo", "Hola", os.urandom(9), 5)
        )

    with closing(till.open_agent_store()) as store:
        emails = Emails(store, messenger, clock, lambda: 0.0)
        tried = []
        for _ in range(6):
            tried.append(emails.send_next())
            clock.at_ms += 1_000
        left = store.next_email(clock.at_ms + 10**9)
    till.close()

    assert tried == [True, True, False, True, False, False]
    assert [mail.mail_id for mail in messenger.sent] == ["job-1"]
    assert left is None


def test_a_receipt_nobody_takes_is_given_up_in_the_end(tmp_path: Path) -> None:
    till = ShopTill(tmp_path / "till", "http://127.0.0.1:1")
    clock, messenger = MonotonicClock(at_ms=10_000), Unwilling(10**6)
    with till.store.transaction() as records:
        records.prints.queue_email(EmailJob("job-1", "s", "a@b.c", "x", "y", b"z", 5))

    with closing(till.open_agent_store()) as store:
        emails = Emails(store, messenger, clock, lambda: 0.0)
        tries = 0
        while emails.send_next():
            tries += 1
            clock.at_ms += 10**9
    till.close()

    assert tries == GIVE_UP_AFTER
