"""What customers say about products: a wish, a complaint, praise; written down in one tap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.free_text import MAX_REASON_LENGTH, checked_text, one_line
from pos.domain.journal import Body

MAX_NAME_LENGTH = 200
TALLY_DAYS = 30


class NoteKind(Enum):
    """What it is; the values are stored and sent."""

    WISH = "wish"
    COMPLAINT = "complaint"
    PRAISE = "praise"


class NothingSaid(ValueError):
    """A note about nothing: no product, and no words for what is wanted."""


@dataclass(frozen=True, slots=True)
class ProductNote:
    """One note. Without `sku` it is a wish for something that the shop does not have.

    `name` is the product's, or the number of an unknown one; `text` is the customer's words.
    """

    kind: NoteKind
    sku: str
    name: str
    text: str

    def body(self, staff_id: str) -> Body:
        """Return the body of the fact ``product.noted``."""
        return {
            "kind": self.kind.value,
            "sku": self.sku,
            "name": self.name,
            "text": self.text,
            "staff_id": staff_id,
        }


@dataclass(frozen=True, slots=True)
class NoteTally:
    """How many notes of each kind a shop took lately."""

    wishes: int
    complaints: int
    praises: int

    def __post_init__(self) -> None:
        if min(self.wishes, self.complaints, self.praises) < 0:
            raise ValueError("a count below 0")

    @property
    def is_empty(self) -> bool:
        return not (self.wishes or self.complaints or self.praises)


def product_note(kind: NoteKind, *, sku: str = "", name: str = "", text: str = "") -> ProductNote:
    """Return a note with its words on one line, cut to what is kept.

    Raises:
        LooksLikeCardNumber: The words may hold the number of a card.
        NothingSaid: Neither product nor words, or no wish although the product is unknown.
    """
    words = checked_text(text, MAX_REASON_LENGTH)
    called = one_line(name)[:MAX_NAME_LENGTH].strip()
    if not sku and (kind is not NoteKind.WISH or not (words or called)):
        raise NothingSaid(kind.value)
    return ProductNote(kind, sku, called, words)
