"""Values of an object that others sent, each of the kind that is asked for or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, NoReturn, TypeVar

from pos.domain.basket import MAX_PRICE_MINOR
from pos.domain.free_text import one_line

IDENTIFIER = re.compile(r"[A-Za-z0-9._:\-]{1,64}")

Kind = TypeVar("Kind")


class Fields:
    """One object of a content; a subclass says which error a value that cannot be raises."""

    refusal: ClassVar[type[ValueError]] = ValueError

    def __init__(self, content: object) -> None:
        if not isinstance(content, Mapping):
            self.refuse(f"{type(content).__name__} instead of an object")
        self._values = content

    def refuse(self, what: str) -> NoReturn:
        raise self.refusal(what)

    def possible(self, make: Callable[[], Kind]) -> Kind:
        """Return what `make` makes; what the domain does not allow is refused."""
        try:
            return make()
        except self.refusal:
            raise
        except ValueError as error:
            raise self.refusal(str(error)) from error

    def maybe(self, name: str) -> object:
        if name not in self._values:
            self.refuse(f"{name} is missing")
        value: object = self._values[name]
        return value

    def number(self, name: str, least: int, most: int) -> int:
        value = self._of(name, int)
        return value if least <= value <= most else self.refuse(f"{name} {value}")

    def price(self, name: str) -> int:
        return self.number(name, 0, MAX_PRICE_MINOR)

    def flag(self, name: str) -> bool:
        return self._of(name, bool)

    def words(self, name: str, most: int) -> str:
        """Return a text as it can be shown and printed."""
        return one_line(self._of(name, str)[: 4 * most])[:most]

    def text(self, name: str, shape: re.Pattern[str]) -> str:
        value = self._of(name, str)
        return value if shape.fullmatch(value) else self.refuse(name)

    def person(self, name: str) -> str | None:
        return None if self.maybe(name) is None else self.text(name, IDENTIFIER)

    def choice(self, name: str, of: Callable[[str], Kind]) -> Kind:
        value = self._of(name, str)
        return self.possible(lambda: of(value))

    def rows(self, name: str, most: int) -> list[object]:
        value = self._of(name, list)
        return list(value) if len(value) <= most else self.refuse(f"{len(value)} {name}")

    def _of(self, name: str, kind: type[Kind]) -> Kind:
        value = self.maybe(name)
        # bool is an int to isinstance, and no number here
        if type(value) is not kind:
            self.refuse(f"{name} is {type(value).__name__}")
        return value
