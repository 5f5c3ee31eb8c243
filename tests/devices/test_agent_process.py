"""The till keeps an agent running beside it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.devices.agent_process import AgentProcess


def test_an_agent_the_machine_could_not_start_is_started_later(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, started = tmp_path / "program", tmp_path / "started"
    monkeypatch.setattr(sys, "executable", str(program))
    agent = AgentProcess(tmp_path)

    agent.start()
    program.write_text(f"#!/bin/sh\n: > {started}\nread line\n", encoding="utf-8")
    program.chmod(0o700)

    qtbot.waitUntil(started.exists, timeout=30_000)
    agent.stop()
