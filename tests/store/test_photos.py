"""Photos of goods that came back: unreadable from outside, kept for their days and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.return_photo import PhotoPlace, ReturnPhoto
from pos.domain.return_purchase import purchase_of_sale
from pos.store.data_folder import DataFolder
from pos.store.outbox import AgentStore
from pos.store.photos import AT_ONCE, DAY_MS, forget_photos
from pos.store.till_store import TillStore
from tests.builders import KEY, MORNING_MS, record
from tests.return_builders import take_back

JPEG = b"\xff\xd8\xff\xe0" + b"the cup is broken at its handle" * 300


def photo(photo_id: str, return_id: str, *, line: int = 1, at_ms: int = MORNING_MS) -> ReturnPhoto:
    return ReturnPhoto(PhotoPlace(photo_id, line, at_ms), return_id, JPEG)


def add(store: TillStore, *photos: ReturnPhoto) -> None:
    with store.transaction() as records:
        for one in photos:
            records.photos.add(one)


def kept(store: TillStore, return_id: str) -> list[str]:
    with store.reading() as records:
        return [place.photo_id for place in records.photos.of_return(return_id)]


def forget(store: TillStore, now_ms: int, **more: int) -> None:
    with store.transaction() as records:
        while records.photos.forget_some(now_ms, **more):
            pass


@pytest.fixture
def return_id(store: TillStore) -> str:
    """Return the id of a recorded return."""
    with store.transaction() as records:
        sold = record(records)
        return take_back(records, purchase_of_sale(sold), (1, 1_000)).return_id


def test_photos_are_found_by_line_in_the_order_they_were_taken_and_stored_once(
    store: TillStore, return_id: str
) -> None:
    later, first = photo("a", return_id, at_ms=MORNING_MS + 1), photo("b", return_id)
    other = photo("c", return_id, line=2)

    add(store, other, later, first)
    add(store, first)

    with store.reading() as records:
        assert records.photos.of_return(return_id) == (first.place, later.place, other.place)
        assert records.photos.jpeg("a") == JPEG
        assert records.photos.jpeg("no such photo") is None


def test_nobody_who_reads_the_file_sees_a_photo(
    store: TillStore, tmp_path: Path, return_id: str
) -> None:
    add(store, photo("a", return_id))

    files = [path for path in tmp_path.iterdir() if path.name.startswith("till.db")]
    written = b"".join(path.read_bytes() for path in files)
    assert len(written) > len(JPEG)
    assert b"broken at its handle" not in written


@pytest.mark.parametrize(("setting", "days"), [(None, 180), ({"photo_days": 30}, 30)])
def test_photos_go_when_the_days_are_over_that_the_rules_of_returns_say(
    store: TillStore, agent: AgentStore, return_id: str, setting: object, days: int
) -> None:
    agent.apply_settings({} if setting is None else {"returns": setting}, 1)
    old = [photo(f"old {place}", return_id) for place in range(AT_ONCE + 1)]
    add(store, *old, photo("new", return_id, at_ms=MORNING_MS + 1))

    forget(store, MORNING_MS + days * DAY_MS)
    before = kept(store, return_id)
    forget(store, MORNING_MS + days * DAY_MS + 1)

    assert len(before) == len(old) + 1
    assert kept(store, return_id) == ["new"]


def test_photos_of_what_was_never_given_back_go_after_a_day(
    store: TillStore, return_id: str
) -> None:
    add(store, photo("a", return_id), photo("b", "never recorded"), photo("c", "on a ticket"))
    waiting = "INSERT INTO exchange_draft (basket_id, return_id, body_json) VALUES (?, ?, '{}')"
    with store.transaction() as records:
        records.photos._sql.run(waiting, ("b9", "on a ticket"))

    forget(store, MORNING_MS + DAY_MS)
    before = kept(store, "never recorded")
    forget(store, MORNING_MS + DAY_MS + 1)

    assert before == ["b"]
    assert kept(store, "never recorded") == []
    assert kept(store, return_id) == ["a"]
    assert kept(store, "on a ticket") == ["c"]


def test_the_oldest_go_when_all_of_them_are_more_than_a_till_keeps(
    store: TillStore, return_id: str
) -> None:
    add(store, *(photo(f"p{at}", return_id, at_ms=MORNING_MS + at) for at in range(9)))

    forget(store, MORNING_MS + 9, most_bytes=4 * len(JPEG))

    assert kept(store, return_id) == ["p5", "p6", "p7", "p8"]


def test_what_is_forgotten_is_forgotten_from_outside_too(
    store: TillStore, tmp_path: Path, return_id: str
) -> None:
    add(store, *(photo(f"p{at}", return_id) for at in range(2 * AT_ONCE + 1)))

    gone = forget_photos(DataFolder(tmp_path), key=KEY, now_ms=MORNING_MS + 181 * DAY_MS)

    assert gone == 2 * AT_ONCE + 1
    assert kept(store, return_id) == []
