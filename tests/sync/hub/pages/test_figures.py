"""The page with the figures of collected orders."""

from __future__ import annotations

import re

from pos.domain.collection_events import OrderStaged, ParcelPlaced
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.book import Happened
from tests.order_builders import LUCIA, customer_order, picking
from tests.sync.facts import T0
from tests.sync.hub.pages.conftest import Browser

MINUTE = 60_000


def ready_order(database: HubDatabase, shop: str, minutes: int, **changes: object) -> None:
    order = customer_order(shop=shop, placed_at_ms=T0 - minutes * MINUTE, **changes)
    name = order.order_id
    with database.transaction() as connection:
        book.add(connection, order, Happened(f"web-{name}", order.placed_at_ms))
    shelf = OrderStaged(name, LUCIA, (ParcelPlaced(1, "B3"),))
    for index, event in enumerate((*picking(order), shelf)):
        with database.transaction() as connection:
            book.happen(connection, event, Happened(f"{name}-{index}", T0, "FUEN-1", LUCIA))


def test_a_shop_sees_its_own_figures_as_a_table_and_as_bars(
    marta: Browser, people: HubDatabase
) -> None:
    ready_order(people, "FUEN", 25, serial=1, number="W-1")
    ready_order(people, "GOYA", 90, serial=2, number="W-2")

    page = marta.get("/desk/pickups").text

    assert "Hasta estar listo" in page
    assert page.count("25\u00a0min<small>9 de cada 10 en 25\u00a0min; pedidos: 1</small>") == 3
    assert "0 esperando, 0 por preparar, 1 en estante" in page
    assert page.count("<rect") == 60
    assert re.findall(r"<title>[^<]*: 1 encargados, 0 entregados</title>", page)
    assert "0\u00a0%<small>0 de 3</small>" in page


def test_a_shop_without_orders_is_told_what_will_be_here(marta: Browser) -> None:
    page = marta.get("/desk/pickups").text

    assert 'class="panel empty"' in page
    assert "Todavía no hay pedidos" in page


def test_nobody_sees_the_figures_without_signing_in(browser: Browser) -> None:
    answer = browser.get("/desk/pickups")

    assert answer.status_code == 303
    assert "/desk/sign-in" in answer.headers["location"]


def test_the_page_runs_and_loads_nothing_of_its_own(marta: Browser, people: HubDatabase) -> None:
    ready_order(people, "FUEN", 25, customer_name="<script>alert(1)</script>")

    page = marta.get("/desk/pickups").text

    foreign = r"\son\w+=|\sstyle=|<style|javascript:|https?://(?!www.w3.org/2000)"
    assert not re.search(foreign, page)
    assert re.findall(r"<script(?! src=\"/desk/static/)", page) == []
