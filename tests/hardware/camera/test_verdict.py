"""Which readings are believed when decoders and looks differ."""

from __future__ import annotations

from hardware.camera.port import Point
from hardware.camera.verdict import PYZBAR, ZXING, Reading, believed, is_settled

HERE: tuple[Point, ...] = ((10, 10), (100, 10), (100, 50), (10, 50))
THERE: tuple[Point, ...] = ((300, 10), (400, 10), (400, 50), (300, 50))


def reading(
    text: str,
    decoder: str = ZXING,
    look: str = "plain",
    *,
    name: str = "EAN-13",
    at: tuple[Point, ...] = HERE,
) -> Reading:
    return Reading(text, name, None, decoder, look, at)


def texts(*readings: Reading) -> list[str]:
    return [code.text for code in believed(readings)]


def test_bars_seen_once_are_not_believed() -> None:
    assert texts(reading("a")) == []


def test_bars_seen_by_both_decoders_are_believed() -> None:
    (code,) = believed([reading("a", PYZBAR), reading("a")])

    assert code.decoders == (ZXING, PYZBAR)


def test_bars_seen_in_two_looks_are_believed() -> None:
    assert texts(reading("a"), reading("a", look="x2")) == ["a"]


def test_the_same_look_counts_once() -> None:
    assert texts(reading("a"), reading("a", at=THERE)) == []


def test_zbar_cannot_confirm_itself() -> None:
    assert texts(reading("a", PYZBAR), reading("a", PYZBAR, "x2")) == []


def test_of_two_texts_in_one_place_the_one_with_more_votes_stands() -> None:
    right = [reading("a"), reading("a", look="x2"), reading("a", PYZBAR)]
    wrong = [reading("b"), reading("b", look="x3")]

    assert texts(*wrong, *right) == ["a"]


def test_of_two_texts_in_one_place_with_as_many_votes_neither_stands() -> None:
    assert texts(reading("a"), reading("a", PYZBAR), reading("b"), reading("b", look="x2")) == []


def test_two_codes_in_two_places_both_stand() -> None:
    there = [reading("b", at=THERE), reading("b", look="x2", at=THERE)]

    assert set(texts(reading("a"), reading("a", PYZBAR), *there)) == {"a", "b"}


def test_letters_that_zbar_cannot_tell_are_those_of_zxing() -> None:
    full, seven_bits = "óóóó1234", "ssss1234"
    readings = [
        reading(seven_bits, PYZBAR, name="Code 128"),
        reading(full, name="Code 128"),
        reading("01\x1d10", name="GS1-128", at=THERE),
        reading("0110", PYZBAR, name="Code 128", at=THERE),
    ]

    assert set(texts(*readings)) == {full, "01\x1d10"}


def test_a_matrix_code_needs_one_look() -> None:
    assert texts(reading("a", PYZBAR, name="QR Code")) == ["a"]


def test_of_two_texts_of_a_matrix_code_that_of_zxing_stands() -> None:
    assert texts(reading("日本", name="QR Code"), reading("æ—¥æœ¬", PYZBAR, name="QR Code")) == [
        "日本"
    ]


def test_bars_beside_a_matrix_code_do_not_outvote_it() -> None:
    assert set(texts(reading("q", name="QR Code"), reading("a"), reading("a", look="x2"))) == {
        "q",
        "a",
    }


def test_it_is_settled_when_three_looks_agree_and_nothing_else_was_read() -> None:
    two = [reading("a"), reading("a", PYZBAR)]
    three = [*two, reading("a", look="x2")]

    assert not is_settled([])
    assert not is_settled(two)
    assert is_settled(three)
    assert not is_settled([*three, reading("b")])
    assert is_settled([reading("q", name="QR Code")])
