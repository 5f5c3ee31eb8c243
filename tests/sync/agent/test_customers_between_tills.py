"""Two tills of a shop and their hub: customers are known to all, and forgotten by all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from pos.devices.hub_answers import HubAnswers
from pos.domain.printing import EmailJob
from pos.domain.till_session import CashCount
from pos.fiscal.none import NoFiscalModule
from pos.services import customers
from pos.services.customers import CustomerDraft
from pos.services.ticket_customer import customer_of, followed, put_on_ticket
from pos.services.till_session import open_session
from pos.services.workstation import SignOn, Workstation
from pos.store.backup import take_backup
from pos.system import Uuid7
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.counter_client import CounterClient
from sync.http import HubUnreachable
from sync.hub.customers.erasing import erase
from sync.hub.customers.merging import merge
from sync.hub.database import HubDatabase
from sync.protocol.link import Link
from tests.services.conftest import LUCIA, PlainPins, ShelfCatalogue
from tests.sync.facts import T0
from tests.sync.till_data import ShopTill

# What is nobody else's: looked for in the raw bytes of every file of a till.
SECRETS = ("Penélope", "Quintanar", "600987654", "penelope.q", "NOGAL-777123", "bolsa azul")
PENELOPE = CustomerDraft(
    "Penélope Quintanar", "600 98 76 54", "Penelope.Q@correo.es", "NOGAL-777123", "03-04"
)


class Clock:
    def now_ms(self) -> int:
        return T0 + 60_000


class Counter:
    """One till with Lucía at work, its agent, and its way to ask the hub."""

    def __init__(self, till: ShopTill, url: str, database: HubDatabase, stack: ExitStack) -> None:
        till.register(database)
        self.till = till
        agent = stack.enter_context(closing(till.open_agent_store()))
        http = till.credentials.open(url, deadline_s=30, incarnation="1" * 16)
        stack.callback(http.close)
        line = Hub(http, till=agent.till, shop="FUEN")
        self.said: list[dict[str, object]] = []
        self._pulling = Pulling(agent, line, AgentClock(), till.folder.catalogue, self.said.append)
        self._pushing = Pushing(agent, line, AgentClock(), lambda: 0.0)
        self.hub = HubAnswers(CounterClient(url, till.credentials))
        self.station = Workstation(
            shop="FUEN", till=agent.till, till_number=till.identity.number, currency="EUR",
            store=till.store, catalogues=ShelfCatalogue(), clock=Clock(), ids=Uuid7(),
            fiscal=NoFiscalModule(), pins=PlainPins(),
        )  # fmt: skip
        self.sign_on = SignOn(self.station, LUCIA)

    def agree(self) -> None:
        """Push everything, then pull everything."""
        link, goes_on = Link(0), True
        while goes_on:
            link, goes_on = self._pushing.step(link)
        self._pulling.pull()

    def names(self, text: str) -> list[str]:
        return [one.customer.name for one in customers.find(self.station, text)]


@pytest.fixture
def tills(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[list[Counter]]:
    with ExitStack() as stack:
        counters = []
        for number in (1, 2):
            till = ShopTill(tmp_path / f"till-{number}", hub_url, number=number)
            stack.callback(till.close)
            counters.append(Counter(till, hub_url, database, stack))
        yield counters


def test_who_is_made_at_one_till_is_known_at_the_other_and_by_the_hub(
    tills: list[Counter],
) -> None:
    first, second = tills
    made = customers.create(first.sign_on, PENELOPE)
    first.agree()
    second.agree()

    assert second.names("quintanar") == ["Penélope Quintanar"]
    assert {"type": "customers"} in second.said
    found = second.hub.find_customers("600987654")
    assert [one.customer_id for one in found.customers] == [made.customer_id]
    seen = second.hub.customer_glance(made.customer_id)
    assert seen.customer.emails == made.emails
    customers.keep_glance(second.station, made.customer_id, seen.glance)
    assert customers.glance_of(second.station, made.customer_id) == seen.glance

    customers.write_note(first.sign_on, made.customer_id, "Prefiere la bolsa azul")
    customers.edit(second.sign_on, made.customer_id, CustomerDraft("Penélope Q.", "600987654"))
    for till in (first, second, first):
        till.agree()

    for till in tills:
        known = customers.known(till.station, made.customer_id)
        assert known is not None
        assert not known.is_unsent
        assert known.customer.name == "Penélope Q."
        assert [note.text for note in known.customer.notes] == ["Prefiere la bolsa azul"]


def test_an_open_ticket_follows_a_merger_and_lets_go_of_who_was_erased(
    tills: list[Counter], database: HubDatabase
) -> None:
    first, second = tills
    one = customers.create(first.sign_on, PENELOPE)
    other = customers.create(first.sign_on, CustomerDraft("Pepa Quintanar", "600 98 76 55"))
    first.agree()
    second.agree()
    at_work = open_session(second.sign_on, CashCount("EUR", {}), business_day="2026-11-22")
    ticket = put_on_ticket(at_work, None, one.customer_id)

    with database.transaction() as connection:
        merge(connection, other.customer_id, one.customer_id, T0)
    second.agree()
    theirs = followed(at_work, ticket)
    assert theirs is not None
    assert theirs.basket.customer_id == other.customer_id
    with database.transaction() as connection:
        erase(connection, other.customer_id, T0)
    second.agree()
    assert followed(at_work, theirs) is None
    assert customer_of(second.station, theirs) is None
    assert second.names("quintanar") == []


def test_nothing_of_a_customer_can_be_read_in_any_file_of_a_till(
    tills: list[Counter], database: HubDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    first, second = tills
    made = customers.create(first.sign_on, PENELOPE)
    customers.write_note(first.sign_on, made.customer_id, "Prefiere la bolsa azul")
    at_work = open_session(first.sign_on, CashCount("EUR", {}), business_day="2026-11-22")
    put_on_ticket(at_work, None, made.customer_id)
    with first.till.store.transaction() as records:
        records.prints.queue_email(
            EmailJob("e1", "s1", "penelope.q@correo.es", "Recibo", "Hola, Penélope", b"%PDF", 1)
        )
    take_backup(first.till.folder, key=first.till.key, now_ms=T0)
    first.agree()
    second.agree()
    assert second.names("nogal-777123") == ["Penélope Quintanar"]

    for till in tills:
        files = [path for path in till.till.folder.root.rglob("*") if path.is_file()]
        assert {"till.db", "till.db-wal"} <= {path.name for path in files}
        for path in files:
            _holds_nothing(path.read_bytes(), str(path))
    with pytest.raises(HubUnreachable) as nobody_there:  # what is logged when the hub is away
        HubAnswers(CounterClient("http://127.0.0.1:9", first.till.credentials)).find_customers(
            "600987654 quintanar"
        )
    _holds_nothing(str(nobody_there.value).encode(), "the error of a hub that is away")
    _holds_nothing(caplog.text.encode(), "the log")

    with database.transaction() as connection:
        erase(connection, made.customer_id, T0)
    for till in tills:
        till.agree()
        assert till.names("penelope") == []
        assert customers.glance_of(till.station, made.customer_id).purchases == ()


def _holds_nothing(content: bytes, where: str) -> None:
    lowered = content.decode("latin-1").lower()
    for secret in SECRETS:
        for coding in ("utf-8", "utf-16-le"):
            wanted = secret.lower().encode(coding).decode("latin-1").lower()
            assert wanted not in lowered, f"{secret} in {where}"
