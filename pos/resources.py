"""Where the data that ships with the program lies: pictures, fonts, texts, migrations."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    """Return the folder above `resources` and `migrations`; in a wheel, inside the package."""
    installed = _PACKAGE / "_installed"
    return installed if installed.is_dir() else _PACKAGE.parent


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder below `resources/`, whether or not it exists."""
    return _root().joinpath("resources", *parts)


def migrations_path(database: str) -> Path:
    """Return the Alembic folder of a database: `till` or `hub`."""
    return _root() / "migrations" / database
