"""The world before anything happens: made once by a process, copied for every seed."""

from __future__ import annotations

from pathlib import Path

from pos.signatures import KEY_BYTES, SigningKey
from pos.store.data_folder import DataFolder
from pos.store.enrolled import Enrolment, keep_enrolment
from pos.store.facts import TillIdentity
from pos.store.till_store import create_till
from sync.hub import admin
from sync.hub.database import HubDatabase, open_database
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.trust.enrolment import enrol, issue_code
from sync.hub.trust.keys import hub_identity
from sync.wire.v1.enrolment import (
    EnrolmentRequest,
    code_id_of,
    proof_key_of,
    request_proof,
)
from sync.wire.v1.signing import NONCE_BYTES
from tests.simulator.chance import FIRST_DAY_MS, Chance
from tests.simulator.goods import price_list
from tests.simulator.hub_machine import DATABASE
from tests.simulator.people import BADGES, PIN, ROLES
from tests.simulator.plan import Size
from tests.simulator.shops import till_names
from tests.simulator.world import World

FIRST_CONTACT_STEPS = 4


def make_template(folder: Path, size: Size) -> Path:
    """Set the shops up: staff and products at the hub, and tills that have heard of them."""
    bare = folder / "bare"
    (bare / "hub").mkdir(parents=True)
    database = open_database(f"sqlite:///{bare / 'hub' / DATABASE}")
    furnish(database, bare, size)
    for till in till_names(size):
        make_till(database, bare / till, till, Chance("first day", till))
    database.close()
    ready = folder / "ready"
    world = World(bare, ready, size)
    for machine in world.tills:
        machine.sync(FIRST_CONTACT_STEPS)
    world.end()
    return ready


def furnish(database: HubDatabase, folder: Path, size: Size) -> None:
    """Tell a hub of the shops, their people and what they sell."""
    for code in sorted({till.rpartition("-")[0] for till in till_names(size)}):
        admin.add_shop(
            database.engine, code, name=code, currency="EUR", country="ES", now_ms=FIRST_DAY_MS
        )
        for staff_id, role in ROLES.items():
            admin.add_staff(
                database.engine,
                code,
                staff_id=staff_id,
                name=staff_id.capitalize(),
                role=role,
                pin=PIN,
                badge=BADGES[staff_id],
            )
    path = folder / "catalogue.csv"
    path.write_text(price_list(1), encoding="utf-8")
    import_catalogue(database.engine, path, currency="EUR", now_ms=FIRST_DAY_MS)


def make_till(database: HubDatabase, folder: Path, till: str, chance: Chance) -> None:
    """Make the data folder of a till that is enrolled at the hub with that database."""
    shop, _, number = till.rpartition("-")
    data = DataFolder(folder)
    data.create()
    create_till(data.database, key=None, identity=TillIdentity(till, shop, int(number)))
    enrolment = _enrolled(database, shop, int(number), chance)
    keep_enrolment(data.database, key=None, enrolment=enrolment, now_ms=FIRST_DAY_MS)


def _enrolled(database: HubDatabase, shop: str, number: int, chance: Chance) -> Enrolment:
    """Make a till known at the hub, as `mostrador init` does."""
    code = issue_code(database.engine, shop, number, FIRST_DAY_MS, chance.bytes)
    secret, nonce = chance.bytes(KEY_BYTES), chance.bytes(NONCE_BYTES).hex()
    public, code_id = SigningKey(secret).public, code_id_of(code)
    request = EnrolmentRequest(
        code_id=code_id,
        public_key=public,
        nonce=nonce,
        proof=request_proof(proof_key_of(code), code_id=code_id, public_key=public, nonce=nonce),
    )
    hub = hub_identity(database.engine, chance.bytes)
    with database.transaction() as connection:
        said = enrol(connection, hub, request, FIRST_DAY_MS)
    return Enrolment(secret.hex(), said.hub_key, said.ca, said.epoch)
