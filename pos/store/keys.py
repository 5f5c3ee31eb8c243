"""The key of till.db: in the keyring of the system, else in a file only its owner can read."""

from __future__ import annotations

import os
from collections.abc import Callable

from pos.domain.errors import StoreUnavailable
from pos.store.data_folder import PRIVATE_FILE, DataFolder
from pos.store.engine import KEY_BYTES

SERVICE = "mostrador"


class KeyMissing(StoreUnavailable):
    """There is a database, and its key is neither in the folder nor in the keyring."""


class KeyUnreadable(StoreUnavailable):
    """What should be the key is something else."""


def load_or_create_key(folder: DataFolder, random_bytes: Callable[[int], bytes]) -> bytes:
    """Return the key of a data folder, making one when there is no database yet.

    Args:
        random_bytes: Returns that many bytes fit for a key (`secrets.token_bytes`).

    Raises:
        KeyMissing: The database is there and the key is not.
        KeyUnreadable: The key file holds something else.
    """
    stored = load_key(folder)
    if stored is not None:
        return stored
    if folder.database.exists():
        raise KeyMissing(f"the key of {folder.database} is gone")
    key = random_bytes(KEY_BYTES)
    store_key(folder, key, name=random_bytes(16).hex())
    return key


def store_key(folder: DataFolder, key: bytes, *, name: str) -> None:
    """Keep the key of a data folder that has none yet, in the keyring under `name` if it can be.

    Raises:
        OSError: It cannot be written.
    """
    if _give_to_keyring(name, key):
        _write_private(folder.key_name, name.encode("ascii"))
    else:
        _write_private(folder.key_file, key)


def load_key(folder: DataFolder) -> bytes | None:
    """Return the key of a data folder, None when there is none.

    Raises:
        KeyUnreadable: The key file or the keyring holds something else.
    """
    try:
        if folder.key_file.exists():
            return _checked(folder.key_file.read_bytes(), str(folder.key_file))
        if folder.key_name.exists():
            return _from_keyring(folder.key_name.read_text(encoding="ascii").strip())
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
    return None


def _from_keyring(name: str) -> bytes | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(SERVICE, name)
    except KeyringError as error:
        raise KeyMissing(f"the keyring does not open: {error}") from error
    if text is None:
        return None
    try:
        return _checked(bytes.fromhex(text), f"keyring entry {name}")
    except ValueError as error:
        raise KeyUnreadable(f"keyring entry {name} is not a key") from error


def _give_to_keyring(name: str, key: bytes) -> bool:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, key.hex())
        return keyring.get_password(SERVICE, name) == key.hex()
    except KeyringError:
        return False


def _checked(key: bytes, where: str) -> bytes:
    if len(key) != KEY_BYTES:
        raise KeyUnreadable(f"{where} holds {len(key)} bytes, a key has {KEY_BYTES}")
    return key


def _write_private(path: os.PathLike[str], content: bytes) -> None:
    """Write a small file that survives a power cut, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        os.write(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
