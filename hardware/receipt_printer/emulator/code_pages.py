"""Which character a byte prints, by the number of ESC t.

Source: Epson ESC/POS Command Reference, "ESC t Select character code table".
"""

from __future__ import annotations

PYTHON_CODECS = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    13: "cp857",
    14: "cp737",
    15: "iso8859-7",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    34: "cp855",
    36: "cp862",
    39: "iso8859-2",
    40: "iso8859-15",
    45: "cp1250",
    46: "cp1251",
}
KATAKANA_PAGE = 1
KATAKANA_GRAPHICS = "▁▂▃▄▅▆▇█▏▎▍▌▋▊▉┼┴┬┤├▔─│▕┌┐└┘╭╮╰╯"  # 0x80 to 0x9F
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


def decode(data: bytes, page: int) -> str:
    """Return one character per byte; bytes that the page leaves open become U+FFFD."""
    if page == KATAKANA_PAGE:
        return "".join(_katakana(byte) for byte in data)
    codec = PYTHON_CODECS.get(page)
    if codec is None:
        return "".join(chr(byte) if byte < 0x80 else UNPRINTABLE for byte in data)
    return data.decode(codec, errors="replace")


def _katakana(byte: int) -> str:
    if byte < 0x80:
        return chr(byte)
    if byte < 0xA0:
        return KATAKANA_GRAPHICS[byte - 0x80]
    return bytes([byte]).decode("shift_jis", errors="replace") if byte < 0xE0 else UNPRINTABLE
