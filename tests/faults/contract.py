"""R10: whatever its own description allows, the hub answers as it says and never fails.

It is called by a till that it knows, about itself and about others, by a web shop that it knows
and by nobody it knows.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sync.credentials import Credentials, load_credentials
from sync.hub.trust.shop_keys import is_for_web_shops, issue_key
from tests.faults.shop_floor import SHOP
from tests.faults.syncing import RunningHub, known_till
from tests.faults.tally import Tally
from tests.sync.enrolling import SignedBy

TIMEOUT_S = 60
CONFORMANCE = [status_code_conformance, content_type_conformance, response_schema_conformance]
KNOWN = {"till": f"{SHOP}-1", "shop": SHOP}
OPEN_PATHS = ("/v1/enrol", "/health", "/metrics", "/desk", "/openapi.json")


@dataclass
class Strangers:
    """Callers of the hub: a till, a web shop with its key, and nobody."""

    hub: RunningHub
    credentials: Credentials
    web_shop_key: str

    def sessions(self, path: str) -> tuple[tuple[str, requests.Session], ...]:
        """Return a session of who may ask an address, and one of somebody else."""
        known, plain = requests.Session(), requests.Session()
        if is_for_web_shops(path):
            known.headers["Authorization"] = f"Bearer {self.web_shop_key}"
            return ("web shop", known), ("unsigned", plain)
        known.auth = SignedBy(self.credentials)
        return ("signed", known), ("unsigned", plain)


def strangers(root: Path, hub: RunningHub) -> Strangers:
    """Enrol a till, give a web shop a key, and speak in their names."""
    with hub.database.transaction() as connection:
        key = issue_key(connection, "nogal.example", 1, secrets.token_bytes)
    credentials = load_credentials(known_till(root / f"caller-{hub.known}", hub))
    return Strangers(hub, credentials, key)


def description_of(hub: RunningHub) -> dict[str, Any]:
    """Return how the hub describes itself."""
    found: dict[str, Any] = requests.get(f"{hub.url}/openapi.json", timeout=TIMEOUT_S).json()
    return found


def every_operation(
    caller: Strangers,
    tally: Tally,
    *,
    examples: int,
    seed_: int,
    description: dict[str, Any] | None = None,
) -> None:
    """Call every operation with what the hub's description allows, signed and not."""
    described = description or description_of(caller.hub)
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=caller.hub.url)
    for operation in (
        found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)
    ):
        for name, session in caller.sessions(operation.path):
            if name == "unsigned" and operation.path.startswith(OPEN_PATHS):
                continue
            times = -(-examples // 3) if name == "unsigned" else examples
            found = _call(operation, session, times, seed_)
            label = f"{operation.method.upper()} {operation.path} {name}"
            tally.points[label] += found.calls
            tally.notes[name] += found.statuses
            tally.violations += [f"{label}: {each}" for each in found.failures]


@dataclass
class Called:
    """What came of an operation."""

    calls: int = 0
    failures: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def _call(operation: Any, session: requests.Session, examples: int, seed_: int) -> Called:
    called = Called()
    own = dict(KNOWN)

    @seed(seed_)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), is_own=st.booleans())
    def call(case: Any, is_own: bool) -> None:
        if is_own and case.path_parameters:
            for name in own.keys() & set(case.path_parameters):
                case.path_parameters[name] = own[name]
        called.calls += 1
        response = case.call(session=session, timeout=TIMEOUT_S)
        called.statuses[response.status_code] += 1
        _examine(case, response, called)

    call()
    return called


def _examine(case: Any, response: Any, called: Called) -> None:
    if response.status_code >= 500 and response.status_code != 503:
        called.failures.append(f"status {response.status_code} to {case.as_curl_command()[:400]}")
        return
    try:
        case.validate_response(response, checks=CONFORMANCE)
    except (FailureGroup, Failure) as failure:
        text = str(failure)[:600].replace("\n", " ")
        if len(called.failures) < 3:
            called.failures.append(text)
