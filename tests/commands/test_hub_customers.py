"""Customers as the office exports, forgets and merges them."""

from __future__ import annotations

import json
from pathlib import Path

from sync.hub.database import open_database
from tests.commands.conftest import add_shop, call
from tests.customer_builders import a_customer
from tests.sync.hub.customers.kit import CustomerTill, kept


def known(db_url: str) -> None:
    """Have the hub know Carmen twice, and her sister on her phone."""
    add_shop(db_url)
    database = open_database(db_url)
    try:
        kept(
            database,
            a_customer("k-1"),
            a_customer("k-2", phones=("+34600000102",), emails=(), member_card="NOGAL-000102"),
            a_customer("k-3", name="Rosa Ortega", emails=(), member_card=""),
        )
        CustomerTill(database).sells("k-2")
    finally:
        database.close()


def test_the_office_merges_exports_and_forgets_a_customer(db_url: str, tmp_path: Path) -> None:
    known(db_url)
    out = tmp_path / "carmen.json"

    merged = call("hub", "customer", "merge", "nogal-000101", "+34 600 000 102", "--db", db_url)
    exported = call("hub", "customer", "export", "carmen@cliente.example", "--out", out,
                    "--db", db_url)  # fmt: skip
    again = call("hub", "customer", "export", "k-1", "--out", out, "--db", db_url)
    forgotten = call("hub", "customer", "erase", "NOGAL-000101", "--yes", "--db", db_url)
    after = call("hub", "customer", "export", "k-1", "--db", db_url)

    assert merged.out == "k-1 is now the record of both.\n"
    said = json.loads(out.read_text(encoding="utf-8"))
    assert (exported.code, said["records"], len(said["sales"])) == (0, ["k-1", "k-2"], 1)
    assert (again.code, "exists" in again.err) == (1, True)
    assert forgotten.out == "Forgotten: k-1, and in 0 orders.\n"
    assert (after.code, "no customer k-1" in after.err) == (1, True)


def test_who_is_meant_must_be_one(db_url: str) -> None:
    known(db_url)
    shared = call("hub", "customer", "export", "+34600000101", "--db", db_url)
    nobody = call("hub", "customer", "erase", "600 000 999", "--yes", "--db", db_url)
    assert (shared.code, "several customers: k-1, k-3" in shared.err) == (1, True)
    assert (nobody.code, "no customer 600 000 999" in nobody.err) == (1, True)
