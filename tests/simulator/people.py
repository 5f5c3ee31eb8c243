"""Who works in the simulated shops."""

from __future__ import annotations

from pos.domain.staff import Role

CASHIER, LEAD, MANAGER = "ana", "hugo", "marta"
BADGES = {CASHIER: "B-ANA", LEAD: "B-HUGO", MANAGER: "B-MARTA"}
ROLES = {CASHIER: Role.CASHIER, LEAD: Role.SHIFT_LEAD, MANAGER: Role.MANAGER}
PIN = "1234"
