"""The design tokens of resources/theme/tokens.toml as typed, frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pos.theme.paths import RESOURCES

TOKENS_FILE = RESOURCES / "theme" / "tokens.toml"

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Colour:
    """One meaning of colour, as `#RRGGBB` for each theme."""

    light: str
    dark: str
    use: str

    def of(self, theme: ThemeName) -> str:
        return self.light if theme == "light" else self.dark


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One size of text: glyph size and line height in pixels, weight from 400 to 700."""

    px: int
    line: int
    weight: int
    use: str


@dataclass(frozen=True, slots=True)
class ContrastRule:
    """The least WCAG 2 ratio between two colours, and the ratios stated per theme."""

    foreground: str
    background: str
    minimum: float
    light: float
    dark: float

    def stated(self, theme: ThemeName) -> float:
        return self.light if theme == "light" else self.dark


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything that decides how the till looks; distances in pixels."""

    font: str
    figures: str
    color: Mapping[str, Colour]
    type: Mapping[str, TypeStyle]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    height: Mapping[str, int]
    border: Mapping[str, int]
    contrast: tuple[ContrastRule, ...]


def _distances(table: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    return {name: int(row["px"]) for name, row in table.items()}


def _contrast(table: Mapping[str, Mapping[str, float]]) -> tuple[ContrastRule, ...]:
    rules = []
    for pair, row in table.items():
        foreground, background = pair.split(" on ")
        rules.append(ContrastRule(foreground, background, row["min"], row["light"], row["dark"]))
    return tuple(rules)


def read(path: Path) -> Tokens:
    """Read a token file.

    Raises:
        KeyError: a group or a value is missing.
        tomllib.TOMLDecodeError: the file is not TOML.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Tokens(
        font=raw["meta"]["font"],
        figures=raw["meta"]["figures"],
        color={name: Colour(**row) for name, row in raw["color"].items()},
        type={name: TypeStyle(**row) for name, row in raw["type"].items()},
        space=_distances(raw["space"]),
        radius=_distances(raw["radius"]),
        height=_distances(raw["height"]),
        border=_distances(raw["border"]),
        contrast=_contrast(raw["contrast"]),
    )


@cache
def tokens() -> Tokens:
    """Return the tokens the till ships with, read once."""
    return read(TOKENS_FILE)
