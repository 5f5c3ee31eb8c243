"""A hub with people, served, and a browser without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from pos.domain.staff import Role
from sync.hub.admin import add_shop, add_staff
from sync.hub.database import HubDatabase
from tests.sync.facts import T0
from tests.sync.serving import FixedClock

PIN = "2468"
STAFF = (
    ("FUEN", "marta", "Marta Sanz", Role.MANAGER),
    ("FUEN", "hugo", "Hugo Peña", Role.SHIFT_LEAD),
    ("FUEN", "lucia", "Lucía <b>Romero</b>", Role.CASHIER),
    ("GOYA", "pau", "Pau Ferrer", Role.MANAGER),
)


class Browser:
    """Keeps cookies, follows nothing by itself, fills in the token of the page's forms."""

    def __init__(self, hub: str) -> None:
        self.hub = hub
        self.http = requests.Session()
        self.csrf = ""

    def get(self, path: str, **headers: str) -> requests.Response:
        answer = self.http.get(self.hub + path, allow_redirects=False, headers=headers, timeout=60)
        token = re.search(r'name="csrf" value="([^"]+)"', answer.text)
        self.csrf = token[1] if token else self.csrf
        return answer

    def post(
        self, path: str, form: dict[str, str], headers: dict[str, str] | None = None
    ) -> requests.Response:
        return self.http.post(
            self.hub + path,
            data={"csrf": self.csrf, **form},
            headers=headers,
            allow_redirects=False,
            timeout=60,
        )

    def sign_in(
        self, person: str = "marta", shop: str = "FUEN", pin: str = PIN
    ) -> requests.Response:
        answer = self.post("/desk/sign-in", {"shop": shop, "person": person, "pin": pin})
        self.get("/desk/")
        return answer


@pytest.fixture
def db_url(hub_file: Path, tmp_path: Path) -> str:
    """Return the URL of a file: what differs on PostgreSQL is tested below the pages."""
    shutil.copy(hub_file, tmp_path / "hub.db")
    return f"sqlite:///{tmp_path / 'hub.db'}"


@pytest.fixture
def at_ms(clock: FixedClock) -> FixedClock:
    """Return the hub's clock, put to the beginning."""
    clock.at_ms = T0
    return clock


@pytest.fixture
def people(database: HubDatabase) -> HubDatabase:
    """Return the hub's database with people in two shops."""
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    for shop, staff_id, name, role in STAFF:
        add_staff(database.engine, shop, staff_id=staff_id, name=name, role=role, pin=PIN)
    return database


@pytest.fixture
def browser(people: HubDatabase, hub_url: str, at_ms: FixedClock) -> Iterator[Browser]:
    opened = Browser(hub_url)
    yield opened
    opened.http.close()


@pytest.fixture
def marta(browser: Browser) -> Browser:
    """Return the browser of a manager who is signed in."""
    assert browser.sign_in().status_code == 303
    return browser


@pytest.fixture
def another(hub_url: str) -> Iterator[Browser]:
    """Return somebody else's browser."""
    opened = Browser(hub_url)
    yield opened
    opened.http.close()
