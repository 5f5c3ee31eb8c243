"""The catalogue of the moment: the agent swaps files, open tickets stay on theirs."""

from __future__ import annotations

import threading
from pathlib import Path

from pos.domain.catalogue import CatalogueInfo, Product, QuickKey, SearchHit, StockLevel
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_schema import CURRENT, current_file, file_name

KEPT_OPEN = 3


class EmptyCatalogue:
    """`ports.Catalogue` of a till that has not been given one yet."""

    def info(self) -> CatalogueInfo | None:
        """Return None: there is no generation."""
        return None

    def contains(self, gtin: int) -> bool:
        """False: nothing is known."""
        return False

    def by_gtin(self, gtin: int) -> tuple[Product, ...]:
        """Return nothing."""
        return ()

    def by_sku(self, sku: str) -> Product | None:
        """Return None."""
        return None

    def search(self, text: str, *, limit: int = 50) -> tuple[SearchHit, ...]:
        """Return nothing."""
        return ()

    def interrupt(self) -> None:
        """There is never a search to give up."""

    def stock(self, sku: str) -> StockLevel | None:
        """Return None."""
        return None

    def quick_keys(self) -> tuple[QuickKey, ...]:
        """Return nothing."""
        return ()


class CatalogueSource:
    """`ports.Catalogues` on the catalogue folder; any thread may ask."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._current: CatalogueFile | EmptyCatalogue = EmptyCatalogue()
        self._open: dict[int, CatalogueFile] = {}

    def current(self) -> CatalogueFile | EmptyCatalogue:
        """Return the generation the shop sells from, opened again when it was swapped.

        Raises:
            StoreUnavailable: The file cannot be opened.
        """
        with self._guard:
            seen = self._stamp()
            if seen != self._seen:
                path = current_file(self._folder)
                self._current = EmptyCatalogue() if path is None else self._opened(path)
                self._seen = seen
            return self._current

    def pinned(self, generation: int) -> CatalogueFile | EmptyCatalogue:
        """Return that generation while its file is there, else the current one."""
        current = self.current()
        if isinstance(current, CatalogueFile) and current.generation == generation:
            return current
        with self._guard:
            known = self._open.get(generation)
            path = self._folder / file_name(generation)
            if known is None and not path.exists():
                return current
            return known or self._opened(path)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / CURRENT).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _opened(self, path: Path) -> CatalogueFile:
        """Open a file, and let go of the longest opened: it closes when nobody uses it."""
        opened = CatalogueFile(path)
        self._open.pop(opened.generation, None)
        self._open[opened.generation] = opened
        while len(self._open) > KEPT_OPEN:
            self._open.pop(next(iter(self._open)))
        return opened
