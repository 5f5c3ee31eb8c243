"""The tokens keep the promises the design makes about them."""

from __future__ import annotations

import re

import pytest

from pos.theme.contrast import ratio
from pos.theme.icons import names
from pos.theme.stylesheet import TEMPLATE_FILE, fill, stylesheet
from pos.theme.tokens import ContrastRule, ThemeName, tokens


@pytest.mark.parametrize(
    "rule", tokens().contrast, ids=lambda rule: f"{rule.foreground} on {rule.background}"
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_pair_of_colours_can_be_told_apart(rule: ContrastRule, theme: ThemeName) -> None:
    colours = tokens().color
    foreground, background = colours[rule.foreground].of(theme), colours[rule.background].of(theme)

    measured = ratio(foreground, background)

    assert measured >= rule.minimum
    assert measured == pytest.approx(rule.stated(theme), abs=0.01)


def test_black_on_white_has_the_greatest_contrast_there_is() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#777777") == pytest.approx(1)


def test_totals_and_amounts_due_are_large_enough_to_read_from_afar() -> None:
    types = tokens().type

    assert min(style.px for style in types.values()) >= 14
    assert types["line"].px >= 20
    assert types["total"].px >= 40
    assert types["change"].px >= 64


def test_keys_are_large_enough_for_a_finger() -> None:
    assert tokens().height["target"] >= 56
    assert tokens().height["primary"] >= 72
    assert tokens().space["2"] >= 8


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_style_sheet_leaves_no_token_open(theme: ThemeName) -> None:
    sheet = stylesheet(tokens(), theme)

    assert "{{" not in sheet
    assert tokens().color["surface-panel"].of(theme) in sheet


def test_the_style_sheet_template_names_no_colour_of_its_own() -> None:
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", TEMPLATE_FILE.read_text(encoding="utf-8"))


def test_a_token_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match="surface-sky"):
        fill("QWidget { color: {{surface-sky}}; }", tokens(), "light")


def test_the_icons_of_the_design_are_all_there() -> None:
    assert {"cash", "card", "scan", "trash", "p-moka", "backspace", "park"} <= names()
