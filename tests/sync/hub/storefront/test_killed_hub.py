"""A hub that is killed while a customer pays: one order, one charge, and everybody learns it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from pos.domain.collection import Order, PaymentState
from sync.hub.database import open_database
from sync.hub.orders import book
from sync.hub.tables_orders import customer_order
from tests.architecture.sources import ROOT
from tests.sync.hub.orders.kit import OIL, stocked
from tests.sync.hub.pages.conftest import Browser
from tests.sync.hub.storefront.shopping import field, fill
from tests.sync.payments.kit import Simulator, simulated_provider
from tests.sync.waiting import wait_until

RUN = (
    "import sys; from sync.hub.main import run; "
    "run(sys.argv[1], port=int(sys.argv[2]), payments_url=sys.argv[3], has_storefront=True)"
)


@contextmanager
def hub_process(db_url: str, payments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    hub = subprocess.Popen(
        [sys.executable, "-c", RUN, db_url, "0", payments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert hub.stdout is not None
    with hub:
        try:
            yield hub, hub.stdout.readline().split()[-1]
        finally:
            hub.kill()


def the_order(db_url: str) -> Order:
    database = open_database(db_url)
    with database.reading() as connection:
        row = connection.execute(customer_order.select()).one()
    database.close()
    return book.read_order(row.content_json)


def pay_until_asked(customer: Browser, hub: subprocess.Popen[str], simulator: Simulator) -> None:
    """Send the checkout form off, and kill the hub while the provider holds its answer back."""
    page = customer.get("/store/checkout")
    form = {"op_id": field(page, "op_id"), "total": field(page, "total"), "pay": "now"}
    cut: list[Exception] = []

    def send() -> None:
        try:
            customer.post("/store/checkout", form)
        except requests.ConnectionError as error:
            cut.append(error)

    simulator.behave(slow_ms=3_000)
    sending = threading.Thread(target=send)
    sending.start()
    wait_until(lambda: simulator.ledger()["payments"] == 1)
    hub.kill()
    sending.join(60)
    simulator.behave(slow_ms=0)
    assert cut, "the answer came before the hub was killed"


def test_a_hub_killed_while_a_customer_pays_charges_once(tmp_path: Path) -> None:
    db_url = f"sqlite:///{tmp_path / 'hub.db'}"
    database = open_database(db_url)
    stocked(database, tmp_path, "FUEN")
    database.close()

    with simulated_provider(tmp_path) as simulator:
        with hub_process(db_url, simulator.url) as (hub, url):
            customer = Browser(url)
            customer.get("/store/sign-in")
            customer.post("/store/sign-in", {"customer": "carmen", "to": "/store/"})
            customer.get("/store/products/A-1")
            fill(customer, OIL)
            pay_until_asked(customer, hub, simulator)
            customer.http.close()
        with hub_process(db_url, simulator.url):
            wait_until(lambda: the_order(db_url).payment is PaymentState.CAPTURED)

        assert simulator.ledger()["payments"] == 1
        assert simulator.ledger()["captured"] == the_order(db_url).total.minor
