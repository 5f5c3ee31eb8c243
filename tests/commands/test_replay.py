"""A retailer's history rung up through the services, stopped and started at will."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from pos.commands.demonstration.processes import MOSTRADOR, Hub
from tests.commands.conftest import call
from tests.commands.test_history import HEADER

SALES, ZEROS, BROKEN = 44, 7, 4
RETURN_EVERY = 7
RETURNS = SALES // RETURN_EVERY
ROUNDS_OF_KILLING = 6
LONGEST_S = 100.0


def rows() -> Iterator[str]:
    """Yield an invented history: every kind of invoice, their lines scattered.

    What comes back of a sale follows it: its postage, and of every second one a lamp that
    nobody bought, or that somebody else did.
    """
    chance = random.Random(2010)
    later: list[str] = []
    for number in range(SALES):
        customer = "" if number % 3 == 2 else f"C{number % 5}"
        for line in range(1 + number % 5):
            quantity = chance.randint(1, 40)
            price = chance.choice(["1.25", "0.85", "12.75", "0.001", "2.555", "0", "3"])
            row = f"{5000 + number},S{line},Thing {line},{quantity},d,{price},{customer},UK"
            (later if line == 3 else []).append(row)
            if line != 3:
                yield row
        yield f"{5000 + number},P,Postage,1,d,1.5,{customer},UK"
        if number % RETURN_EVERY == RETURN_EVERY - 1:
            yield from returned(6000 + number, customer or "C9", has_lamp=number % 2 == 0)
    for number in range(ZEROS):
        yield f"{7000 + number},S1,Thing 1,{-number - 1},d,0,,UK"
    yield "8000,S1,Thing 1,many,d,1.25,,UK"
    yield "8001,S1,Thing 1"
    yield "8002,S1,Thing 1,-3,d,1.25,,UK"
    yield "C8003,S1,Thing 1,-3,d,1.25,,UK"
    yield "C8003,S1,Thing 1,1,d,1.25,,UK"
    yield from later


def returned(number: int, customer: str, *, has_lamp: bool) -> Iterator[str]:
    yield f"C{number},P,Postage,-1,d,1.5,{customer},UK"
    if has_lamp:
        yield f"C{number},L,Lamp,-2,d,20.05,{customer},UK"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "history.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows()), encoding="utf-8")
    return path


def expected_total() -> int:
    """Add the sales up in another way than the program: in thousandths, row by row."""
    total = 0
    for row in rows():
        number, _, _, *rest = row.split(",")
        if number.isdigit() and 5000 <= int(number) < 5000 + SALES:
            thousandths = int(rest[0]) * round(float(rest[2]) * 1000)
            total += (thousandths + 5) // 10
    return total


def expected_returns() -> tuple[int, int]:
    """Return what came back in all, below zero, and of how many a part is of no sale."""
    numbers = range(RETURN_EVERY - 1, SALES, RETURN_EVERY)
    lamps = {number for number in numbers if number % 2 == 0}
    strangers = {number for number in numbers if number % 3 == 2}
    return -150 * len(numbers) - 2 * 20_05 * len(lamps), len(lamps | strangers)


def test_every_invoice_becomes_a_document_or_is_listed_with_its_reason(
    tmp_path: Path, hub: Hub, db_url: str, file: Path
) -> None:
    report = tmp_path / "report.json"
    code = call("hub", "till-code", "HIST", 1, "--currency", "GBP", "--db", db_url).out.strip()
    words = ("--data", tmp_path / "till", "--hub", hub.url, "--code", code)

    said = call("replay", file, *words, "--report", report)

    assert said.code == 0, said.err
    result = json.loads(report.read_text())
    reasons = [skipped["reason"] for skipped in result["skipped"]]
    assert result["invoices"] == SALES + RETURNS + ZEROS + BROKEN
    assert (result["recorded"], result["returns"]) == (SALES, RETURNS)
    assert reasons.count("not a sale") == ZEROS
    assert len(reasons) == ZEROS + BROKEN
    assert result["total_minor"] == result["hub_total_minor"] == expected_total()
    total, without_receipt = expected_returns()
    assert result["returns_total_minor"] == result["hub_returns_total_minor"] == total
    assert result["without_receipt"] == without_receipt
    assert json.loads(said.out)["recorded"] == SALES


def test_going_on_later_rings_nothing_up_twice(
    tmp_path: Path, hub: Hub, db_url: str, file: Path
) -> None:
    words = ("replay", file, "--data", tmp_path / "till", "--hub", hub.url, "--hub-db", db_url)
    first = json.loads(call(*words, "--limit", 20).out)

    rest = json.loads(call(*words).out)
    again = json.loads(call(*words).out)

    assert first["recorded"] + first["returns"] == 20
    assert rest["recorded"] == again["recorded"] == SALES
    assert rest["total_minor"] == again["total_minor"] == expected_total()
    assert rest["returns_total_minor"] == again["returns_total_minor"] == expected_returns()[0]
    assert rest["without_receipt"] == again["without_receipt"] == expected_returns()[1]
    verified = call("verify", "--data", tmp_path / "till", "--hub", hub.url, "--json")
    assert json.loads(verified.out)["violations"] == []


def test_without_a_hub_a_first_replay_says_so_and_makes_nothing(
    tmp_path: Path, file: Path
) -> None:
    words = ("replay", file, "--data", tmp_path / "till", "--hub", "http://127.0.0.1:9")

    away = call(*words, "--code", "0" * 16)
    without_code = call(*words)

    assert (away.code, without_code.code) == (1, 1)
    assert "127.0.0.1" in away.err
    assert "--code" in without_code.err
    assert not (tmp_path / "till").exists()


@pytest.mark.parametrize("rate", ["a fifth", "20.005", "-1", "101"])
def test_a_tax_rate_that_cannot_be_is_refused(tmp_path: Path, file: Path, rate: str) -> None:
    said = call(
        "replay", file, "--data", tmp_path, "--hub", "http://127.0.0.1:9", f"--tax-rate={rate}"
    )

    assert said.code == 1
    assert "tax rate" in said.err


def test_killing_replay_agent_and_hub_at_random_loses_nothing_and_doubles_nothing(
    tmp_path: Path, hub: Hub, db_url: str, file: Path
) -> None:
    chance = random.Random(7)
    till = tmp_path / "till"
    words = ["--data", str(till), "--hub", hub.url, "--hub-db", db_url]
    command = [*MOSTRADOR, "replay", str(file), *words]
    deadline = time.monotonic() + LONGEST_S

    for _ in range(ROUNDS_OF_KILLING):
        replay = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _wait_for_sales(till, replay, chance.randint(1, 6))
        victim = chance.choice(["replay", "agent", "hub"])
        if victim == "hub":
            hub.kill()
            hub.start()
        elif victim == "agent":
            _kill_agents_of(replay)
            _wait_for_sales(till, replay, 2)
        replay.kill()
        replay.communicate()

    done = subprocess.run(
        command, capture_output=True, text=True, timeout=deadline - time.monotonic(), check=False
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["recorded"], result["returns"]) == (SALES, RETURNS)
    assert result["total_minor"] == result["hub_total_minor"] == expected_total()
    assert result["returns_total_minor"] == result["hub_returns_total_minor"]
    assert (result["returns_total_minor"], result["without_receipt"]) == expected_returns()
    verified = call("verify", "--data", till, "--hub", hub.url, "--json")
    assert json.loads(verified.out)["violations"] == []


def _wait_for_sales(till: Path, replay: subprocess.Popen[bytes], more: int) -> None:
    """Wait until the till's file has grown by some transactions, or the replay is done."""
    wal = till / "till.db-wal"
    before, changes = -1, 0
    while changes < more and replay.poll() is None:
        size = wal.stat().st_mtime_ns if wal.exists() else 0
        changes += size != before
        before = size
        time.sleep(0.01)


def _kill_agents_of(replay: subprocess.Popen[bytes]) -> None:
    for child in psutil.Process(replay.pid).children(recursive=True):
        os.kill(child.pid, signal.SIGKILL)
