"""The agent as a process, between a real till store and a real hub."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from pos.domain.staff import Role
from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import FolderInUse, FolderRole
from sync.client import HubClient
from sync.hub.admin import add_staff, set_price
from sync.hub.database import HubDatabase
from sync.hub.publishing.catalogue_import import import_catalogue
from tests.architecture.sources import ROOT
from tests.sync.till_data import ShopTill, running_agent, start_agent
from tests.sync.waiting import wait_until


@pytest.fixture
def till(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[ShopTill]:
    made = ShopTill(tmp_path / "till", hub_url)
    made.register(database)
    yield made
    made.close()


def is_drained(till: ShopTill) -> bool:
    with closing(till.open_agent_store()) as store:
        return store.queue_state().queued == 0


def hear(till: ShopTill) -> Iterator[dict[str, object]]:
    """Yield what the agent tells the till."""
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(30)
        wait_until(till.folder.agent_socket.exists)
        link.connect(str(till.folder.agent_socket))
        with link.makefile() as lines:
            for line in lines:
                yield json.loads(line)


def test_what_was_sold_arrives_at_the_hub_and_is_acknowledged(
    till: ShopTill, hub_url: str
) -> None:
    till.sell(450)

    with running_agent(till):
        wait_until(lambda: is_drained(till))

    digest = HubClient(hub_url, till.credentials).digest("FUEN-1")
    with till.store.reading() as records:
        head = records.journal.head()
    assert (digest.sales, digest.total_minor) == (450, 45_000)
    assert (digest.received_through, digest.chain_head) == (head.seq, head.hash)


def has_sold(client: HubClient, sold: int) -> bool:
    return client.digest("FUEN-1").sales >= sold


def test_an_agent_killed_again_and_again_doubles_nothing(till: ShopTill, hub_url: str) -> None:
    till.sell(900)

    for sold in (1, 300, 600):
        agent = start_agent(till)
        wait_until(partial(has_sold, HubClient(hub_url, till.credentials), sold))
        agent.send_signal(signal.SIGKILL)
        agent.wait()
    with running_agent(till):
        wait_until(lambda: is_drained(till))

    digest = HubClient(hub_url, till.credentials).digest("FUEN-1")
    assert (digest.sales, digest.total_minor, digest.received_through) == (900, 90_000, 900)


def test_products_people_and_prices_come_down(
    till: ShopTill, database: HubDatabase, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text(
        "gtin,name,price,stock\n8410076472885,Galletas María,1.25,12\n", encoding="utf-8"
    )
    import_catalogue(database.engine, prices, currency="EUR", now_ms=1)
    add_staff(database.engine, "FUEN", staff_id="ana", name="Ana", role=Role.CASHIER, pin="1234")
    catalogue = CatalogueSource(till.folder.catalogue)

    with running_agent(till):
        wait_until(lambda: catalogue.current().info() is not None)
        product = catalogue.current().by_sku("8410076472885")
        stock = catalogue.current().stock("8410076472885")
        set_price(database.engine, "8410076472885", 1_50)
        wait_until(lambda: _price(catalogue) == 1_50)

    assert product is not None
    assert (product.name, product.price.minor, product.gtin) == (
        "Galletas María",
        1_25,
        8410076472885,
    )
    assert stock is not None
    assert stock.on_hand_thousandths == 12_000
    with till.store.reading() as records:
        assert [member.name for member in records.staff.all()] == ["Ana"]
        assert (records.staff.pin_hash("ana") or "").startswith("$argon2id$")
    assert till.store.setting("shop")["name"] == "Fuencarral"


def _price(catalogue: CatalogueSource) -> int:
    product = catalogue.current().by_sku("8410076472885")
    return product.price.minor if product else 0


def test_the_till_hears_how_the_link_is_and_wakes_the_agent_with_a_nudge(
    till: ShopTill, hub_url: str
) -> None:
    with running_agent(till):
        heard = hear(till)
        first = next(heard)
        online = next(m for m in heard if m["type"] == "status" and m["state"] == "online")
        till.sell()
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(str(till.folder.agent_socket))
            link.sendall(b'{"type":"nudge"}\n')
            wait_until(lambda: HubClient(hub_url, till.credentials).digest("FUEN-1").sales == 1)
        heard.close()  # type: ignore[attr-defined]

    assert first["type"] == "status"
    assert (online["queued"], online["parked"]) == (0, 0)
    assert isinstance(online["last_contact_ms"], int)
    assert not till.folder.agent_socket.exists()


def test_only_one_agent_serves_a_data_folder(till: ShopTill) -> None:
    lock = till.folder.lock(FolderRole.AGENT)

    with pytest.raises(FolderInUse):
        _run_here(till)

    lock.release()


def _run_here(till: ShopTill) -> None:
    from sync.agent.main import run

    run(till.folder.root)


def test_an_agent_started_by_a_till_ends_with_it(till: ShopTill) -> None:
    code = (
        "import sys; from pathlib import Path; from sync.agent.main import run; "
        "run(Path(sys.argv[1]), with_parent=True)"
    )
    agent = subprocess.Popen(
        [sys.executable, "-c", code, str(till.folder.root)], cwd=ROOT, stdin=subprocess.PIPE
    )
    wait_until(till.folder.agent_socket.exists)
    assert agent.stdin is not None

    agent.stdin.close()

    assert agent.wait(30) == 0
