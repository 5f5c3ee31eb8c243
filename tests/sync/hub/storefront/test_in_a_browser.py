"""The web shop and the hub's desk in a real browser, as a customer and a manager have them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from pos.domain.collection import PaymentState
from pos.domain.pickup_code import read_pickup_code
from pos.domain.staff import Role
from sync.hub.admin import add_staff
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.tables_orders import customer_order
from tests.browser import LAPTOP, PHONE, Browser, browser
from tests.sync.hub.orders.kit import CHEESE, OIL
from tests.sync.hub.storefront.cart_till import CartTill
from tests.sync.payments.kit import Provider

pytestmark = pytest.mark.timeout(300)
PIN = "2468"


@pytest.fixture
def phone() -> Iterator[Browser]:
    with browser(is_phone=True) as window:
        yield window


@pytest.fixture
def laptop() -> Iterator[Browser]:
    with browser(LAPTOP) as window:
        yield window


def sign_in(window: Browser, store_url: str, customer: str = "carmen") -> None:
    window.open(f"{store_url}/store/sign-in")
    window.click(f"#customer-{customer}")
    window.wait_for("#to-orders")


def add(window: Browser, words: str, sku: str) -> None:
    """Look for something and put it into the cart."""
    window.type("#q", words)
    window.click(".search button")
    window.click(f'[data-sku="{sku}"] a')
    window.click("#add")
    window.wait_for(".notice.good")


def is_wider_than_the_window(window: Browser) -> bool:
    return bool(
        window.run(
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    )


def test_a_cart_begun_on_the_phone_is_ordered_on_the_laptop_and_collected_with_the_phone(
    hub: HubDatabase,
    store_url: str,
    simulator: Provider,
    phone: Browser,
    laptop: Browser,
    tmp_path: Path,
) -> None:
    sign_in(phone, store_url)
    add(phone, "aceite", OIL)

    sign_in(laptop, store_url)
    add(laptop, "queso", CHEESE)
    laptop.click("#to-cart")
    laptop.click("#shop-FUEN")
    laptop.click("#checkout")
    laptop.click("#pay-now")
    laptop.click("#order")
    laptop.wait_for("#qr svg")

    phone.open(laptop.address.split("?")[0])
    phone.screenshot(tmp_path / "code.png", whole_page=True)
    picture = Image.open(BytesIO((tmp_path / "code.png").read_bytes())).convert("L")
    (seen,) = zxingcpp.read_barcodes(picture)

    with hub.reading() as connection:
        order = book.read_order(connection.execute(customer_order.select()).one().content_json)
    assert laptop.text("#number") == phone.text("#number") == f"Pedido {order.number}"
    assert {line.sku for line in order.lines} == {OIL, CHEESE}
    assert order.payment is PaymentState.CAPTURED
    assert simulator.ledger()["captured"] == order.total.minor
    assert read_pickup_code(seen.text).serial == order.serial


def test_a_cart_that_is_open_at_a_till_changes_on_the_phone_and_is_paid_once(
    hub: HubDatabase, store_url: str, phone: Browser, tmp_path: Path
) -> None:
    till = CartTill(store_url, hub, "FUEN-1")
    sign_in(phone, store_url)
    add(phone, "aceite", OIL)
    phone.click("#to-cart")
    phone.click("#shop-FUEN")
    phone.wait_for("#checkout")
    phone.click("#checkout")
    _, fence = till.claims()

    phone.click("#pay-shop")
    phone.click("#order")
    phone.wait_for("#trouble")
    assert "se paga allí" in phone.text("#trouble")
    assert phone.text("#held").endswith("caja 1. Puedes cambiarla; se paga allí.")
    assert phone.count("#checkout") == 0
    assert not is_wider_than_the_window(phone)
    add(phone, "queso", CHEESE)
    assert [line.sku for line in till.look().lines] == [OIL, CHEESE]
    assert till.look().holder == "FUEN-1"

    till.sells(fence, OIL)
    assert till.pushes() == [("applied", "")]
    phone.open(f"{store_url}/store/cart")
    assert phone.count(".lines li") == 1
    phone.click("#checkout")
    phone.click("#pay-shop")
    phone.click("#order")
    phone.wait_for("#qr svg")

    with hub.reading() as connection:
        order = book.read_order(connection.execute(customer_order.select()).one().content_json)
    assert [line.sku for line in order.lines] == [CHEESE]


@pytest.mark.parametrize("size", [(360, 740), PHONE, (430, 932), (768, 1024), LAPTOP])
def test_no_page_is_wider_than_the_window(store_url: str, size: tuple[int, int]) -> None:
    with browser(size, is_phone=size[0] < 500) as window:
        sign_in(window, store_url, "nadia")
        add(window, "queso", CHEESE)
        for path in ("", "products/A-1", "cart", "orders", "nothing"):
            window.open(f"{store_url}/store/{path}")
            assert not is_wider_than_the_window(window), path
        window.open(f"{store_url}/store/cart")
        window.click("#shop-GOYA")
        window.click("#checkout")
        window.click("#who-other")
        assert not is_wider_than_the_window(window)
        window.type("#name", "Wolfeschlegelsteinhausenbergerdorff" * 3)
        window.click("#pay-shop")
        window.click("#order")
        window.wait_for("#qr svg")
        assert not is_wider_than_the_window(window)
        window.open(f"{store_url}/store/orders")
        assert not is_wider_than_the_window(window)


def test_a_manager_signs_in_to_the_desk(hub: HubDatabase, store_url: str, laptop: Browser) -> None:
    add_staff(hub.engine, "FUEN", staff_id="marta", name="Marta Sanz", role=Role.MANAGER, pin=PIN)
    laptop.open(f"{store_url}/desk/sign-in?shop=FUEN&person=marta")
    laptop.type("#pin", PIN)
    laptop.click("form.pin button")

    laptop.wait_for("nav.tabs")
    assert "Marta Sanz" in laptop.text(".who")
