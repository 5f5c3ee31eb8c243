"""Finding customers by what they say: name, phone, mail, card; also misheard and mistyped.

Names are compared as folded words (no accents, lower case). A word is near another when both
sound alike in Spanish (``Jiménez``, ``Gimenes``) or one letter is wrong, lacking, too many or
changed with its neighbour. Near words are found without trying all: words that are
one edit apart have a form in common when each is taken with one letter left out (`near_forms`),
so that a table of forms answers in one look-up, at the till as at the hub.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pos.domain.customer import Customer, ImpossibleCustomer, normal_card, normal_email
from pos.domain.mail_address import NotAMailAddress
from pos.domain.phone import NoPhone, normal_phone

LONGEST_TYPED = 250
MOST_FOUND = 20
MOST_TYPED_WORDS = 6
MOST_WORDS = 16
LONGEST_WORD = 40
SHORTEST_PHONE = 3
# A wrong letter in a shorter word makes another name of it: Ana, Eva, Leo, Lea.
SHORTEST_MISTYPED = 4
_CALLING_CODES = {"ES": "+34", "MX": "+52"}
_PHONE = re.compile(r"\+?[\d().\-/\s]+")
_NO_WORD = re.compile(r"[^\w]+|_+")
_SOUNDS = (
    (re.compile("x"), "j"), (re.compile("g(?=[ei])"), "j"), (re.compile("gu(?=[ei])"), "g"),
    (re.compile("qu(?=[ei])"), "k"), (re.compile("c(?=[ei])"), "s"), (re.compile("ch"), "#"),
    (re.compile("z"), "s"), (re.compile("[cq]"), "k"), (re.compile("ph"), "f"),
    (re.compile("h"), ""), (re.compile("#"), "ch"), (re.compile("v"), "b"),
    (re.compile("w"), "b"), (re.compile("ll"), "y"), (re.compile("i$|y(?=[^aeiou]|$)"), "i"),
    (re.compile(r"([^\W\d_])\1+"), r"\1"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """What somebody may have meant by what they typed or scanned.

    `words` are folded; the last may not be typed to its end. `phone` is how E.164 numbers begin
    that may be meant, `email` how addresses begin, `card` a whole number. Empty: not meant.
    """

    words: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    card: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phone or self.email or self.card)


def read_query(text: str, country: str) -> CustomerQuery:
    """Return what may be meant by `text`, typed or scanned in a country (ISO 3166-1 alpha-2)."""
    typed = " ".join(text[:LONGEST_TYPED].split())
    if "@" in typed:
        return CustomerQuery(email=_begun_email(typed))
    phone = _begun_phone(typed, country)
    card = _card(typed)
    words = () if phone else tuple(_split(typed)[:MOST_TYPED_WORDS])
    return CustomerQuery(words=words, phone=phone, card=card)


def name_words(name: str) -> tuple[str, ...]:
    """Return the words by which somebody of that name is found, each once, 16 at most."""
    return tuple(dict.fromkeys(_all_words(name)))[:MOST_WORDS]


def search_text(name: str) -> str:
    """Return the words of a name as one text, a space before each and after the last."""
    return f" {' '.join(name_words(name))} "


def holds(text: str, words: Iterable[str]) -> bool:
    """True when each word begins one of the words of a `search_text`."""
    return all(f" {word}" in text for word in words)


def sound(word: str) -> str:
    """Return a folded word as a Spanish ear writes it: ``jimenez`` and ``gimenes`` are one."""
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return word


def near_forms(word: str) -> frozenset[str]:
    """Return what two near words have at least one of in common."""
    return frozenset(
        form for way in (word, sound(word)) for form in (way, *_with_one_letter_less(way))
    )


def is_near(typed: str, word: str) -> bool:
    """True when a typed word, folded, may be meant to be `word`."""
    one, other = sound(typed), sound(word)
    return one == other or _is_one_edit(one, other) or _is_one_edit(typed, word)


def closeness(query: CustomerQuery, name: str) -> tuple[int, ...]:
    """Return by what found customers are put in order: the smaller, the nearer to what was typed.

    Words as they were typed come first, then begun ones, then near ones.
    """
    return closeness_of_words(query, name_words(name))


def closeness_of_words(query: CustomerQuery, words: Sequence[str]) -> tuple[int, ...]:
    """Return the same of the words of a name."""
    return (*sorted((_rank(typed, words) for typed in query.words), reverse=True), len(words))


def matches(customer: Customer, query: CustomerQuery) -> bool:
    """True when a customer is what a query asks for, words taken as near ones too."""
    if query.card and customer.member_card == query.card:
        return True
    if query.phone and any(phone.startswith(query.phone) for phone in customer.phones):
        return True
    if query.email and any(email.startswith(query.email) for email in customer.emails):
        return True
    words = name_words(customer.name)
    return bool(query.words) and all(_rank(typed, words) < _FAR for typed in query.words)


def folded(text: str) -> str:
    """Return a text as it is searched: no accents, lower case."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if not unicodedata.combining(char)).casefold()


_SAME, _BEGUN, _NEAR, _FAR = range(4)


def _rank(typed: str, words: Sequence[str]) -> int:
    if typed in words:
        return _SAME
    if any(word.startswith(typed) for word in words):
        return _BEGUN
    return _NEAR if any(is_near(typed, word) for word in words) else _FAR


def _all_words(name: str) -> Iterator[str]:
    """Words between spaces; one with a hyphen or apostrophe also in its parts."""
    for piece in folded(name).split():
        parts = [part[:LONGEST_WORD] for part in _NO_WORD.split(piece) if part]
        yield from parts
        if len(parts) > 1:
            yield "".join(parts)[:LONGEST_WORD]


def _split(typed: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _NO_WORD.split(folded(typed)) if word]


def _begun_phone(typed: str, country: str) -> str:
    """Return how the E.164 number begins that is being typed, empty when it is none."""
    try:
        return normal_phone(typed, country)
    except NoPhone:
        pass
    if not _PHONE.fullmatch(typed):
        return ""
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if len(digits) < SHORTEST_PHONE:
        return ""
    if typed.startswith("+") or digits.startswith("00"):
        return f"+{digits.removeprefix('00')}"
    return f"{_CALLING_CODES.get(country, '')}{digits}" if country in _CALLING_CODES else ""


def _begun_email(typed: str) -> str:
    plain = typed.replace(" ", "")
    try:
        return normal_email(plain)
    except NotAMailAddress:
        return plain.lower()


def _card(typed: str) -> str:
    if not any(char.isdigit() for char in typed):
        return ""
    try:
        return normal_card(typed)
    except ImpossibleCustomer:
        return ""


def _with_one_letter_less(word: str) -> Iterator[str]:
    if len(word) >= SHORTEST_MISTYPED:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_one_edit(one: str, other: str) -> bool:
    """True when one letter is other, lacking, too many, or changed with its neighbour."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < SHORTEST_MISTYPED:
        return False
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    rest, others = one[same:], other[same:]
    if len(rest) == len(others):
        swapped = rest[1:2] + rest[0:1] + rest[2:] if len(rest) > 1 else ""
        return rest[1:] == others[1:] or swapped == others
    return rest[1:] == others or rest == others[1:]
