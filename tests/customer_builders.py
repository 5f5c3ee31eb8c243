"""Customers as tests need them."""

from __future__ import annotations

from typing import Any

from pos.domain.customer import Consent, ConsentKind, Customer, CustomerNote

CARMEN_ID = "carmen"


def a_customer(customer_id: str = CARMEN_ID, **fields: Any) -> Customer:
    """Return somebody with a phone, an address, a card, a note and a consent, or as told."""
    told: dict[str, Any] = {
        "version": 0,
        "name": "Carmen Ortega Ruiz",
        "phones": ("+34600000101",),
        "emails": ("carmen@cliente.example",),
        "member_card": "NOGAL-000101",
        "birthday": "05-17",
        "notes": (CustomerNote("Prefiere la bolsa de papel", 1_000, "ana"),),
        "preferences": (("talla", "M"),),
        "consents": (Consent(ConsentKind.SUGGESTIONS, True, 1_000, "es-1", "T1", "R-1"),),
        "since_ms": 500,
        "home_shop": "S1",
    }
    return Customer(customer_id, **{**told, **fields})
