"""Cuts a stream of ESC/POS bytes into commands, whatever the pieces it arrives in.

Source: Epson, "ESC/POS Application Programming Guide" and the online ESC/POS
Command Reference for TM printers; each length below is that of the reference's
"Format" line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
CONTROLS = frozenset(b"\x00\x09\x0a\x0c\x0d\x18")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its operation code and the bytes after it.

    Attributes:
        code: ``b"text"`` for characters to print, otherwise the command's first
            bytes, such as ``b"\\x1bE"`` or ``b"\\x1d(k"``.
        data: Arguments and payload.
        is_known: Whether its length is known; an unknown one is passed on alone.
    """

    code: bytes
    data: bytes = b""
    is_known: bool = True

    @property
    def is_real_time(self) -> bool:
        """Whether a printer acts on it at once, also while it cannot print."""
        return self.code[0] == DLE


Length = int | Callable[[bytes], int | None]
"""Bytes after a two-byte code; a function sees the buffer and says None if it needs more."""


def _until_nul(buffer: bytes) -> int | None:
    end = buffer.find(b"\0", 2)
    return None if end < 0 else end - 1


def _counted(buffer: bytes) -> int | None:
    """Length of ``GS ( x pL pH …`` and its kin."""
    return None if len(buffer) < 5 else 3 + buffer[3] + 256 * buffer[4]


def _graphics(buffer: bytes) -> int | None:
    return None if len(buffer) < 7 else 5 + int.from_bytes(buffer[3:7], "little")


def _column_image(buffer: bytes) -> int | None:
    if len(buffer) < 5:
        return None
    bytes_per_column = 3 if buffer[2] in (32, 33) else 1
    return 3 + bytes_per_column * (buffer[3] + 256 * buffer[4])


def _barcode(buffer: bytes) -> int | None:
    if len(buffer) < 4:
        return None
    if buffer[2] >= 65:
        return 2 + buffer[3]
    end = buffer.find(b"\0", 3)
    return None if end < 0 else end - 1


def _raster_image(buffer: bytes) -> int | None:
    if len(buffer) < 8:
        return None
    width, height = buffer[4] + 256 * buffer[5], buffer[6] + 256 * buffer[7]
    return 6 + width * height


def _cut(buffer: bytes) -> int | None:
    if len(buffer) < 3:
        return None
    return 1 if buffer[2] in (0, 1, 48, 49) else 2


def _downloaded_image(buffer: bytes) -> int | None:
    return None if len(buffer) < 4 else 2 + 8 * buffer[2] * buffer[3]


def _real_time_request(buffer: bytes) -> int | None:
    if len(buffer) < 3:
        return None
    return {1: 3, 2: 3, 8: 8}.get(buffer[2], 1)


def _real_time_status(buffer: bytes) -> int | None:
    if len(buffer) < 3:
        return None
    return 2 if buffer[2] in (7, 8, 18) else 1


def _table(prefix: int, lengths: dict[str, Length]) -> dict[bytes, Length]:
    return {bytes([prefix]) + name.encode("latin-1"): size for name, size in lengths.items()}


LENGTHS: dict[bytes, Length] = {
    **_table(DLE, {"\x04": _real_time_status, "\x05": 1, "\x14": _real_time_request}),
    **_table(ESC, dict.fromkeys("@2<Lim", 0)),
    **_table(ESC, dict.fromkeys("!-EGMatRdJKe3 {VTU%?=ru", 1)),
    **_table(ESC, {"$": 2, "\\": 2, "c": 2, "p": 3, "W": 8, "B": 2, "D": _until_nul}),
    **_table(ESC, {"*": _column_image}),
    **_table(FS, {".": 0, "&": 0, "C": 1, "S": 2, "-": 1, "!": 1, "W": 1, "p": 2, "(": _counted}),
    **_table(GS, dict.fromkeys("!BHfhwarIb/|ET", 1)),
    **_table(GS, {"L": 2, "W": 2, "P": 2, "\\": 2, "$": 2, ":": 0, "^": 3, "V": _cut}),
    **_table(GS, {"k": _barcode, "(": _counted, "8": _graphics, "v": _raster_image}),
    **_table(GS, {"*": _downloaded_image}),
}
THREE_BYTE_CODES = frozenset({b"\x1d(", b"\x1d8", b"\x1dv", b"\x1c("})


class Tokenizer:
    """Keeps what is incomplete until the rest arrives."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Command]:
        """Return the commands that `data` completes."""
        self._buffer += data
        commands: list[Command] = []
        start = 0
        while start < len(self._buffer):
            found = _first(self._buffer, start)
            if found is None:
                break
            command, size = found
            commands.append(command)
            start += size
        self._buffer = self._buffer[start:]
        return commands

    def forget(self) -> None:
        """Drop an incomplete command, as an interface board does when the host hangs up."""
        self._buffer = b""


def _first(buffer: bytes, start: int) -> tuple[Command, int] | None:
    """Return the first command from `start` and its size in bytes, or None if incomplete."""
    lead = buffer[start]
    if lead in (DLE, ESC, FS, GS):
        return _escaped(buffer[start:])
    if lead in CONTROLS or lead < 0x20:
        return Command(bytes([lead]), is_known=lead in CONTROLS), 1
    end = start
    while end < len(buffer) and buffer[end] >= 0x20:
        end += 1
    return Command(b"text", buffer[start:end]), end - start


def _escaped(buffer: bytes) -> tuple[Command, int] | None:
    if len(buffer) < 2:
        return None
    code = buffer[:2]
    rule = LENGTHS.get(code)
    if rule is None:
        return Command(code, is_known=False), 2
    size = rule if isinstance(rule, int) else rule(buffer)
    if size is None or len(buffer) < 2 + size:
        return None
    if code in THREE_BYTE_CODES:
        code = buffer[:3]
    return Command(code, buffer[len(code) : 2 + size]), 2 + size
