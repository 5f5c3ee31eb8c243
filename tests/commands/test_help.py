"""What the commands teach, and how light they are to start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.commands.conftest import call

COMMANDS = [
    ["demo"], ["till"], ["hub"], ["hub", "till-code"], ["hub", "revoke"], ["hub", "certificate"],
    ["hub", "payments-simulator"], ["hub", "gift-cards", "make"], ["hub", "gift-cards", "block"],
    ["hub", "gift-cards", "move"],
    ["agent"], ["init"],
    ["shop", "add"], ["shop", "staff"],
    ["catalogue", "import"], ["replay"], ["verify"], ["scan-image"], ["screenshots"],
    ["doctor"], ["backup"], ["backup", "list"], ["backup", "key"], ["restore"],
]  # fmt: skip

# What only some commands need, and what would make every start slow.
HEAVY = {"PySide6", "sqlalchemy", "alembic", "fastapi", "uvicorn", "rich", "PIL", "numpy",
         "requests", "pydantic", "cv2", "zxingcpp", "escpos"}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_teaches_with_an_example(command: list[str]) -> None:
    said = call(*command, "--help")

    assert said.code == 0
    assert "Example: mostrador" in said.out


def test_the_list_of_commands_is_complete() -> None:
    said = call("--help")

    assert all(command[0] in said.out for command in COMMANDS)


def test_the_command_line_loads_nothing_heavy_before_it_knows_what_is_wanted() -> None:
    code = "import sys, pos.commands.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {name.partition(".")[0] for name in done.stdout.split()} & HEAVY == set()


def test_a_till_is_opened_without_what_belongs_to_the_hub() -> None:
    code = "import sys, pos.app, pos.pages; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & {"fastapi", "uvicorn", "alembic", "psycopg", "rich", "cv2"} == set()
