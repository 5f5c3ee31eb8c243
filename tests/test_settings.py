"""The settings of a till: what cannot be is said in words, never found out later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pos.settings import SettingsError, TillSettings, read_settings, write_settings

BASE = 'shop = "FUEN"\ntill_number = 2\nhub = "http://hub:8000"\n'


@pytest.mark.parametrize(
    "line",
    [
        'till_number = "2"', "till_number = true", "till_number = 2.0", "till_number = 0",
        "shop = 7", 'shop = "fuen"', "hub = 8000", 'hub = ["http://hub"]', "language = 3",
        'language = ["es"]', 'left_handed = "no"', "sound = 1", 'lock_after_minutes = "5"',
        "lock_after_minutes = 0", "lock_after_minutes = -1", "lock_after_minutes = true",
        'printer = "simulator"', "scanner = 1", "camera = []", 'mail = "folder"',
        "drawer = 2026-11-22", 'colour = "red"', "= =", "\x00",
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_in_words(tmp_path: Path, line: str) -> None:
    name = line.partition(" ")[0]
    rest = [one for one in BASE.splitlines() if not one.startswith(f"{name} ")]
    path = tmp_path / "settings.toml"
    path.write_text("\n".join([*rest, line]) + "\n")

    with pytest.raises(SettingsError):
        read_settings(path)


@pytest.mark.parametrize("missing", ["shop", "till_number", "hub"])
def test_a_setting_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(one for one in BASE.splitlines() if not one.startswith(missing)))

    with pytest.raises(SettingsError, match=missing):
        read_settings(path)


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()

    with pytest.raises(SettingsError):
        read_settings(tmp_path / "settings.toml")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    settings = TillSettings(
        shop="FUEN",
        till_number=2,
        hub="https://hub/ñ",
        left_handed=True,
        printer={"kind": "tcp", "host": 'a"b\\c', "port": 9100},
        scanner={"kind": "wedge", "prefix": "\x02", "suffixes": ["\r", "\t", "\x7f"]},
        terminal={"kind": "simulator", "wait_s": 1.5},
    )
    path = tmp_path / "settings.toml"
    path.with_suffix(".new").touch(mode=0o666)

    write_settings(path, settings)

    assert read_settings(path) == settings
    assert os.stat(path).st_mode & 0o777 == 0o600
