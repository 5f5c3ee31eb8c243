"""A till's data folder for the rigs: made once, copied for every fault."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from pos.domain.catalogue import Product
from pos.domain.gtin import check_digit
from pos.domain.staff import Role, StaffMember
from pos.open_till import OpenTill, open_till
from pos.services.ports import Clock
from pos.services.workstation import SignOn
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.facts import TillIdentity
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import create_till
from tests.builders import KEY, catalogue, product

SHOP, CURRENCY = "FUEN", "EUR"
MIB = 1024 * 1024
GTINS = [f"{stem}{check_digit(stem)}" for stem in map(str, range(841000000001, 841000000021))]
PRODUCTS = tuple(product(gtin, 100 + number) for number, gtin in enumerate(GTINS, 1))
MANAGER = StaffMember("marta", "Marta Sanz", Role.MANAGER, badge="B3")
DETAILS = {
    "code": SHOP, "name": "NOGAL", "legal_name": "Nogal Hogar y Despensa, S.L.",
    "tax_id": "B12345674", "address_lines": ["Calle de Fuencarral, 112", "28010 Madrid"],
    "currency": CURRENCY, "country": "ES", "time_zone": "Europe/Madrid", "phone": "910 000 000",
}  # fmt: skip


def data_folder(root: Path) -> DataFolder:
    """Return a data folder that fits on the small disks of the rigs."""
    return DataFolder(root, reserve_bytes=MIB, least_free_bytes=MIB)


def make_till(root: Path, *, hub: str = "http://127.0.0.1:9", number: int = 1) -> DataFolder:
    """Make the folder of a till that knows its shop, its people and its products."""
    folder = data_folder(root)
    folder.create()
    folder.key_file.touch(mode=0o600)
    folder.key_file.write_bytes(KEY)
    create_till(folder.database, key=KEY, identity=TillIdentity(f"{SHOP}-{number}", SHOP, number))
    agent = AgentStore(folder.database, key=KEY)
    agent.apply_settings({"shop": DETAILS}, 1)
    agent.apply_staff([(MANAGER, None)], 1)
    agent.close()
    catalogue(folder.catalogue, PRODUCTS)
    point_to(folder, hub, number)
    return folder


def point_to(folder: DataFolder, hub: str, number: int = 1) -> None:
    """Write the settings of a till."""
    text = f'hub = "{hub}"\nshop = "{SHOP}"\ntill_number = {min(number, 999)}\n'
    folder.settings.write_text(text, encoding="utf-8")


@cache
def template() -> Path:
    """Return a till's folder to copy from; it lives as long as this process."""
    root = Path(tempfile.mkdtemp(prefix="mostrador-template-"))
    make_till(root / "till")
    return root / "till"


def drop_template() -> None:
    """Take the folder of `template` away."""
    if template.cache_info().currsize:
        shutil.rmtree(template().parent, ignore_errors=True)
        template.cache_clear()


def fresh_till(root: Path, *, hub: str = "http://127.0.0.1:9", number: int = 1) -> DataFolder:
    """Return a till like the template in a folder of its own, with a number of its own."""
    shutil.copytree(template(), root)
    folder = data_folder(root)
    engine = make_engine(folder.database, key=load_key(folder))
    with transaction(engine) as connection:
        connection.exec_driver_sql(
            "UPDATE till_identity SET till = ?, number = ?", (f"{SHOP}-{number}", number)
        )
    engine.dispose()
    point_to(folder, hub, number)
    return folder


def open_at(folder: DataFolder, clock: Clock | None = None) -> tuple[OpenTill, SignOn]:
    """Open a till as the program does, with the manager at the counter."""
    till = open_till(folder, clock=clock)
    with till.store.reading() as records:
        session = records.sessions.current()
    return till, SignOn(till.station, MANAGER, session)


def on_the_shelf(till: OpenTill, sku: str) -> Product:
    """Return a product of the till's own catalogue.

    Raises:
        LookupError: The catalogue lacks what it had.
    """
    found = till.catalogues.current().by_sku(sku)
    if found is None:
        raise LookupError(sku)
    return found
