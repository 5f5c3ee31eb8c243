"""Making a till, opening its folder, and what stands in the way."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pos.commands.demonstration.processes import MOSTRADOR
from pos.open_till import NotConfigured, open_till, shop_details
from pos.settings import read_settings
from pos.store.data_folder import DataFolder, FolderRole
from sync.credentials import load_credentials
from tests.commands.conftest import add_shop, call
from tests.commands.near_hub import NearHub


def till_code(db_url: str, till: int = 2) -> str:
    """Return the code the office hands out for a till of the shop FUEN."""
    return call("hub", "till-code", "FUEN", till, "--db", db_url).out.strip()


def init(data: Path, hub: str, code: str = "") -> tuple[int, str]:
    words = ["--code", code] if code else []
    said = call("init", "--data", data, "--hub", hub, *words)
    return said.code, said.out + said.err


def open_window(data: Path) -> tuple[int, str]:
    """Call `mostrador till` as a process of its own, as a window wants one."""
    done = subprocess.run(
        [*MOSTRADOR, "till", "--data", str(data)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def test_a_till_is_made_once_and_doing_it_again_is_harmless(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    first = init(tmp_path / "till", near_hub.url, till_code(db_url))
    key = (tmp_path / "till" / "key").read_bytes()
    credentials = load_credentials(DataFolder(tmp_path / "till"))

    again = init(tmp_path / "till", near_hub.url)
    with_a_code = init(tmp_path / "till", near_hub.url, till_code(db_url))

    assert (first[0], again[0], with_a_code[0]) == (0, 0, 0)
    assert "FUEN-2" in first[1]
    assert (tmp_path / "till" / "key").read_bytes() == key
    assert load_credentials(DataFolder(tmp_path / "till")) == credentials
    opened = open_till(DataFolder(tmp_path / "till"))
    assert (opened.shop.name, opened.shop.currency) == ("Nogal", "EUR")
    assert opened.store.identity.epoch == 1
    opened.close()


def test_a_till_may_move_to_another_address_of_its_hub(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    init(tmp_path / "till", near_hub.url, till_code(db_url))
    near_hub.stop()
    moved = NearHub(db_url)
    moved.start()

    code, _ = init(tmp_path / "till", moved.url)

    moved.stop()
    assert code == 0
    assert read_settings(tmp_path / "till" / "settings.toml").hub == moved.url


def test_a_till_does_not_move_to_a_hub_it_does_not_know(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    init(tmp_path / "till", near_hub.url, till_code(db_url))
    add_shop(f"sqlite:///{tmp_path / 'other.db'}")
    stranger = NearHub(f"sqlite:///{tmp_path / 'other.db'}")
    stranger.start()

    code, said = init(tmp_path / "till", stranger.url)

    stranger.stop()
    assert code == 1
    assert "not an answer of the hub" in said
    assert read_settings(tmp_path / "till" / "settings.toml").hub == near_hub.url


def test_without_a_hub_nothing_is_made(tmp_path: Path) -> None:
    code, said = init(tmp_path / "till", "http://127.0.0.1:9", "0" * 16)

    assert code == 1
    assert "127.0.0.1" in said
    assert not (tmp_path / "till").exists()


def test_a_code_nobody_gave_out_is_refused(tmp_path: Path, near_hub: NearHub) -> None:
    code, said = init(tmp_path / "till", near_hub.url, "0000-0000-0000-0000")

    assert code == 1
    assert "wrong_code" in said
    assert not (tmp_path / "till").exists()


def test_a_code_for_a_shop_the_hub_does_not_know_is_not_given_out(db_url: str) -> None:
    add_shop(db_url)

    said = call("hub", "till-code", "SOL", 1, "--db", db_url)

    assert (said.code, said.out) == (1, "")
    assert "no shop SOL" in said.err


def test_the_folder_of_another_till_is_refused_and_the_code_stays_good(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    init(tmp_path / "till", near_hub.url, till_code(db_url))
    other = till_code(db_url, 3)

    refused, said = init(tmp_path / "till", near_hub.url, other)
    taken, _ = init(tmp_path / "third", near_hub.url, other)

    assert (refused, taken) == (1, 0)
    assert "other_till" in said
    assert read_settings(tmp_path / "till" / "settings.toml").till == "FUEN-2"


@pytest.mark.parametrize(
    ("code", "hub"), [("0" * 15, "http://h"), ("U" * 16, "http://h"), ("0" * 16, "h")]
)
def test_what_cannot_be_a_till_is_refused(tmp_path: Path, code: str, hub: str) -> None:
    ended, said = init(tmp_path / "till", hub, code)

    assert ended == 1
    assert said.startswith("mostrador: ")


def test_a_second_till_on_the_same_folder_says_who_has_it(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    init(tmp_path / "till", near_hub.url, till_code(db_url))
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


def test_the_doctor_looks_at_the_till_and_its_hub(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    init(tmp_path / "till", near_hub.url, till_code(db_url))

    well = json.loads(call("doctor", "--data", tmp_path / "till", "--json").out)["findings"]
    near_hub.stop()
    alone = json.loads(call("doctor", "--data", tmp_path / "till", "--json").out)["findings"]
    nothing = call("doctor", "--data", tmp_path / "nothing")

    grades = {finding["subject"]: finding["grade"] for finding in well}
    assert {
        grades[name] for name in ("SQLite", "fonts", "till", "key", "enrolment", "hub", "hub key")
    } == {"good"}
    away = next(finding for finding in alone if finding["subject"] == "hub")
    assert (away["grade"], bool(away["mend"])) == ("note", True)
    assert nothing.code == 1
    assert "mostrador init" in nothing.out
