"""Imports python-escpos so that it trusts no half-written file."""

from __future__ import annotations

import logging
import os
import pickle
import platform
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import platformdirs

FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"
NAME = f"{platform.python_version()}.capabilities.pickle"

_one_at_a_time = Lock()


def escpos_printer() -> Any:
    """Return the module `escpos.printer`, imported at the first call, whichever thread asks.

    On import the library reads what printers can do from a pickle in the folder of a variable,
    or, as that takes seconds, from YAML, and then writes the pickle there in place. Two tills
    that start at once, or a power cut, would leave the other half a file, and no receipt would
    be printed on this machine again. So it gets a folder of its own; what is kept for the next
    start is whole before it has its name. It also sets up logging for the whole program, which
    is undone here.
    """
    with _one_at_a_time:
        return _imported()


@cache
def _imported() -> Any:
    """Import the library once, with a folder of its own for what it keeps."""
    kept = Path(platformdirs.user_cache_dir("mostrador")) / "escpos" / NAME
    handlers = list(logging.getLogger().handlers)
    with tempfile.TemporaryDirectory(prefix="mostrador-escpos-") as scratch:
        own = Path(scratch) / NAME
        is_kept = _is_whole(kept)
        if is_kept:
            shutil.copy2(kept, own)
        os.environ[FOLDER] = scratch
        import escpos.printer

        os.environ.pop(FOLDER)
        with suppress(OSError):  # without the copy the next start takes seconds longer
            if not is_kept or own.stat().st_mtime > kept.stat().st_mtime:
                _keep(own, kept)
    logging.getLogger().handlers[:] = handlers
    return escpos.printer


def _is_whole(kept: Path) -> bool:
    """Return whether a file of ours can be read to its end."""
    try:
        pickle.loads(kept.read_bytes())  # noqa: S301  (in the user's own folder, ours alone)
    except (OSError, EOFError, pickle.UnpicklingError, ValueError, AttributeError):
        return False
    return True


def _keep(own: Path, kept: Path) -> None:
    """Put what the library wrote where the next start finds it."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as beside:
        beside.write(own.read_bytes())
        beside.flush()
        os.fsync(beside.fileno())
    Path(beside.name).replace(kept)
