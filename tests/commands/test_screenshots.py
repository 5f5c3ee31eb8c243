"""Which pictures are taken of which run; `make screenshots` takes them of the real till."""

from __future__ import annotations

from pathlib import Path

from pos.commands.album import ALBUMS, COUNTER
from pos.commands.screenshots import SITTINGS, Sitting, states_of
from pos.resources import resource_path
from tests.commands.conftest import call

MAIN = {
    "sign_in", "open_shift", "empty", "sale", "search", "override", "payment", "change",
    "close_shift", "offline", "parked_shop", "receipts_shop", "override_afar", "desk", "sync",
    "pickups", "picking", "staging", "receiving", "shelves", "handover", "handed_over",
    "handover_offline", "pickup_figures", "promotions", "return", "goodwill", "owed", "exchange",
    "exchange_rest", "customer", "customer_page",
}  # fmt: skip


def kept_of(sitting: Sitting, *, everything: bool = False) -> set[str]:
    return {
        state.name
        for album in ALBUMS.values()
        for state, kept in states_of(sitting, album, everything=everything)
        if kept
    }


def test_the_main_screens_are_taken_at_both_sizes_in_both_languages_and_themes() -> None:
    usual = [sitting for sitting in SITTINGS if not sitting.is_large]

    assert len(usual) == 8
    assert all(kept_of(sitting) >= MAIN for sitting in usual)


def test_the_other_screens_are_taken_once() -> None:
    first, *others = SITTINGS

    once = kept_of(first) - MAIN
    assert {"card_unknown", "print_trouble", "error", "close_result"} <= once
    assert not any(kept_of(sitting) & once for sitting in others)


def test_the_large_window_is_taken_with_the_sale_alone() -> None:
    large = Sitting(1920, 1080, "en", "dark")

    assert kept_of(large) == {"sale"}
    assert states_of(large, COUNTER)[-1][0].name == "sale"


def test_what_other_states_build_on_is_done_in_every_run() -> None:
    narrow = Sitting(1024, 768, "es", "dark")

    names = [state.name for state, _ in states_of(narrow, COUNTER)]

    assert names.index("discount") + 1 == names.index("override")
    assert "discount" not in kept_of(narrow)


def test_a_designer_can_have_every_state_of_a_run() -> None:
    assert kept_of(SITTINGS[-1], everything=True) == kept_of(SITTINGS[0])


def test_the_picture_of_the_readme_is_one_of_them() -> None:
    readme = (Path(resource_path("i18n")).parents[1] / "README.md").read_text(encoding="utf-8")

    assert f"resources/screenshots/sale_{SITTINGS[0]}.png" in readme


def test_a_run_that_does_not_exist_is_said_with_those_that_do(tmp_path: Path) -> None:
    said = call("screenshots", "--out", str(tmp_path), "--only", "800x600")

    assert said.code == 1
    assert "1024x768_en_dark" in said.err


def test_an_album_that_does_not_exist_is_said_with_those_that_do(tmp_path: Path) -> None:
    said = call("screenshots", "--out", str(tmp_path), "--album", "holidays")

    assert said.code == 1
    assert "counter, pickups" in said.err
