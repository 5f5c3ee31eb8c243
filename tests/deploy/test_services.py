"""The services of an installation start our own commands, confined, with settings that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from sqlalchemy import make_url
from typer.main import get_command

from pos.commands.main import app
from pos.resources import resource_path

SERVICES = {
    "mostrador-hub.service": "hub.env.example",
    "mostrador-agent.service": "agent.env.example",
}
CONFINED = {
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "CapabilityBoundingSet=",
    "RestrictSUIDSGID=yes",
    "SystemCallFilter=@system-service",
    "UMask=0077",
}


def deploy(name: str) -> Path:
    return resource_path("deploy", name)


def settings(service: str) -> dict[str, str]:
    """Return the settings of the example that goes with a service."""
    lines = deploy(SERVICES[service]).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def command_of(service: str) -> list[str]:
    """Return the command line of a service as systemd makes it with the example's settings."""
    text = deploy(service).read_text(encoding="utf-8")
    line = re.search(r"^ExecStart=\S+/mostrador (.+)$", text, re.MULTILINE)
    assert line is not None
    given = settings(service)
    words: list[str] = []
    for word in line[1].split():
        if word.startswith("${"):
            words.append(given[word[2:-1]])
        elif word.startswith("$"):
            words += shlex.split(given[word[1:]])
        else:
            words.append(word)
    return words


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_a_command_with_options_that_it_has(service: str) -> None:
    name, *words = command_of(service)
    command = get_command(app).commands[name]  # type: ignore[attr-defined]

    parsed = command.make_context(name, [*words], resilient_parsing=True)

    given = {word for word in words if word.startswith("--")}
    known = {option for parameter in command.params for option in parameter.opts}
    assert given
    assert given <= known
    assert parsed.args == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_confined_and_no_administrator(service: str) -> None:
    lines = set(deploy(service).read_text(encoding="utf-8").splitlines())

    assert lines >= CONFINED
    assert {line.partition("=")[0] for line in lines} >= {"User", "Restart", "TimeoutStopSec"}
    assert "User=root" not in lines


def test_every_user_of_a_service_is_made() -> None:
    made = re.findall(r"^u (\S+)", deploy("mostrador.sysusers").read_text(encoding="utf-8"), re.M)
    used = {
        user
        for service in SERVICES
        for user in re.findall(r"^User=(\S+)", deploy(service).read_text(encoding="utf-8"), re.M)
    }

    assert used == set(made)


def test_the_example_names_a_database_that_a_hub_opens() -> None:
    url = make_url(settings("mostrador-hub.service")["MOSTRADOR_DB"])

    assert (url.drivername, url.database) == ("postgresql", "mostrador")
    assert url.password is None
