"""The customers a till knows: told by the hub, changed here, forgotten without a trace."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.domain.customer import Consent, ConsentKind, Customer, erased, merged
from pos.domain.customer_content import beside_text, saved_body
from pos.domain.customer_glance import (
    Glance,
    GlancedArticle,
    GlancedCredit,
    GlancedPurchase,
    PurchaseKind,
)
from pos.domain.customer_search import matches, name_words, read_query
from pos.domain.journal import FactKind
from pos.store import customers
from pos.store.customers import ASKED_FOR_KEPT_MS, CustomersTold
from pos.store.engine import transaction
from pos.store.outbox import AgentStore
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.builders import MORNING_MS, eur, new_id
from tests.customer_builders import a_customer

SALT = "0" * 32
JIMENA = a_customer(
    "jimena", name="Jimena Hernández", phones=("+525512345678",), emails=("jime@correo.mx",),
    member_card="NOGAL-000777",
)  # fmt: skip
TABLES = (
    "customer", "customer_key", "customer_word", "customer_form", "customer_change",
)  # fmt: skip


def mirrored(store: TillStore, *told: Customer, at_ms: int = MORNING_MS, **more: object) -> None:
    with transaction(store._writer) as connection:  # the agent's way in
        page = CustomersTold(changed=told, **more)  # type: ignore[arg-type]
        customers.mirror(Statements(connection), page, at_ms=at_ms)


def found(store: TillStore, text: str) -> list[str]:
    with store.reading() as records:
        hits = records.customers.find(read_query(text, "ES"), limit=20)
    return [known.customer.customer_id for known in hits]


def change(store: TillStore, customer: Customer, *, at_ms: int = MORNING_MS) -> str:
    """Record an act on a customer as the service does."""
    op_id = new_id()
    with store.transaction() as records:
        body = saved_body(customer, SALT, is_new=False, fields=("name",), staff_id="ana")
        records.journal.append(
            FactKind.CUSTOMER_SAVED, body, op_id=op_id, at_ms=at_ms, session_id=None
        )
        beside = beside_text(customer, SALT)
        records.customers.save(customer, op_id=op_id, beside=beside, at_ms=at_ms)
    return op_id


def rows_of(store: TillStore, *tables: str) -> int:
    with transaction(store._reader) as connection:
        counts = (connection.exec_driver_sql(f"SELECT count(*) FROM {t}") for t in tables)
        return sum(int(count.scalar() or 0) for count in counts)


def acknowledge_all(agent: AgentStore) -> None:
    epoch, head = agent.head()
    agent.mark_acknowledged(epoch, head.seq, head.hash, MORNING_MS)


@pytest.mark.parametrize(
    "said",
    ["NOGAL-000101", "nogal-000101", "600 000 101", "+34600000101", "0034 600000101", "6000001",
     "carmen@cliente.example", "CARMEN@CLI", "carmen ortega", "ortega", "ORTEGÁ car", "hortega",
     "ortgea", "karmen"],
)  # fmt: skip
def test_a_customer_is_found_by_whatever_they_say(store: TillStore, said: str) -> None:
    mirrored(store, a_customer(), JIMENA)

    assert found(store, said) == ["carmen"]


def test_of_many_the_nearest_comes_first_and_two_may_share_a_phone(store: TillStore) -> None:
    same = "+34600000199"
    mirrored(
        store,
        a_customer("c1", name="Carmela Ruiz", phones=(same,), emails=(), member_card=""),
        a_customer("c2", name="Carmen Ruiz", phones=(same,), emails=(), member_card=""),
        a_customer("c3", name="Garmen Ruiz", phones=(), emails=(), member_card=""),
    )

    assert found(store, "carmen") == ["c2", "c3"]
    assert found(store, "carme") == ["c1", "c2"]
    assert sorted(found(store, "600000199")) == ["c1", "c2"]


def test_a_changed_name_is_found_as_it_is_now_only(store: TillStore) -> None:
    mirrored(store, a_customer())
    mirrored(store, a_customer(name="Carmen Vidal", phones=(), member_card=""))

    assert found(store, "vidal") == found(store, "carmen") == ["carmen"]
    assert not found(store, "ortega") + found(store, "600000101") + found(store, "NOGAL-000101")


_names = st.lists(st.sampled_from(["ana", "eva", "hernán", "ortega", "güell", "o'brien"]),
                  min_size=1, max_size=3).map(" ".join)  # fmt: skip


@given(st.lists(_names, min_size=1, max_size=6), _names)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_tables_find_whom_the_rule_finds(
    store: TillStore, names: list[str], typed: str
) -> None:
    mirrored(store, all_there_are=frozenset(), at_ms=MORNING_MS + 2 * ASKED_FOR_KEPT_MS)
    people = [
        a_customer(f"n{number}", name=name, phones=(), emails=(), member_card="")
        for number, name in enumerate(names)
    ]
    mirrored(store, *people)
    query = read_query(typed, "ES")

    assert set(found(store, typed)) == {p.customer_id for p in people if matches(p, query)}


def test_a_change_made_here_stays_upon_what_the_hub_tells_until_it_has_it(
    store: TillStore, agent: AgentStore
) -> None:
    before = a_customer(changed=(("name", 1),))
    mirrored(store, before)
    told = replace(before, version=4, birthday="01-02", changed=(("birthday", 5),))
    op_id = change(store, replace(before, name="Carmen Vidal", changed=(("name", MORNING_MS),)))

    assert agent.beside([op_id]).keys() == {op_id}
    mirrored(store, told)
    with store.reading() as records:
        known = records.customers.get("carmen")
    assert known is not None
    assert known.is_unsent
    assert (known.customer.name, known.customer.birthday) == ("Carmen Vidal", "01-02")

    acknowledge_all(agent)
    mirrored(store, told)
    with store.reading() as records:
        known = records.customers.get("carmen")
    assert known is not None
    assert not known.is_unsent
    assert known.customer == told
    assert not agent.beside([op_id])


def test_an_erased_customer_leaves_nothing_but_the_number(store: TillStore) -> None:
    mirrored(store, a_customer(), JIMENA)
    with store.transaction() as records:
        records.customers.keep_glance("carmen", Glance(as_of_ms=5, points=3))
    change(store, a_customer(name="Carmen Otra"))
    mirrored(store, erased(a_customer()))

    with store.reading() as records:
        assert records.customers.get("carmen") is None
        assert records.customers.standing("carmen") == ""
    assert not found(store, "carmen")
    mirrored(store, erased(JIMENA))
    assert rows_of(store, *TABLES) == 0


def test_a_merged_customer_is_followed_to_the_last_record(store: TillStore) -> None:
    mirrored(store, a_customer(), JIMENA, a_customer("third", name="Tercera", member_card=""))
    mirrored(store, merged(a_customer(), "jimena"), merged(JIMENA, "third"))

    with store.reading() as records:
        known = records.customers.get("carmen")
        assert records.customers.standing("carmen") == "third"
    assert known is not None
    assert known.customer.name == "Tercera"
    assert found(store, "carmen") == []


def test_who_is_not_in_a_whole_list_is_forgotten_unless_something_waits(store: TillStore) -> None:
    mirrored(store, a_customer(), JIMENA, a_customer("gone", name="Nadie", member_card=""))
    change(store, a_customer(name="Carmen Vidal"))

    mirrored(store, all_there_are=frozenset({"jimena"}))

    assert found(store, "carmen") == ["carmen"]
    assert found(store, "jimena") == ["jimena"]
    assert found(store, "nadie") == []


def test_who_was_only_asked_for_is_forgotten_after_a_month(store: TillStore) -> None:
    with store.transaction() as records:
        records.customers.hear(JIMENA, at_ms=MORNING_MS)
    mirrored(store, a_customer(), at_ms=MORNING_MS + ASKED_FOR_KEPT_MS)
    assert found(store, "jimena") == ["jimena"]

    mirrored(store, at_ms=MORNING_MS + ASKED_FOR_KEPT_MS + 1)

    assert found(store, "jimena") == []
    assert found(store, "carmen") == ["carmen"]


def test_what_the_hub_said_at_a_glance_is_kept_with_its_age(store: TillStore) -> None:
    glance = Glance(
        as_of_ms=MORNING_MS,
        credit=(GlancedCredit("7K3Q", eur(12_50)),),
        purchases=(
            GlancedPurchase(
                PurchaseKind.RETURN,
                "r1",
                "D2-000001",
                "GOYA",
                "Nogal Goya",
                "shop",
                5,
                eur(-5_00),
                1,
                (GlancedArticle("oil", "Aceite", 1_000),),
            ),
        ),
    )
    mirrored(store, a_customer())

    with store.transaction() as records:
        records.customers.keep_glance("carmen", glance)

    with store.reading() as records:
        assert records.customers.glance("carmen") == glance
        assert records.customers.glance("jimena") is None


def test_consents_that_were_given_here_go_with_the_record(store: TillStore) -> None:
    said = Consent(ConsentKind.MARKETING_SMS, True, MORNING_MS, "es-1", "FUEN-2", "op")
    change(store, a_customer(consents=(said,)))

    with transaction(store._reader) as connection:
        content = connection.exec_driver_sql("SELECT content_json FROM customer_change").scalar()
    told = json.loads(str(content))["content"]["consents"]
    assert [one["kind"] for one in told] == ["marketing_sms"]
    assert name_words("Carmen") == ("carmen",)


def test_a_late_answer_of_the_hub_brings_nobody_back_who_was_erased_meanwhile(
    store: TillStore,
) -> None:
    mirrored(store, a_customer(), JIMENA)
    mirrored(store, erased(a_customer()), merged(JIMENA, "third"))

    with store.transaction() as records:
        heard = [records.customers.hear(one, at_ms=MORNING_MS) for one in (a_customer(), JIMENA)]

    assert heard == [None, None]
    assert rows_of(store, *TABLES) == 0
    mirrored(store, JIMENA)  # the stream has the last word
    assert found(store, "jimena") == ["jimena"]


def test_what_was_changed_here_of_a_record_that_was_merged_still_goes_to_the_hub(
    store: TillStore, agent: AgentStore
) -> None:
    mirrored(store, a_customer())
    op_id = change(store, a_customer(phones=("+34600000999",)))

    mirrored(store, merged(a_customer(), "jimena"))

    assert "+34600000999" in agent.beside([op_id])[op_id]
    mirrored(store, erased(a_customer()))
    assert not agent.beside([op_id])
