"""What a customer does in the web shop, for its tests."""

from __future__ import annotations

import re

import requests
from sqlalchemy import select

from pos.domain.collection import Order
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.tables_orders import customer_order
from tests.sync.hub.pages.conftest import Browser


def fill(browser: Browser, *skus: str, shop: str = "FUEN") -> None:
    """Put goods into the cart and choose where to collect them."""
    for sku in skus:
        assert browser.post("/store/cart/add", {"sku": sku, "quantity": "1000"}).status_code == 303
    browser.post("/store/cart/shop", {"shop": shop})


def field(page: requests.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, name
    return found[1]


def check_out(browser: Browser, **form: str) -> requests.Response:
    """Send the checkout page off as it is shown."""
    page = browser.get("/store/checkout")
    assert page.status_code == 200
    shown = {"op_id": field(page, "op_id"), "total": field(page, "total")}
    return browser.post("/store/checkout", {**shown, "who": "me", "pay": "now", **form})


def orders(database: HubDatabase) -> list[Order]:
    with database.reading() as connection:
        texts = connection.scalars(
            select(customer_order.c.content_json).order_by(customer_order.c.serial)
        )
        return [book.read_order(text) for text in texts]


def cart_of(browser: Browser) -> list[str]:
    return re.findall(r'<li data-sku="([^"]+)"', browser.get("/store/cart").text)
