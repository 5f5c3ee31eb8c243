"""A web shop as the hub sees one: it places orders with a key, and shows customers their code."""

from __future__ import annotations

import secrets
import subprocess
from dataclasses import dataclass
from typing import Any

import requests
from sqlalchemy import select

from pos.commands.demonstration.eyes import NotSeen
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.processes import MOSTRADOR, StageError
from pos.commands.hub_database import open_hub
from pos.domain.quantity import THOUSAND
from sync.hub.database import begin
from sync.hub.tables import product

ANSWER_S = 30.0
MAIL = "carmen@nogal.example"


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order as the web shop shows it to its customer; `code` is the text of the QR."""

    order_id: str
    number: str
    code: str


class WebShop:
    """Asks the hub over HTTP, with a key the hub gave out.

    Raises:
        StageError: The hub gives out no key.
    """

    def __init__(self, opened: Opened) -> None:
        self._hub, self._shop = opened.hub, opened.shop.code
        command = [*MOSTRADOR, "hub", "shop-key", "demo", "--db", opened.db_url]
        made = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=ANSWER_S
        )
        if made.returncode:
            raise StageError(f"no key for the web shop: {made.stderr.strip()}")
        self._key = made.stdout.split()[-1]
        with open_hub(opened.db_url) as engine, begin(engine) as connection:
            columns = (product.c.gtin, product.c.sku, product.c.price)
            rows = connection.execute(select(*columns)).all()
        self._products = {str(gtin): (sku, price) for gtin, sku, price in rows}

    def order(self, customer: str, *articles: str, prepaid: bool) -> Ordered:
        """Place an order of one piece of each article, by its barcode.

        Raises:
            NotSeen: The hub does not take it.
        """
        lines = [_line(*self._products[article]) for article in articles]
        asked = {
            "op_id": secrets.token_hex(16),
            "shop": self._shop,
            "currency": "EUR",
            "prepaid": prepaid,
            "customer": {"name": customer, "phone": "+34 600 123 456", "email": MAIL},
            "lines": lines,
        }
        said = self._ask("POST", "/v1/orders", asked)
        return Ordered(said["order_id"], said["number"], said["pickup_code"])

    def state(self, ordered: Ordered) -> tuple[str, str]:
        """Return how an order and its payment stand at the hub."""
        said = self._ask("GET", f"/v1/orders/{ordered.order_id}")
        return said["state"], said["payment"]

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = requests.request(
            method,
            self._hub.url + path,
            json=body,
            headers={"Authorization": f"Bearer {self._key}"},
            timeout=ANSWER_S,
        )
        if answer.status_code >= requests.codes.bad_request:
            raise NotSeen(f"the hub to the web shop: {answer.status_code} {answer.text[:200]}")
        said: dict[str, Any] = answer.json()
        return said


def _line(sku: str, price: int) -> dict[str, Any]:
    return {"sku": sku, "quantity": THOUSAND, "unit_price": price, "paid": price}
