"""Setting up a machine: what is missing is named in a command that can be copied."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pos.resources import resource_path

PREPARE = resource_path("deploy", "prepare.sh")


@pytest.fixture
def bare_machine(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a user without rights on a machine without shared libraries."""
    for name, answer in (("ldconfig", ""), ("id", "echo 1000")):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{answer}\n")
        program.chmod(0o755)
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def prepare(purpose: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the set-up for a purpose and return what it said."""
    return subprocess.run(
        [PREPARE, purpose], env=environment, capture_output=True, text=True, check=False
    )


def test_who_is_not_root_is_told_the_one_command_that_helps(bare_machine: dict[str, str]) -> None:
    answer = prepare("run", bare_machine)

    (command,) = [line.strip() for line in answer.stderr.splitlines() if "apt-get" in line]
    assert answer.returncode == 1
    assert command.startswith("apt-get install -y --no-install-recommends libegl1 libgl1 ")
    assert {"libxcb-cursor0", "libzbar0", "libusb-1.0-0"} <= set(command.split())


def test_a_till_with_a_display_needs_no_virtual_one(bare_machine: dict[str, str]) -> None:
    bare_machine["PATH"] = (
        bare_machine["PATH"].split(":")[0] + ":" + _without("Xvfb", bare_machine)
    )

    assert "xvfb" not in prepare("run", bare_machine).stderr.split()
    assert "xvfb" in prepare("demo", bare_machine).stderr.split()


def _without(program: str, environment: dict[str, str]) -> str:
    """Return a folder with links to every program on the path but one."""
    first, *folders = environment["PATH"].split(":")
    shelf = Path(first) / "shelf"
    shelf.mkdir()
    for folder in folders:
        for found in sorted(Path(folder).glob("*")):
            link = shelf / found.name
            if found.name != program and not link.is_symlink():
                link.symlink_to(found)
    return str(shelf)
