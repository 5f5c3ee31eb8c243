"""Opens picture files for the decoders."""

from __future__ import annotations

import struct
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError


class NotAPicture(Exception):
    """A file that cannot be opened as a picture; the message says why."""


def open_grey(path: Path) -> Image.Image:
    """Return a picture file as it is meant to be seen, in 8-bit grey, transparent as white.

    Raises:
        NotAPicture: No such file, no picture, damaged, or absurdly large.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of slight damage, which a picture survives
            with Image.open(path) as picture:
                return _grey(ImageOps.exif_transpose(picture))
    except FileNotFoundError as error:
        raise NotAPicture("there is no such file") from error
    except IsADirectoryError as error:
        raise NotAPicture("is a folder") from error
    except UnidentifiedImageError as error:
        raise NotAPicture("is not a picture") from error
    except Image.DecompressionBombError as error:
        raise NotAPicture(f"is too large a picture: {error}") from error
    except (OSError, ValueError, SyntaxError, EOFError, struct.error) as error:
        # Pillow's readers let their parsers' errors through for damaged files.
        raise NotAPicture(f"cannot be read: {error}") from error


def _grey(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits, which "L" would clip to white
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("L")
    return picture.convert("L")
