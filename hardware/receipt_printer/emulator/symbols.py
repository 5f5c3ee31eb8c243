"""Linear barcodes as the printer draws them: runs of black and white modules.

Sources: ISO/IEC 15420 (EAN/UPC), ISO/IEC 15417 (Code 128), ISO/IEC 16388 (Code 39);
command data after Epson's reference of GS k.
"""

from __future__ import annotations

from dataclasses import dataclass

UPC_A, EAN13, EAN8, CODE39, CODE128 = 65, 67, 68, 69, 73
NAMES = {UPC_A: "UPC-A", EAN13: "EAN13", EAN8: "EAN8", CODE39: "CODE39", CODE128: "CODE128"}

_EAN_LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011"
_EAN_ODD = tuple(_EAN_LEFT.split())
_EAN_RIGHT = tuple(code.translate(str.maketrans("01", "10")) for code in _EAN_ODD)
_EAN_EVEN = tuple(code[::-1] for code in _EAN_RIGHT)
_EAN_PARITY_OF_FIRST = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO"
_EAN_PARITY = _EAN_PARITY_OF_FIRST.split()

CODE39_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*"
# Nine elements each, bar first; 1 is narrow, 3 is wide.
_CODE39_WIDTHS = (
    "111331311 311311113 113311113 313311111 111331113 311331111 113331111 111311313 311311311 "
    "113311311 311113113 113113113 313113111 111133113 311133111 113133111 111113313 311113311 "
    "113113311 111133311 311111133 113111133 313111131 111131133 311131131 113131131 111111333 "
    "311111331 113111331 111131331 331111113 133111113 333111111 131131113 331131111 133131111 "
    "131111313 331111311 133111311 131313111 131311131 131113131 111313131 131131311"
)
_CODE39 = _CODE39_WIDTHS.split()

# Symbol characters 0 to 106, six elements each (the stop has seven), bar first.
_CODE128_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 "
    "122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 "
    "321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 "
    "211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 "
    "213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 "
    "121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 "
    "241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 "
    "412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 "
    "211214 211232 2331112"
)
_CODE128 = _CODE128_WIDTHS.split()
_C128_STOP, _C128_FNC1, _C128_SHIFT = 106, 102, 98
_C128_START = {"A": 103, "B": 104, "C": 105}
_C128_SWITCH = {"A": 101, "B": 100, "C": 99}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn barcode.

    Attributes:
        name: Symbology, as in ``[EAN13 8412345678905]``.
        text: What a scanner reads.
        modules: ``1`` is a black module, ``0`` a white one.
    """

    name: str
    text: str
    modules: str


class UnprintableSymbol(ValueError):
    """The data does not fit the symbology; a printer prints nothing or plain text."""


def symbol_of(kind: int, data: bytes) -> Symbol:
    """Return the barcode for GS k with `kind` (function B numbering) and its data.

    Raises:
        UnprintableSymbol: Wrong length, characters or check digit, or a
            symbology that is not drawn here.
    """
    if kind in (UPC_A, EAN13, EAN8):
        return _ean(kind, data)
    if kind == CODE39:
        return _code39(data)
    if kind == CODE128:
        return _code128(data)
    raise UnprintableSymbol(f"symbology {kind} is not drawn")


def check_digit(digits: str) -> str:
    """Return the GS1 check digit of `digits`."""
    total = sum(int(digit) * (3, 1)[index % 2] for index, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def _ean(kind: int, data: bytes) -> Symbol:
    text = data.decode("latin-1")
    size = {UPC_A: 12, EAN13: 13, EAN8: 8}[kind]
    if not (text.isascii() and text.isdigit()) or len(text) not in (size - 1, size):
        raise UnprintableSymbol(f"{text!r} is no {NAMES[kind]}")
    text = text[: size - 1] + check_digit(text[: size - 1])
    if data.decode("latin-1") not in (text, text[:-1]):
        raise UnprintableSymbol(f"{data!r}: wrong check digit")
    if kind == EAN8:
        left = "".join(_EAN_ODD[int(digit)] for digit in text[:4])
        right = "".join(_EAN_RIGHT[int(digit)] for digit in text[4:])
    else:
        digits = text.rjust(13, "0")
        sets = {"O": _EAN_ODD, "E": _EAN_EVEN}
        parity = _EAN_PARITY[int(digits[0])]
        left = "".join(sets[p][int(d)] for p, d in zip(parity, digits[1:7], strict=True))
        right = "".join(_EAN_RIGHT[int(digit)] for digit in digits[7:])
    return Symbol(NAMES[kind], text, f"101{left}01010{right}101")


def _bars(widths: str) -> str:
    return "".join("10"[index % 2] * int(width) for index, width in enumerate(widths))


def _code39(data: bytes) -> Symbol:
    text = data.decode("latin-1").strip("*")
    if not text or any(char not in CODE39_ALPHABET[:-1] for char in text):
        raise UnprintableSymbol(f"{text!r} is no CODE39")
    patterns = [_bars(_CODE39[CODE39_ALPHABET.index(char)]) for char in f"*{text}*"]
    return Symbol("CODE39", text, "0".join(patterns))


def _code128(data: bytes) -> Symbol:
    values, text = _code128_values(data)
    total = values[0] + sum(index * value for index, value in enumerate(values))
    symbols = [*values, total % 103, _C128_STOP]
    return Symbol("CODE128", text, "".join(_bars(_CODE128[value]) for value in symbols))


def _code128_values(data: bytes) -> tuple[list[int], str]:
    """Turn the data of GS k 73, which names its code sets by {A, {B and {C, into values."""
    if data[:1] != b"{" or chr(data[1]) not in _C128_START:
        raise UnprintableSymbol("CODE128 data names no code set")
    current = code_set = chr(data[1])
    values, text, index = [_C128_START[current]], "", 2
    while index < len(data):
        if data[index] == ord("{"):
            mark = chr(data[index + 1]) if index + 1 < len(data) else ""
            values.append(_c128_mark(mark, code_set))
            text += "{" if mark == "{" else ""
            current = mark if mark in _C128_SWITCH else current
            code_set = ("B" if current == "A" else "A") if mark == "S" else current
            index += 2
        else:
            value, char = _code128_character(data[index], code_set)
            values.append(value)
            text += char
            code_set = current
            index += 1
    return values, text


def _c128_mark(mark: str, code_set: str) -> int:
    """Return the value that ``{`` and `mark` stand for."""
    if mark == "{" and code_set == "B":
        return ord("{") - 32
    if mark == "S" and code_set != "C":
        return _C128_SHIFT
    if mark == "1":
        return _C128_FNC1
    if mark in _C128_SWITCH:
        return _C128_SWITCH[mark]
    raise UnprintableSymbol(f"CODE128 knows no {{{mark} in code set {code_set}")


def _code128_character(byte: int, code_set: str) -> tuple[int, str]:
    if code_set == "C" and byte < 100:
        return byte, f"{byte:02d}"
    if code_set == "A" and byte < 96:
        return (byte - 32 if byte >= 32 else byte + 64), chr(byte)
    if code_set == "B" and 32 <= byte < 128:
        return byte - 32, chr(byte)
    raise UnprintableSymbol(f"byte {byte} is not in code set {code_set}")
