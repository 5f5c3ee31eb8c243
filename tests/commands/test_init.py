"""Making a till, opening its folder, and what stands in the way."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pos.commands.demonstration.processes import MOSTRADOR, Hub
from pos.open_till import NotConfigured, open_till, shop_details
from pos.settings import read_settings
from pos.store.data_folder import DataFolder, FolderRole
from tests.commands.conftest import call


def init(data: Path, hub: str, shop: str = "FUEN", till: int = 2) -> tuple[int, str]:
    said = call("init", "--data", data, "--hub", hub, "--shop", shop, "--till", till)
    return said.code, said.out + said.err


def open_window(data: Path) -> tuple[int, str]:
    """Call `mostrador till` as a process of its own, as a window wants one."""
    done = subprocess.run(
        [*MOSTRADOR, "till", "--data", str(data)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_till_is_made_once_and_doing_it_again_is_harmless(tmp_path: Path, hub: Hub) -> None:
    first = init(tmp_path / "till", hub.url)
    key = (tmp_path / "till" / "key").read_bytes()

    second = init(tmp_path / "till", hub.url)

    assert (first[0], second[0]) == (0, 0)
    assert "FUEN-2" in first[1]
    assert (tmp_path / "till" / "key").read_bytes() == key
    opened = open_till(DataFolder(tmp_path / "till"))
    assert (opened.shop.name, opened.shop.currency) == ("Nogal", "EUR")
    opened.close()


def test_a_till_may_move_to_another_hub(tmp_path: Path, hub: Hub) -> None:
    init(tmp_path / "till", hub.url)
    hub.stop()
    moved = Hub(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path / "moved.log")
    moved.start()

    code, _ = init(tmp_path / "till", moved.url)

    moved.stop()
    assert code == 0
    assert read_settings(tmp_path / "till" / "settings.toml").hub == moved.url


def test_without_a_hub_nothing_is_made(tmp_path: Path) -> None:
    code, said = init(tmp_path / "till", "http://127.0.0.1:9")

    assert code == 1
    assert "127.0.0.1" in said
    assert not (tmp_path / "till").exists()


def test_a_shop_the_hub_does_not_know_is_refused(tmp_path: Path, hub: Hub) -> None:
    code, said = init(tmp_path / "till", hub.url, shop="SOL")

    assert code == 1
    assert "unknown_shop" in said
    assert not (tmp_path / "till").exists()


def test_the_folder_of_another_till_is_refused(tmp_path: Path, hub: Hub) -> None:
    init(tmp_path / "till", hub.url)

    code, said = init(tmp_path / "till", hub.url, till=3)

    assert code == 1
    assert "FUEN-2" in said
    assert read_settings(tmp_path / "till" / "settings.toml").till == "FUEN-2"


@pytest.mark.parametrize(
    ("shop", "till", "hub"), [("fuen", 2, "http://h"), ("FUEN", 0, "http://h"), ("FUEN", 2, "h")]
)
def test_what_cannot_be_a_till_is_refused(tmp_path: Path, shop: str, till: int, hub: str) -> None:
    code, said = init(tmp_path / "till", hub, shop=shop, till=till)

    assert code == 1
    assert said.startswith("mostrador: ")


def test_a_second_till_on_the_same_folder_says_who_has_it(tmp_path: Path, hub: Hub) -> None:
    init(tmp_path / "till", hub.url)
    lock = DataFolder(tmp_path / "till").lock(FolderRole.TILL)

    code, said = open_window(tmp_path / "till")

    lock.release()
    assert code == 1
    assert "is the till of" in said


def test_a_folder_that_is_no_till_says_how_to_make_one(tmp_path: Path) -> None:
    code, said = open_window(tmp_path / "nothing")

    assert code == 1
    assert "mostrador init" in said


def test_a_till_whose_shop_is_not_described_does_not_open() -> None:
    with pytest.raises(NotConfigured):
        shop_details(None)


def test_the_doctor_looks_at_the_till_and_its_hub(tmp_path: Path, hub: Hub) -> None:
    init(tmp_path / "till", hub.url)

    well = json.loads(call("doctor", "--data", tmp_path / "till", "--json").out)["findings"]
    hub.stop()
    alone = json.loads(call("doctor", "--data", tmp_path / "till", "--json").out)["findings"]
    nothing = call("doctor", "--data", tmp_path / "nothing")

    grades = {finding["subject"]: finding["grade"] for finding in well}
    assert {grades[name] for name in ("SQLite", "fonts", "till", "key", "hub")} == {"good"}
    away = next(finding for finding in alone if finding["subject"] == "hub")
    assert (away["grade"], bool(away["mend"])) == ("note", True)
    assert nothing.code == 1
    assert "mostrador init" in nothing.out
