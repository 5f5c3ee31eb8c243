"""Whom this till trusts and by which key others know it: the table trust of till.db."""

from __future__ import annotations

from pos.signatures import Purpose, SigningKey
from pos.store.facts import Sign
from pos.store.statements import Statements

TILL_KEY = "till_key"  # the till's private key, 64 hexadecimal digits
HUB_KEY = "hub_key"  # the hub's public key, 64 hexadecimal digits, pinned at enrolment
CA = "ca"  # the hub's certificate authority (PEM), empty on loopback

_PUT = (
    "INSERT INTO trust (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


def read(sql: Statements, name: str) -> str:
    """Return a value, empty when there is none."""
    row = sql.one("SELECT value FROM trust WHERE name = ?", (name,))
    return "" if row is None else str(row[0])


def write(sql: Statements, name: str, value: str) -> None:
    """Store a value."""
    sql.run(_PUT, (name, value))


def fact_signer(sql: Statements) -> Sign:
    """Return how facts are signed: with the till's key, or not at all before it has one."""
    secret = read(sql, TILL_KEY)
    if not secret:
        return lambda digest: ""
    key = SigningKey(bytes.fromhex(secret))
    return lambda digest: key.sign(Purpose.FACT, digest.encode("ascii"))
