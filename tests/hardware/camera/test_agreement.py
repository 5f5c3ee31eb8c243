"""When what the camera sees is a scan."""

from __future__ import annotations

from hardware.camera.agreement import FrameAgreement
from hardware.camera.port import FoundCode

BARS = FoundCode("5449000039231", "EAN-13", "]E0", ("zxing-cpp",), ())
MISREAD = FoundCode("7034759003930", "EAN-13", "]E0", ("zxing-cpp",), ())
MATRIX = FoundCode("hola", "QR Code", "]Q1", ("zxing-cpp",), ())


def test_bars_count_in_the_second_frame_that_shows_them() -> None:
    agreement = FrameAgreement()

    assert agreement.see([BARS], 0) == []
    assert agreement.see([BARS, BARS], 60) == [BARS]


def test_a_misreading_of_one_frame_never_counts() -> None:
    agreement = FrameAgreement()

    seen = [agreement.see(codes, 60 * n) for n, codes in enumerate([[BARS], [MISREAD], [BARS]])]

    assert seen == [[], [], [BARS]]


def test_the_same_bars_twice_in_one_frame_are_one_sighting() -> None:
    assert FrameAgreement().see([BARS, BARS], 0) == []


def test_two_frames_too_far_apart_do_not_agree() -> None:
    agreement = FrameAgreement(within_ms=600)
    agreement.see([BARS], 0)

    assert agreement.see([BARS], 700) == []
    assert agreement.see([BARS], 760) == [BARS]


def test_a_matrix_code_counts_at_once() -> None:
    assert FrameAgreement().see([MATRIX], 0) == [MATRIX]


def test_a_code_held_in_view_is_one_scan() -> None:
    agreement = FrameAgreement()

    scans = [code for at in range(0, 5000, 60) for code in agreement.see([MATRIX, BARS], at)]

    assert scans == [MATRIX, BARS]


def test_a_code_taken_away_and_shown_again_is_scanned_again() -> None:
    agreement = FrameAgreement(gone_ms=1200)
    agreement.see([MATRIX], 0)

    assert agreement.see([MATRIX], 1200) == []
    assert agreement.see([], 2000) == []
    assert agreement.see([MATRIX], 2401) == [MATRIX]
