"""The shop that is measured: products, a hub that has them, a till that was given them.

Making a million products or half a million sales takes minutes, so that they are made once, in
the folder for temporary files, under names that change with the tables.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pos.commands.enrolment import enrol, mint_code
from pos.domain.gtin import check_digit
from pos.domain.staff import Role
from pos.resources import migrations_path
from pos.settings import read_settings, write_settings
from pos.store import catalogue_schema
from pos.store.catalogue_schema import current_file
from pos.store.data_folder import DataFolder
from sync.hub import admin
from sync.hub import tables as hub_tables
from sync.hub.database import open_database
from sync.hub.publishing.catalogue_import import import_catalogue
from tests.bench.catalogue import BRANDS, SEED, WORDS, Row, product_row
from tests.bench.processes import running_agent, running_hub, wait_until

SHOP, TILL_NUMBER, CURRENCY = "BENCH", 1, "EUR"
TILL = f"{SHOP}-{TILL_NUMBER}"
PIN = "1111"
MILLION = 1_000_000
FIRST_GTIN = 840_000_000_000  # without the check digit
LONGEST_LOAD_S = 900
NO_HUB = "http://127.0.0.1:9"
MADE = "1"  # change it when what is made below changes
HUB_FILES = (
    *sorted(Path(hub_tables.__file__).parent.glob("tables*.py")),
    *sorted(migrations_path("hub").rglob("0*.py")),
)
TILL_FILES = (Path(catalogue_schema.__file__), *sorted(migrations_path("till").rglob("0*.py")))


def cache() -> Path:
    """Return the folder of what is made once."""
    folder = Path(tempfile.gettempdir()) / f"mostrador-bench-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def made_once(name: str, make: Callable[[Path], None], *made_of: Path) -> Path:
    """Return a folder of the cache, filled by `make` when it is not there whole.

    Args:
        made_of: Files of the program that say how it looks; it is made again when they change.
    """
    digest = hashlib.sha256(MADE.encode())
    for path in made_of:
        digest.update(path.read_bytes())
    folder = cache() / f"{name}-{digest.hexdigest()[:8]}"
    if not folder.exists():
        for outdated in cache().glob(f"{name}-{'?' * 8}"):
            shutil.rmtree(outdated)
        beside = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        make(beside)
        beside.rename(folder)
    return folder


def gtin_of(number: int) -> int:
    """Return the EAN-13 of a generated product."""
    digits = str(FIRST_GTIN + number)
    return int(f"{digits}{check_digit(digits)}")


def generated_rows(count: int) -> Iterator[Row]:
    """Yield products made of shop words, the same ones each time, with codes that scan."""
    dice = random.Random(SEED)
    for number in range(count):
        size = 2 + number * 4 // count  # short names first, as a hub ranks them
        extra = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=5))
        name = " ".join([*dice.choices(WORDS, k=size), extra]).capitalize()
        gtin = gtin_of(number)
        yield product_row(str(gtin), gtin, name, dice.choice(BRANDS), 50 + number % 3000)


def price_list(count: int) -> Path:
    """Return a CSV.gz of that many generated products, as a shop hands it in."""

    def make(folder: Path) -> None:
        with gzip.open(folder / "products.csv.gz", "wt", 1, encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["gtin", "name", "brand", "price"])
            for _, gtin, name, brand, _, price, *_ in generated_rows(count):
                writer.writerow([gtin, name, brand, f"{int(str(price)) / 100:.2f}"])

    return made_once(f"list-{count}", make) / "products.csv.gz"


def seed_hub(database_url: str, products: Path | None) -> None:
    """Tell a hub's database of the shop, its people, and its products when there are any."""
    database = open_database(database_url)
    try:
        admin.add_shop(
            database.engine, SHOP, name="Bench", currency=CURRENCY, country="ES", now_ms=0
        )
        admin.add_staff(
            database.engine, SHOP, staff_id="ana", name="Ana", role=Role.MANAGER, pin=PIN
        )
        if products is not None:
            import_catalogue(database.engine, products, currency=CURRENCY, now_ms=0)
    finally:
        database.close()


def hub_database(products: int) -> Path:
    """Return the SQLite file of a hub with that many generated products; do not write in it.

    The till of `till_folder` is enrolled there: make that first.
    """

    def make(folder: Path) -> None:
        seed_hub(f"sqlite:///{folder / 'hub.db'}", price_list(products))

    return made_once(f"hub-{products}", make, *HUB_FILES) / "hub.db"


def till_folder(products: int) -> Path:
    """Return a till's data folder with that many products; do not write in it."""

    def make(folder: Path) -> None:
        db_url = f"sqlite:///{hub_database(products)}"
        with running_hub(db_url) as hub:
            enrol_till(folder, hub, db_url)
            with running_agent(folder):
                wait_for_catalogue(folder)

    return made_once(f"till-{products}", make, *TILL_FILES, *HUB_FILES)


def enrol_till(data: Path, hub: str, db_url: str) -> None:
    """Make the data folder of the till and enrol it at a hub with this database."""
    enrol(data, hub=hub, code=mint_code(db_url, SHOP, TILL_NUMBER))


def wait_for_catalogue(data: Path) -> float:
    """Wait until a till has a catalogue to sell from; return the seconds."""
    folder = DataFolder(data).catalogue
    return wait_until(lambda: current_file(folder) is not None, longest_s=LONGEST_LOAD_S)


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """Yield a copy of a prepared folder that may be written in."""
    with tempfile.TemporaryDirectory(prefix="copy-", dir=cache()) as name:
        copied = Path(name) / folder.name
        # cp shares the blocks where the disk can; shutil would read a gigabyte through Python.
        subprocess.run(["cp", "-a", "--reflink=auto", str(folder), str(copied)], check=True)
        yield copied


def point_to(data: Path, hub: str, **changes: object) -> None:
    """Give a till another hub and other settings."""
    path = DataFolder(data).settings
    write_settings(path, replace(read_settings(path), hub=hub, **changes))  # type: ignore[arg-type]
