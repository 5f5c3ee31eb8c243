"""What the office does at the hub for its tills: codes, revoking, certificates."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.commands.demonstration.processes import MOSTRADOR
from pos.store.data_folder import DataFolder
from sync.client import HubClient, HubRefused
from sync.credentials import load_credentials
from tests.commands.conftest import add_shop, call
from tests.commands.near_hub import NearHub


def enrol(data: Path, hub: str, db_url: str) -> None:
    code = call("hub", "till-code", "FUEN", 2, "--db", db_url).out.strip()
    said = call("init", "--data", data, "--hub", hub, "--code", code)
    assert said.code == 0, said.err


def findings(data: Path) -> dict[str, tuple[str, str]]:
    found = json.loads(call("doctor", "--data", data, "--json").out)["findings"]
    return {each["subject"]: (each["grade"], each["text"]) for each in found}


@contextmanager
def tls_hub(db_url: str, folder: Path) -> Iterator[str]:
    """Run the hub as the office starts it with its certificate; yield its address."""
    words = ["hub", "--db", db_url, "--port", "0", "--tls-cert", str(folder / "hub.pem"),
             "--tls-key", str(folder / "hub.key")]  # fmt: skip
    hub = subprocess.Popen(
        [*MOSTRADOR, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert hub.stdout is not None
    try:
        yield hub.stdout.readline().split()[-1]
    finally:
        hub.terminate()
        hub.communicate(timeout=30)


def test_a_code_is_printed_as_people_read_it_out(db_url: str) -> None:
    add_shop(db_url)

    said = call("hub", "till-code", "FUEN", 2, "--db", db_url)

    assert said.code == 0
    assert [len(part) for part in said.out.strip().split("-")] == [4, 4, 4, 4]
    assert "15 minutes" in said.err


def test_a_revoked_till_is_let_in_again_when_that_is_undone(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    enrol(tmp_path / "till", near_hub.url, db_url)
    client = HubClient(near_hub.url, load_credentials(DataFolder(tmp_path / "till")))

    revoked = call("hub", "revoke", "FUEN-2", "--db", db_url)
    with pytest.raises(HubRefused, match="revoked"):
        client.digest("FUEN-2")
    doctor = findings(tmp_path / "till")
    undone = call("hub", "revoke", "FUEN-2", "--undo", "--db", db_url)

    assert (revoked.code, undone.code) == (0, 0)
    assert doctor["hub key"] == ("fault", "the hub does not take this till: revoked")
    assert client.digest("FUEN-2").sales == 0


def test_a_till_that_is_not_there_cannot_be_revoked(db_url: str) -> None:
    add_shop(db_url)

    said = call("hub", "revoke", "FUEN-9", "--db", db_url)

    assert (said.code, said.err) == (1, "mostrador: no till FUEN-9\n")


def test_a_hub_needs_its_database_named() -> None:
    said = call("hub")

    assert said.code == 1
    assert "--db" in said.err


def test_certificate_and_key_belong_together(db_url: str, tmp_path: Path) -> None:
    said = call("hub", "--db", db_url, "--tls-cert", tmp_path / "hub.pem")

    assert said.code == 1
    assert "--tls-key" in said.err


def test_a_till_is_enrolled_over_tls_and_the_doctor_sees_until_when_it_counts(
    tmp_path: Path, db_url: str
) -> None:
    add_shop(db_url)
    made = call("hub", "certificate", "--db", db_url, "--host", "127.0.0.1", "--out", tmp_path)

    with tls_hub(db_url, tmp_path) as url:
        enrol(tmp_path / "till", url, db_url)
        found = findings(tmp_path / "till")
        enrol(tmp_path / "other", url, db_url)
        replaced = findings(tmp_path / "till")

    assert made.code == 0
    assert url.startswith("https://")
    assert {found[name][0] for name in ("enrolment", "hub", "hub key", "certificate")} == {"good"}
    assert found["certificate"][1].split()[-1] in made.out
    assert replaced["hub key"] == ("fault", "the hub does not take this till: bad_signature")


def test_a_till_whose_hub_is_another_now_is_told_by_the_doctor(
    tmp_path: Path, near_hub: NearHub, db_url: str
) -> None:
    enrol(tmp_path / "till", near_hub.url, db_url)
    settings = tmp_path / "till" / "settings.toml"
    add_shop(f"sqlite:///{tmp_path / 'other.db'}")
    stranger = NearHub(f"sqlite:///{tmp_path / 'other.db'}")
    stranger.start()
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(near_hub.url, stranger.url), encoding="utf-8")

    found = findings(tmp_path / "till")

    stranger.stop()
    assert found["hub key"][0] == "fault"
    assert "not an answer of the hub" in found["hub key"][1]
