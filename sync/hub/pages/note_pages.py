"""The page that shows what customers ask for: how often each product was noted, and the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from sync.hub.care import product_notes
from sync.hub.care.product_notes import SHOWN_MS, NoteCounts, Said
from sync.hub.counter import approvals
from sync.hub.pages.desk_pages import count_open
from sync.hub.pages.rendering import page
from sync.hub.pages.serving import Desk
from sync.hub.pages.visit import Visit
from sync.hub.pages.wording import Words

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class CountView:
    """A product in words: its name and number, and how often it was noted as what."""

    name: str
    sku: str
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidView:
    """What somebody said, of what, and how long ago."""

    kind: str
    about: str
    text: str
    age: str


class NotePages:
    """Shows what was noted in the shop somebody signed in to."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def index(self, visit: Visit) -> Response:
        """Show the last thirty days."""
        shop, say, since_ms = visit.session.shop, visit.words, visit.now_ms - SHOWN_MS
        with self._desk.database.reading() as connection:
            counted = product_notes.counts(connection, shop, since_ms)
            words = product_notes.latest_words(connection, shop, since_ms)
            counts = {
                "open": count_open(connection, shop),
                "approvals": approvals.count_waiting(connection, shop, visit.now_ms),
            }
        return page(
            visit,
            "notes.html",
            tab="notes",
            counts=counts,
            rows=_rows(counted, say),
            latest=tuple(_said(one, say) for one in words),
        )


def _rows(counted: Sequence[NoteCounts], say: Words) -> tuple[CountView, ...]:
    return tuple(
        CountView(
            (one.name or one.sku) if one.sku else say("notes.not_here"),
            one.sku,
            tuple(str(n or NOTHING) for n in (one.wishes, one.complaints, one.praises)),
        )
        for one in counted
    )


def _said(one: Said, say: Words) -> SaidView:
    about = one.name or one.sku or say("notes.not_here")
    return SaidView(say(f"notes.kind_{one.kind.value}"), about, one.text, say.age(one.at_ms))
