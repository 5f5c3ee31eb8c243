"""Photos of goods that came back, encrypted like all of till.db, until their days are over."""

from __future__ import annotations

from pos.domain.return_photo import MOST_KEPT_BYTES, PhotoPlace, ReturnPhoto
from pos.domain.return_policy_content import photo_days_of
from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.statements import Statements, from_json, insert_into

DAY_MS = 24 * 3_600_000
AT_ONCE = 10  # a sale waits for no more than that

_ADD = insert_into(
    "return_photo", ("photo_id", "return_id", "line", "taken_at_ms", "size", "jpeg")
)
_OF_RETURN = (
    "SELECT photo_id, line, taken_at_ms FROM return_photo WHERE return_id = ?"
    " ORDER BY line, taken_at_ms, photo_id"
)
_IS_OF_NOTHING = (
    "NOT EXISTS (SELECT 1 FROM return_document d WHERE d.return_id = p.return_id)"
    " AND NOT EXISTS (SELECT 1 FROM exchange_draft e WHERE e.return_id = p.return_id)"
)
# What waits with a ticket and was taken off it again never became a return; a day to be sure.
_DROP_OLD = (
    "DELETE FROM return_photo WHERE rowid IN (SELECT p.rowid FROM return_photo p"  # noqa: S608
    f" WHERE p.taken_at_ms < ? OR (p.taken_at_ms < ? AND {_IS_OF_NOTHING}) LIMIT {AT_ONCE})"
)
_DROP_TOO_MUCH = (
    "DELETE FROM return_photo WHERE rowid IN (SELECT place FROM (SELECT rowid AS place,"  # noqa: S608
    " sum(size) OVER (ORDER BY taken_at_ms DESC, rowid DESC) AS held FROM return_photo)"
    f" WHERE held > ? LIMIT {AT_ONCE})"
)


class StoredPhotos:
    """`ports_photos.Photos` on the table return_photo."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def add(self, photo: ReturnPhoto) -> None:
        """Store a photo; storing it again changes nothing."""
        place = photo.place
        row = (place.photo_id, photo.return_id, place.line, place.taken_at_ms)
        self._sql.run(f"{_ADD} ON CONFLICT DO NOTHING", (*row, len(photo.jpeg), photo.jpeg))

    def of_return(self, return_id: str) -> tuple[PhotoPlace, ...]:
        """Return which photos there are of a return, by line and in the order they were taken."""
        return tuple(PhotoPlace(*row) for row in self._sql.rows(_OF_RETURN, (return_id,)))

    def jpeg(self, photo_id: str) -> bytes | None:
        """Return a picture; None for one that is not kept any more."""
        row = self._sql.one("SELECT jpeg FROM return_photo WHERE photo_id = ?", (photo_id,))
        return None if row is None else bytes(row[0])

    def forget_some(self, now_ms: int, *, most_bytes: int = MOST_KEPT_BYTES) -> int:
        """Delete a few of those that are kept no longer (now: UTC ms); return how many.

        They go when the days are over that the shop's rules of returns say, when the return
        they were taken for was never recorded, and the oldest when all are `most_bytes`.
        """
        row = self._sql.one("SELECT value FROM setting WHERE key = 'returns'")
        days = photo_days_of(None if row is None else from_json(row[0]))
        gone = self._sql.run(_DROP_OLD, (now_ms - days * DAY_MS, now_ms - DAY_MS))
        return gone or self._sql.run(_DROP_TOO_MUCH, (most_bytes,))


def forget_photos(folder: DataFolder, *, key: bytes | None, now_ms: int) -> int:
    """Delete the photos of a till that are kept no longer (now: UTC ms); return how many.

    A few in each transaction, so that nobody who sells waits for it.

    Raises:
        StoreUnavailable: Not all of them could be.
    """
    engine, gone = make_engine(folder.database, key=key), 0
    try:
        while True:
            with transaction(engine) as connection:
                some = StoredPhotos(Statements(connection)).forget_some(now_ms)
            gone += some
            if not some:
                return gone
    finally:
        engine.dispose()
