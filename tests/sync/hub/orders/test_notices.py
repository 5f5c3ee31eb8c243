"""What customers are told: queued once, sent until it is taken, and every sending kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from sqlalchemy import Row, select

from pos.domain.collection import Order
from pos.signatures import Purpose
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book, cancelling, notices
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.notices import pause_ms, send_due
from sync.hub.tables_orders import order_notice
from sync.messages.folder import FolderMessenger
from sync.messages.port import Mail, MailNotSent
from tests.sync.agent.test_emails import mail_server
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import line, place, ready


class Post:
    """A way to send e-mail that fails as often as it is told."""

    def __init__(self, *failures: MailNotSent) -> None:
        self.failures = list(failures)
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(mail)


def rows(hub: HubDatabase, order: Order) -> list[Row[Any]]:
    with hub.reading() as connection:
        found = select(order_notice).where(order_notice.c.order_id == order.order_id)
        return list(connection.execute(found.order_by(order_notice.c.notice_id)))


def of_kind(hub: HubDatabase, order: Order, kind: str) -> Row[Any]:
    return next(row for row in rows(hub, order) if row.kind == kind)


def test_a_ready_order_is_told_with_where_until_when_and_what_to_pay(shops: HubDatabase) -> None:
    order = ready(shops, place(shops, lines=[line(pieces=2)]))
    post = Post()

    send_due(shops, post, T0)

    mail = next(mail for mail in post.sent if "ready" in mail.mail_id)
    assert mail.recipient == "carmen@example.org"
    assert mail.subject == "Tu pedido W-10001 te espera en Fuencarral"
    for said in ("Hola, Carmen:", "lun 28 sep", order.short_code, "15,90\N{NO-BREAK SPACE}€"):
        assert said in mail.text


def test_the_letter_carries_the_code_to_collect_with(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    post = Post()

    send_due(shops, post, T0)

    pixels = cv2.imdecode(np.frombuffer(post.sent[-1].png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    with shops.reading() as connection:
        code = pickup_code_of(order, signing_key(connection))
    assert [read.text for read in zxingcpp.read_barcodes(pixels)] == [code]


def test_a_shop_elsewhere_writes_in_its_language(shops: HubDatabase) -> None:
    add_shop(shops.engine, "LDN", name="Soho", currency="GBP", country="GB", now_ms=T0)

    order = place(shops, shop="LDN", currency="GBP")

    body = json.loads(of_kind(shops, order, "placed").body_json)
    assert body["subject"] == "We have your order W-10001"
    assert body["text"].startswith("Hello Carmen,")


def test_each_sending_is_kept_with_when_and_what(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))

    assert send_due(shops, Post(), T0 + 5) == 2

    sent = rows(shops, order)
    assert [(row.kind, row.state, row.sent_at_ms) for row in sent] == [
        ("placed", "sent", T0 + 5), ("ready", "sent", T0 + 5),
    ]  # fmt: skip
    assert send_due(shops, Post(), T0 + 6) == 0


def test_a_letter_that_was_not_taken_goes_again_later_under_its_id(shops: HubDatabase) -> None:
    order = place(shops)
    post = Post(MailNotSent("away"), MailNotSent("away"))

    for at_ms in (T0, T0 + 1, T0 + pause_ms(0), T0 + pause_ms(0) + pause_ms(1)):
        send_due(shops, post, at_ms)

    assert [mail.mail_id for mail in post.sent] == [f"{order.order_id}-placed-1"]
    assert of_kind(shops, order, "placed").tries == 3


def test_an_address_that_never_will_be_is_not_tried_again(shops: HubDatabase) -> None:
    order = place(shops)
    post = Post(MailNotSent("no such mailbox", is_final=True))

    for day in range(3):
        send_due(shops, post, T0 + day * 86_400_000)

    row = of_kind(shops, order, "placed")
    assert (row.state, row.error, row.tries) == ("failed", "no such mailbox", 1)
    assert post.sent == []


def test_a_customer_without_address_is_left_to_people_and_the_order_is_ready(
    shops: HubDatabase,
) -> None:
    order = ready(shops, place(shops, customer={"email": ""}))

    row = of_kind(shops, order, "ready")
    assert (row.state, row.error) == ("failed", "no_address")
    assert order.ready_at_ms == T0


def test_nobody_is_told_to_come_for_what_was_cancelled_meanwhile(shops: HubDatabase) -> None:
    order = place(shops)
    with shops.transaction() as connection:
        cancelling.ask(connection, order.order_id, book.Happened("c-1", T0), "")
    post = Post()

    send_due(shops, post, T0)

    assert [mail.mail_id for mail in post.sent] == [f"{order.order_id}-cancelled-1"]
    assert of_kind(shops, order, "placed").error == "overtaken"


def test_the_same_turn_is_told_once(shops: HubDatabase) -> None:
    order = place(shops)

    for turn in (1, 1, 2):
        with shops.transaction() as connection:
            notices.queue(connection, order, notices.Kind.REMINDER, T0, turn=turn)

    assert [row.kind for row in rows(shops, order)].count("reminder") == 2


@pytest.mark.parametrize("kind", list(notices.Kind))
@pytest.mark.parametrize("shop", ["FUEN", "LDN"])
def test_there_are_words_for_everything_in_both_languages(
    shops: HubDatabase, kind: notices.Kind, shop: str
) -> None:
    add_shop(shops.engine, "LDN", name="Soho", currency="EUR", country="GB", now_ms=T0)
    order = place(shops, shop=shop, prepaid=True)

    with shops.transaction() as connection:
        notices.queue(connection, order, kind, T0, turn=9)

    body = json.loads(rows(shops, order)[-1 if kind is not notices.Kind.PLACED else 1].body_json)
    assert "{" not in body["text"] + body["subject"]


def test_letters_lie_in_a_folder_when_there_is_no_mail_server(
    shops: HubDatabase, tmp_path: Path
) -> None:
    order = place(shops)

    send_due(shops, FolderMessenger(tmp_path / "out", sender="tienda@example.org"), T0)

    letter = (tmp_path / "out" / f"{order.order_id}-placed-1.eml").read_text(encoding="utf-8")
    assert "codigo.png" in letter
    assert Purpose.PICKUP.value not in letter


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("carmen@example.org", "sent"),
        ("carmen@busy.example", "queued"),
        ("carmen@refuse.example", "failed"),
    ],
)
def test_a_mail_server_takes_the_letter_asks_for_patience_or_refuses_for_good(
    shops: HubDatabase, address: str, state: str
) -> None:
    order = place(shops, customer={"email": address})

    with mail_server() as (messenger, taken):
        send_due(shops, messenger, T0)

    assert of_kind(shops, order, "placed").state == state
    assert len(taken) == (state == "sent")


def test_pauses_grow_up_to_an_hour() -> None:
    pauses = [pause_ms(tries) for tries in range(20)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (60_000, 3_600_000)
