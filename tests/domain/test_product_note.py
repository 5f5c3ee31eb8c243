"""What customers say about products: in few words, and never a card's number."""

from __future__ import annotations

import pytest

from pos.domain.free_text import MAX_REASON_LENGTH, LooksLikeCardNumber
from pos.domain.product_note import NoteKind, NothingSaid, product_note


def test_words_are_kept_on_one_line_and_short() -> None:
    note = product_note(NoteKind.PRAISE, sku="cup", name="Taza\n", text=f" so\tnice {'x' * 200}")

    assert note.name == "Taza"
    assert note.text.startswith("so nice xxx")
    assert len(note.text) == MAX_REASON_LENGTH


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        (NoteKind.COMPLAINT, "8499999999990", "not here"),
        (NoteKind.PRAISE, "", "a teapot"),
        (NoteKind.WISH, "", " \n "),
    ],
)
def test_what_the_shop_does_not_have_can_only_be_wished_for_in_words(
    kind: NoteKind, name: str, text: str
) -> None:
    with pytest.raises(NothingSaid):
        product_note(kind, name=name, text=text)


def test_a_number_of_a_card_is_not_written_down() -> None:
    with pytest.raises(LooksLikeCardNumber):
        product_note(NoteKind.WISH, text="pay with 4111 1111 1111 1111")
