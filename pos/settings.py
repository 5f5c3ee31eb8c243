"""The settings of one till: typed, frozen, read once."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHOP_CODE = re.compile(r"[A-Z0-9]{2,12}")


class SettingsError(ValueError):
    """The settings file is missing, or something in it cannot be; the text says what."""


@dataclass(frozen=True)
class TillSettings:
    """What ``settings.toml`` of a data folder says.

    Attributes:
        hub: Address of the hub, ``http://host:port``.
        full_screen: False shows a window where the screen has room for one.
        receipts: ``ask`` shows the choice after each sale, ``always`` prints at once.
        lock_after_minutes: Idle time after which the till locks and keeps the ticket.
        backup: ``folder`` is a second place for copies of the till (a stick, a mounted share).
        printer, label_printer, drawer, terminal, scanner, camera: ``kind`` and what that
            driver needs (see hardware/registry.py).
    """

    shop: str
    till_number: int
    hub: str
    language: str = "es"
    theme: str = "light"
    left_handed: bool = False
    full_screen: bool = True
    receipts: str = "ask"
    lock_after_minutes: int = 5
    sound: bool = True
    printer: dict[str, Any] = field(default_factory=lambda: {"kind": "simulator"})
    label_printer: dict[str, Any] = field(default_factory=lambda: {"kind": "receipt"})
    drawer: dict[str, Any] = field(default_factory=lambda: {"kind": "printer"})
    terminal: dict[str, Any] = field(default_factory=lambda: {"kind": "standalone"})
    scanner: dict[str, Any] = field(default_factory=lambda: {"kind": "wedge"})
    camera: dict[str, Any] = field(default_factory=dict)
    mail: dict[str, Any] = field(default_factory=lambda: {"kind": "folder"})
    backup: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, declared in self.__dataclass_fields__.items():
            _check_type(name, getattr(self, name), str(declared.type))
        if not SHOP_CODE.fullmatch(self.shop):
            raise SettingsError(f"shop {self.shop!r}: 2 to 12 capital letters or digits")
        if not 1 <= self.till_number <= 999:
            raise SettingsError(f"till {self.till_number}: 1 to 999")
        if not self.hub.startswith(("http://", "https://")):
            raise SettingsError(f"hub {self.hub!r}: http://… or https://…")
        if not 1 <= self.lock_after_minutes <= 1440:
            raise SettingsError(f"lock_after_minutes {self.lock_after_minutes}: 1 to 1440")
        _one_of("language", self.language, "es", "en")
        _one_of("theme", self.theme, "light", "dark")
        _one_of("receipts", self.receipts, "ask", "always")

    @property
    def till(self) -> str:
        return f"{self.shop}-{self.till_number}"


def read_settings(path: Path) -> TillSettings:
    """Read ``settings.toml``.

    Raises:
        SettingsError: The file is not there, is no TOML, or holds what cannot be.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: not there; `mostrador init` makes it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path}: {error}") from error
    known = TillSettings.__dataclass_fields__
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SettingsError(f"{path}: unknown {', '.join(unknown)}")
    missing = [name for name in ("shop", "till_number", "hub") if name not in values]
    if missing:
        raise SettingsError(f"{path}: {', '.join(missing)} missing")
    try:
        return TillSettings(**values)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from None


def write_settings(path: Path, settings: TillSettings) -> None:
    """Write ``settings.toml``, readable by its owner only, replacing it in one step."""
    values = vars(settings)
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    lines = [f"{key} = {_toml(value)}" for key, value in plain.items()]
    for key, table in values.items():
        if isinstance(table, dict) and table:
            lines.append(f"\n[{key}]")
            lines.extend(f"{name} = {_toml(value)}" for name, value in table.items())
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
    draft.replace(path)


def _toml(value: Any) -> str:
    """Return a value as TOML writes it, which for all of these is as JSON does, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_KINDS: dict[str, tuple[type, str]] = {
    "str": (str, "a text"),
    "int": (int, "a whole number"),
    "bool": (bool, "true or false"),
}


def _check_type(name: str, value: object, declared: str) -> None:
    kind, words = _KINDS.get(declared, (dict, "a table"))
    if type(value) is not kind:
        raise SettingsError(f"{name} {value!r}: must be {words}")


def _one_of(name: str, value: str, *allowed: str) -> None:
    if value not in allowed:
        raise SettingsError(f"{name} {value!r}: one of {', '.join(allowed)}")
