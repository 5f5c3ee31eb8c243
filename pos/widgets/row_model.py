"""A list of frozen rows that changes one row at a time, never all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW_ROLE = Qt.ItemDataRole.UserRole + 1

_Index = QModelIndex | QPersistentModelIndex


class Spoken(Protocol):
    """A row that can be read aloud."""

    @property
    def key(self) -> str: ...

    def spoken(self) -> str: ...


R = TypeVar("R", bound=Spoken)


class RowModel(QAbstractListModel, Generic[R]):
    """Rows of one kind; `set_rows` tells the view only what differs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[R] = []

    @property
    def rows(self) -> Sequence[R]:
        return self._rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken()
        return None

    def insert(self, position: int, row: R) -> None:
        """Put a row before `position`."""
        self.beginInsertRows(QModelIndex(), position, position)
        self._rows.insert(position, row)
        self.endInsertRows()

    def append(self, row: R) -> None:
        """Put a row at the end."""
        self.insert(len(self._rows), row)

    def replace(self, position: int, row: R) -> None:
        """Put a row in the place of another; an equal row changes nothing."""
        if self._rows[position] == row:
            return
        self._rows[position] = row
        index = self.index(position)
        self.dataChanged.emit(index, index)

    def remove(self, position: int, count: int = 1) -> None:
        """Take rows out."""
        self.beginRemoveRows(QModelIndex(), position, position + count - 1)
        del self._rows[position : position + count]
        self.endRemoveRows()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Become these rows, keeping the equal ones at both ends untouched.

        Between them rows with the same key are replaced in place; the rest goes or comes.
        """
        start = _equal_from_start(self._rows, rows)
        end = _equal_from_end(self._rows, rows, start)
        old, fresh = self._rows[start : len(self._rows) - end], rows[start : len(rows) - end]
        paired = min(len(old), len(fresh))
        if len(fresh) != len(old):
            paired = _same_keys(old, fresh)
        for offset in range(paired):
            self.replace(start + offset, fresh[offset])
        position = start + paired
        if len(old) > paired:
            self.remove(position, len(old) - paired)
        if len(fresh) > paired:
            self.beginInsertRows(QModelIndex(), position, position + len(fresh) - paired - 1)
            self._rows[position:position] = fresh[paired:]
            self.endInsertRows()


def _equal_from_start(old: Sequence[R], fresh: Sequence[R]) -> int:
    for count, (one, other) in enumerate(zip(old, fresh, strict=False)):
        if one != other:
            return count
    return min(len(old), len(fresh))


def _equal_from_end(old: Sequence[R], fresh: Sequence[R], start: int) -> int:
    most = min(len(old), len(fresh)) - start
    for count in range(most):
        if old[-1 - count] != fresh[-1 - count]:
            return count
    return most


def _same_keys(old: Sequence[R], fresh: Sequence[R]) -> int:
    count = 0
    for one, other in zip(old, fresh, strict=False):
        if one.key != other.key:
            break
        count += 1
    return count
