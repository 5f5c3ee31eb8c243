"""What customers say about products is counted once, per shop, product and kind."""

from __future__ import annotations

import pytest

from pos.domain.journal import FactKind
from pos.domain.product_note import NoteKind, NoteTally, product_note
from sync.hub.care.product_notes import SHOWN_MS, NoteCounts, counts, latest_words, tally
from sync.hub.database import HubDatabase
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import count, outcomes, push

WISH, COMPLAINT, PRAISE = NoteKind.WISH, NoteKind.COMPLAINT, NoteKind.PRAISE


def say(journal: TillJournal, kind: NoteKind, sku: str, text: str = "") -> None:
    name = f"Name of {sku}" if sku else ""
    note = product_note(kind, sku=sku, name=name, text=text)
    journal.append(FactKind.PRODUCT_NOTED, note.body("ana"))


def test_each_note_counts_once_for_its_shop_product_and_kind(database: HubDatabase) -> None:
    enrolled(database)
    journal = TillJournal()
    say(journal, COMPLAINT, "cup", "The handle is hot")
    say(journal, COMPLAINT, "cup")
    say(journal, PRAISE, "oil")
    say(journal, WISH, "", "A green teapot")

    push(database, journal.facts)
    push(database, journal.facts)

    with database.reading() as connection:
        assert counts(connection, "FUEN", T0) == (
            NoteCounts("cup", "Name of cup", 0, 2, 0),
            NoteCounts("", "", 1, 0, 0),
            NoteCounts("oil", "Name of oil", 0, 0, 1),
        )
        words = [(one.kind, one.text) for one in latest_words(connection, "FUEN", T0)]
        assert words == [(WISH, "A green teapot"), (COMPLAINT, "The handle is hot")]
        later = {one.sku: one.complaints for one in counts(connection, "FUEN", T0 + 1000)}
        assert later == {"cup": 1, "oil": 0, "": 0}
        assert counts(connection, "GOYA", 0) == ()
        assert tally(connection, "FUEN", T0) == NoteTally(1, 2, 1)
        assert tally(connection, "FUEN", T0 + SHOWN_MS + 1) == NoteTally(1, 1, 1)
        assert tally(connection, "GOYA", T0) == NoteTally(0, 0, 0)


@pytest.mark.parametrize(
    "broken", [{"kind": "rumour"}, {"text": "x" * 121}, {"sku": 7}, {"name": None}]
)
def test_a_note_nobody_can_read_counts_nothing_and_is_kept(
    database: HubDatabase, broken: dict[str, str | int | None]
) -> None:
    enrolled(database)
    journal = TillJournal()
    body = {**product_note(PRAISE, sku="cup", name="Cup").body("ana"), **broken}
    journal.append(FactKind.PRODUCT_NOTED, body)

    answer = push(database, journal.facts)

    assert outcomes(answer) == [(1, "parked", "unreadable_body")]
    assert count(database, "product_note") == 0
