"""Finding orders by what people say: a number, a name, a phone, whatever begins like it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pos.domain.collection import Order

LONGEST_QUERY = 100
MOST_WORDS = 8
SHORTEST_PHONE = 3
# A number is said without its country: nine digits in Spain, ten in Mexico.
NATIONAL_DIGITS = (9, 10)
_PHONE_SIGNS = frozenset("+()-./ ")


def search_text(order: Order) -> str:
    """Return what an order is found by: folded words, each between spaces."""
    digits = _digits(order.phone)
    phones = {digits, *(digits[-size:] for size in NATIONAL_DIGITS if len(digits) > size)}
    number = folded(order.number)
    people = (order.customer_name, *(collector.name for collector in order.collectors))
    words = (
        *(number, str(order.serial), _joined(number)),
        *map(folded, (order.short_code, order.email, order.member_card)),
        *sorted(phones),
        *(word for name in people for word in _words(name)),
    )
    return f" {' '.join(word for word in words if word)} "


def starts(text: str) -> tuple[tuple[str, ...], ...]:
    """Return what an order must hold to be found by `text`: one of these tuples, all of it.

    Each piece begins with the space before a word, to be looked for in `search_text`. Nothing
    is returned when there is nothing to look for.
    """
    typed = text[:LONGEST_QUERY]
    words = tuple(f" {word}" for word in folded(typed).split()[:MOST_WORDS])
    if not words:
        return ()
    ways = [words]
    digits = _digits(typed)
    if len(digits) >= SHORTEST_PHONE and all(c.isdigit() or c in _PHONE_SIGNS for c in typed):
        ways.append((f" {digits.removeprefix('00')}",))
    return tuple(ways)


def folded(text: str) -> str:
    """Return a text as it is searched: no accents, lower case."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if not unicodedata.combining(char)).casefold()


def _words(name: str) -> Iterator[str]:
    for word in folded(name).split():
        yield word
        yield from word.split("-")[1:]


def _joined(number: str) -> str:
    return number.replace("-", "") if "-" in number else ""


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isdigit())
