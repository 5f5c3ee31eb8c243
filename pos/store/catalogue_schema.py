"""What a catalogue file holds, and how the generations lie in their folder.

``product_id`` is the rank: what customers ask for most has the smallest, so that the first rows
of any search are the best ones and nothing needs sorting. ``word`` lists the longer words of the
index: a beginning of four letters and more is asked for as the words it may become, which takes
half the prefixes and answers sooner.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

PRODUCT_FIELDS = (
    "sku", "gtin", "name", "brand", "department", "price", "currency", "tax_basis_points",
    "tax_name", "unit", "picture", "has_open_price", "has_demonstration_price", "popularity",
)  # fmt: skip

SHORTEST_LISTED_WORD = 4

# A list in a CHECK (`unit IN (…)`) is built anew for every row: half the time of a load.
TABLES = """
CREATE TABLE product (
    product_id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL CHECK (sku <> ''),
    gtin INTEGER CHECK (gtin BETWEEN 0 AND 99999999999999),
    name TEXT NOT NULL,
    brand TEXT NOT NULL,
    department TEXT NOT NULL,
    price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000),
    tax_basis_points INTEGER NOT NULL CHECK (tax_basis_points BETWEEN 0 AND 10000),
    tax_name TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit = 'ea' OR unit = 'kg' OR unit = 'l' OR unit = 'm'),
    picture TEXT NOT NULL,
    has_open_price INTEGER NOT NULL CHECK (has_open_price BETWEEN 0 AND 1),
    has_demonstration_price INTEGER NOT NULL CHECK (has_demonstration_price BETWEEN 0 AND 1),
    popularity INTEGER NOT NULL
) STRICT;
CREATE TABLE quick_key (
    entry INTEGER PRIMARY KEY,
    page TEXT NOT NULL,
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    sku TEXT NOT NULL,
    UNIQUE (page, position)
) STRICT;
CREATE TABLE stock (
    sku TEXT PRIMARY KEY,
    on_hand INTEGER NOT NULL,
    as_of_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE coming_price (
    sku TEXT NOT NULL,
    valid_from_ms INTEGER NOT NULL,
    price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000),
    PRIMARY KEY (sku, valid_from_ms)
) STRICT, WITHOUT ROWID;
CREATE TABLE word (term TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE product_words USING fts5(
    words, content='', detail='none', prefix='1 2 3',
    tokenize='unicode61 remove_diacritics 2'
);
"""

INDEXES = """
CREATE UNIQUE INDEX product_by_sku ON product (sku);
CREATE INDEX product_by_gtin ON product (gtin) WHERE gtin IS NOT NULL;
"""

CURRENT = "current"


def file_name(generation: int) -> str:
    """Return the name of a generation's file."""
    return f"catalogue-{generation}.db"


def generation_of(name: str) -> int | None:
    """Return the generation a file name stands for, None for other names."""
    number = name.removeprefix("catalogue-").removesuffix(".db")
    is_ours = name == f"catalogue-{number}.db" and number.isascii() and number.isdigit()
    return int(number) if is_ours else None


def current_file(folder: Path) -> Path | None:
    """Return the file the shop sells from, None while there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    path = folder / name
    return path if generation_of(name) is not None and path.exists() else None


def pin_file(folder: Path, generation: int) -> Path:
    """Return the file that who reads a generation holds locked, so that it is not removed."""
    return folder / f"catalogue-{generation}.pin"


def pin(folder: Path, generation: int) -> int:
    """Hold a generation; return a descriptor to close when it is no longer needed."""
    descriptor = os.open(
        pin_file(folder, generation), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
    )
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def is_pinned(folder: Path, generation: int) -> bool:
    """True while any process holds the generation."""
    try:
        descriptor = os.open(pin_file(folder, generation), os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
