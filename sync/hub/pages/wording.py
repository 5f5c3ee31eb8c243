"""The words of the hub's pages, and how money, times and ages are written in them."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from pos.formatting import age_text, day_text, money_text, percent_text, span_text, time_text
from pos.resources import resource_path

LANGUAGES = ("es", "en")
DEFAULT_LANGUAGE = "es"
Texts = dict[str, str]


@cache
def texts_of(language: str) -> Texts:
    """Return every text of a language by its key, such as ``desk.empty``."""
    return _texts_in(f"hub_{language}.toml", "") | _texts_in(f"store_{language}.toml", "store.")


def language_for(chosen: str, accept_language: str) -> str:
    """Return the language to speak: the chosen one, else the browser's, else Spanish."""
    if chosen in LANGUAGES:
        return chosen
    wanted = (part.split(";")[0].strip().lower()[:2] for part in accept_language.split(","))
    return next((code for code in wanted if code in LANGUAGES), DEFAULT_LANGUAGE)


class Words:
    """Says things in one language and one shop's time zone."""

    def __init__(
        self, language: str, now_ms: int, *, country: str = "ES", time_zone: str = "UTC"
    ) -> None:
        self.language = language
        self._texts = texts_of(language)
        self.locale = f"{language}_{'GB' if language == 'en' else country}"
        self._zone = ZoneInfo(time_zone)
        self._now_ms = now_ms

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key with its places filled in.

        Raises:
            KeyError: There is no such text: a bug.
        """
        return self._texts[key].format(**values)

    def has(self, key: str) -> bool:
        """True when there is a text of that key."""
        return key in self._texts

    def money(self, minor: int, currency: str) -> str:
        return money_text(minor, currency, self.locale)

    def percent(self, basis_points: int) -> str:
        return percent_text(basis_points, self.locale)

    def age(self, at_ms: int) -> str:
        """Return how long ago something was; what a wrong clock puts in the future is now."""
        return age_text(max(0, self._now_ms - at_ms) / 1000, self.locale)

    @property
    def zone(self) -> str:
        """The IANA name of the shop's time zone."""
        return self._zone.key

    def span(self, milliseconds: int) -> str:
        """Return a length of time in one unit: ``25 min``."""
        return span_text(milliseconds / 1000, self.locale)

    def day(self, at_ms: int) -> str:
        """Return the day of a time as the shop's clock shows it."""
        moment = datetime.fromtimestamp(min(at_ms, _LAST_MS) / 1000, UTC).astimezone(self._zone)
        return day_text(moment.date(), self.locale)

    def when(self, at_ms: int) -> str:
        """Return day and time of day as the shop's clock shows them."""
        moment = datetime.fromtimestamp(min(at_ms, _LAST_MS) / 1000, UTC).astimezone(self._zone)
        return f"{day_text(moment.date(), self.locale)}, {time_text(moment)}"


_LAST_MS = 253_402_214_400_000  # the last day that a date can be, in every time zone


def _texts_in(name: str, prefix: str) -> Texts:
    path = resource_path("i18n", name)
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")), prefix))


def _flat(table: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            pairs.append((prefix + name, str(value)))
    return pairs
