"""Fetching a catalogue: complete, or the one in use stays."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.store.catalogue_builder import CatalogueRefused
from pos.store.catalogue_schema import current_file
from pos.store.catalogue_source import CatalogueSource
from sync.agent.catalogue_pull import build_catalogue
from sync.wire.v1.catalogue import CatalogueInfo


def stream_of(
    count: int, *more: list[object], generation: int = 1, end: bool = True
) -> tuple[bytes, CatalogueInfo]:
    """Return a catalogue as the hub sends it, and what the hub announces."""
    header = {
        "generation": generation, "products": count, "built_at_ms": 5, "price_cursor": 3,
        "stock_cursor": 4, "currency": "EUR",
    }  # fmt: skip
    products: list[list[object]] = [
        [f"S{number}", None, f"Producto {number} ñ", "", "", 100 + number, "EUR", 2100, "", "ea",
         "", False, True, 0]
        for number in range(count)
    ]  # fmt: skip
    parts: list[list[object]] = [["products", part] for part in pieces_of(products, 700)]
    parts += [["quick_keys", [["Pan", 0, "Barra", "S0"]]], ["stock", [["S0", 5000, 9]]], *more]
    rows = sum(len(each) for part in parts for each in part[1:] if isinstance(each, list))
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in [header, *parts])
    digest = hashlib.sha256(text.encode()).hexdigest()
    if end:
        text += json.dumps(["end", rows, digest], separators=(",", ":")) + "\n"
    return text.encode(), CatalogueInfo(**header, sha256_of_stream=digest)  # type: ignore[arg-type]


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def pieces_of(rows: list[list[object]], size: int) -> list[list[list[object]]]:
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def test_a_whole_stream_becomes_the_catalogue_the_till_sells_from(tmp_path: Path) -> None:
    text, info = stream_of(2_000)

    build_catalogue(tmp_path, info, pieces(gzip.compress(text), 777))

    catalogue = CatalogueSource(tmp_path).current()
    found, stock = catalogue.by_sku("S7"), catalogue.stock("S0")
    assert found is not None
    assert stock is not None
    assert (found.name, found.price.minor, found.has_demonstration_price) == (
        "Producto 7 ñ",
        107,
        True,
    )
    assert stock.on_hand_thousandths == 5000
    assert [key.label for key in catalogue.quick_keys()] == ["Barra"]
    known = catalogue.info()
    assert known is not None
    assert (known.generation, known.products) == (1, 2_000)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.floats(0, 1, exclude_max=True))
def test_a_stream_that_breaks_off_leaves_the_one_in_use(tmp_path: Path, kept: float) -> None:
    text, info = stream_of(50)
    build_catalogue(tmp_path, info, [gzip.compress(text)])
    longer, next_info = stream_of(300, generation=2)
    packed = gzip.compress(longer, mtime=0)

    with pytest.raises(CatalogueRefused):
        build_catalogue(tmp_path, next_info, [packed[: int(len(packed) * kept)]])

    current = current_file(tmp_path)
    assert current is not None
    assert current.name == "catalogue-1.db"
    assert not list(tmp_path.glob("*.building*"))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda text: text.replace(b"Producto 7 ", b"Producto 8 "), id="altered"),
        pytest.param(lambda text: text.replace(b'["S7"', b'["S6"'), id="a SKU twice"),
        pytest.param(lambda text: text.split(b"\n", 1)[1], id="no header"),
        pytest.param(lambda text: text.rsplit(b"\n", 2)[0] + b"\n", id="no trailer"),
        pytest.param(lambda text: text + b'["x"]\n', id="more after the trailer"),
        pytest.param(lambda text: text.replace(b'["S9"', b'{"S9"'), id="no JSON"),
        pytest.param(
            lambda text: text.split(b"\n", 1)[0] + b"\n" + b"[" * 200_000 + b"\n", id="deep"
        ),
        pytest.param(
            lambda text: text.replace(b'"generation": 1', b'"generation": 2'), id="other"
        ),
        pytest.param(lambda text: text + b"x" * 2_000_000, id="a line without end"),
        pytest.param(lambda text: b"<html></html>", id="HTML"),
    ],
)
def test_a_stream_that_is_not_what_was_announced_is_refused(tmp_path: Path, spoil: object) -> None:
    text, info = stream_of(20)

    with pytest.raises(CatalogueRefused):
        build_catalogue(tmp_path, info, [gzip.compress(spoil(text))])  # type: ignore[operator]

    assert current_file(tmp_path) is None


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(["products", [["S9", None, "Una de más", "", "", 1]]], id="a short product"),
        pytest.param(["products", ["S9"]], id="a product that is no list"),
        pytest.param(["products", {"S9": 1}], id="no rows"),
        pytest.param(["products"], id="a kind without rows"),
        pytest.param(
            ["products", [["S9", None, "De más", "", "", 1, "EUR", 0, "", "ea", "", 0, 0, 0]]],
            id="more than announced",
        ),
        pytest.param(["stock", [["S0", "many", 9]]], id="stock that is no number"),
        pytest.param(["stock", [["S0", [1], 9]]], id="stock that is a list"),
        pytest.param(["stock", [["S0", 2**80, 9]]], id="stock beyond all numbers"),
    ],
)
def test_a_hub_that_sends_nonsense_with_the_right_hash_is_refused(
    tmp_path: Path, part: list[object]
) -> None:
    text, info = stream_of(3, part)

    with pytest.raises(CatalogueRefused):
        build_catalogue(tmp_path, info, [gzip.compress(text)])

    assert current_file(tmp_path) is None
    assert not list(tmp_path.glob("*.building*"))


def test_what_a_later_hub_adds_is_counted_and_ignored(tmp_path: Path) -> None:
    later: list[object] = ["stock", [["S1", 7000, 9, "shelf 4", {"lot": 1}]]]
    text, info = stream_of(2, ["pictures", [["S0", "base64"], "anything"]], later)

    build_catalogue(tmp_path, info, [gzip.compress(text)])

    stock = CatalogueSource(tmp_path).current().stock("S1")
    assert stock is not None
    assert stock.on_hand_thousandths == 7000


def test_what_is_no_gzip_is_refused(tmp_path: Path) -> None:
    _, info = stream_of(1)

    with pytest.raises(CatalogueRefused):
        build_catalogue(tmp_path, info, [b"<html>"])
