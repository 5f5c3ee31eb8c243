"""Cuts the bytes of a serial scanner into codes."""

from __future__ import annotations

import logging

_log = logging.getLogger(__name__)

MAX_FRAME = 4096


class FrameSplitter:
    """Reassembles codes that arrive in pieces, and drops what cannot be one, loudly.

    Args:
        terminators: Bytes that end a code, any of them; empty codes between them (CR LF) are
            no codes.
        max_frame: Longest code in bytes; what is longer is dropped up to its terminator.
        stale_ms: A piece whose rest has not come after this time belongs to no later code.
    """

    def __init__(
        self, *, terminators: bytes = b"\r\n", max_frame: int = MAX_FRAME, stale_ms: int = 1000
    ) -> None:
        self._terminators = terminators
        self._max_frame = max_frame
        self._stale_ms = stale_ms
        self._piece = bytearray()
        self._is_dropping = False
        self._last_ms = 0

    def feed(self, data: bytes, now_ms: int) -> list[bytes]:
        """Return the codes that `data` completes.

        Args:
            data: As received, any cut.
            now_ms: Monotonic milliseconds.
        """
        if now_ms - self._last_ms > self._stale_ms:
            self.clear()
        self._last_ms = now_ms
        frames = []
        for byte in data:
            if byte in self._terminators:
                frames += self._end()
            else:
                self._add(byte)
        return frames

    def clear(self) -> None:
        """Forget an unfinished code."""
        if self._piece:
            _log.warning("Unfinished code of %d bytes dropped", len(self._piece))
        self._piece.clear()
        self._is_dropping = False

    def _add(self, byte: int) -> None:
        if self._is_dropping:
            return
        self._piece.append(byte)
        if len(self._piece) > self._max_frame:
            _log.warning("Code longer than %d bytes dropped", self._max_frame)
            self._piece.clear()
            self._is_dropping = True

    def _end(self) -> list[bytes]:
        frame = bytes(self._piece)
        self._piece.clear()
        self._is_dropping = False
        return [frame] if frame else []
