"""The words of the hub's pages: complete in every language."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from pos.domain.readiness import Topic
from pos.domain.staff import Capability, Role
from pos.resources import resource_path
from sync.hub.conflicts.desk_rules import EFFECTS
from sync.hub.pages.item_views import ICONS
from sync.hub.pages.wording import LANGUAGES, Words, language_for, texts_of
from sync.wire.v1.desk import ItemKind, RowKind
from tests.sync.facts import T0


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_language_has_the_same_texts_with_the_same_places() -> None:
    spanish, english = (texts_of(language) for language in LANGUAGES)

    assert spanish.keys() == english.keys()
    assert {k: places(t) for k, t in spanish.items()} == {k: places(t) for k, t in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_on_the_desk_has_words(language: str) -> None:
    kinds = {f"kind.{k.value}.{part}" for k in ItemKind for part in ("name", "story", "safe")}
    ways = {
        f"way.{kind.value}.{way.value}.{part}"
        for kind, way in EFFECTS
        for part in ("name", "meaning")
    }
    others = {f"row.{row.value}" for row in RowKind} | {f"role.{role.value}" for role in Role}
    capabilities = {f"capability.{each.value}" for each in Capability}
    lights = {f"light.{topic.value}" for topic in Topic}

    assert kinds | ways | others | capabilities | lights <= texts_of(language).keys()
    assert set(ICONS) == set(ItemKind)


def test_every_text_of_the_templates_and_of_refusals_is_there() -> None:
    templates = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(resource_path("hub", "templates").rglob("*.html"))
    )
    said = set(re.findall(r'say\("([a-z_.]+[a-z])"', templates))
    reasons = {key.split(".")[1] for key in texts_of("en") if key.startswith("error.")}

    assert said
    assert said <= texts_of("en").keys()
    assert {reason for reason in reasons if f"{reason}_hint" not in reasons} == {
        reason for reason in reasons if reason.endswith("_hint")
    } | {"title", "back"}


@pytest.mark.parametrize(
    ("chosen", "browser", "spoken"),
    [
        ("", "", "es"),
        ("", "en-GB,en;q=0.9,es;q=0.8", "en"),
        ("", "fr-FR,es;q=0.5,en;q=0.4", "es"),
        ("", "fr", "es"),
        ("en", "es-ES", "en"),
        ("<script>", "en", "en"),
    ],
)
def test_the_pages_speak_the_chosen_language_or_the_browsers(
    chosen: str, browser: str, spoken: str
) -> None:
    assert language_for(chosen, browser) == spoken


def test_money_times_and_ages_are_written_as_the_shop_writes_them() -> None:
    say = Words("es", T0, country="ES", time_zone="Europe/Madrid")

    assert say.money(1_234_50, "EUR") == "1.234,50\u00a0€"
    assert say.age(T0 - 7 * 3_600_000) == "hace\u00a07\u00a0h"
    assert say.age(T0 + 400 * 86_400_000) == "hace\u00a01\u00a0s"
    assert say.when(T0) == "lun 21 sept, 16:13"
    assert say.when(2**63 - 1).startswith("vie 31 dic")
