"""The data folder: one owner per role, a key nobody else reads, room kept aside."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from pos.domain.errors import StoreUnavailable
from pos.store.data_folder import DataFolder, FolderInUse, FolderRole, is_trusted
from pos.store.engine import KEY_BYTES
from pos.store.keys import KeyMissing, KeyUnreadable, load_key, load_or_create_key
from tests.architecture.sources import ROOT

HOLD = """
import sys
from pathlib import Path
from pos.store.data_folder import DataFolder, FolderRole
lock = DataFolder(Path(sys.argv[1])).lock(FolderRole.TILL)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a data folder that keeps a small reserve."""
    made = DataFolder(tmp_path / "till", reserve_bytes=1 << 20, least_free_bytes=1 << 20)
    made.create()
    return made


@pytest.fixture
def memory_keyring() -> Iterator[None]:
    """Put a keyring of memory in the place of the system's."""
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


class MemoryKeyring(KeyringBackend):
    """Keeps secrets as long as the process."""

    priority = 1

    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def hold(folder: DataFolder) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.root)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_only_the_owner_sees_into_the_folder(folder: DataFolder) -> None:
    for each in (folder.root, folder.catalogue, folder.logs, folder.outgoing, folder.receipts):
        assert stat.S_IMODE(each.stat().st_mode) == 0o700


def test_a_second_till_is_told_who_has_the_folder(folder: DataFolder) -> None:
    holder = hold(folder)

    with pytest.raises(FolderInUse) as refusal:
        folder.lock(FolderRole.TILL)
    agent = folder.lock(FolderRole.AGENT)

    assert refusal.value.pid == holder.pid
    assert str(holder.pid) in str(refusal.value)
    agent.release()
    holder.kill()
    holder.communicate()


def test_a_killed_till_does_not_keep_the_folder(folder: DataFolder) -> None:
    holder = hold(folder)
    holder.kill()
    holder.communicate()

    lock = folder.lock(FolderRole.TILL)

    lock.release()
    lock.release()
    folder.lock(FolderRole.TILL).release()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreUnavailable):
        DataFolder(tmp_path / "file" / "till").create()
    with pytest.raises(StoreUnavailable):
        DataFolder(tmp_path / "nowhere").lock(FolderRole.TILL)


def test_room_is_kept_aside_and_given_back(folder: DataFolder) -> None:
    assert folder.has_room_for_a_ticket()
    assert folder.reserve.stat().st_blocks * 512 >= 1 << 20

    folder.release_reserve()

    assert not folder.reserve.exists()
    assert folder.has_room_for_a_ticket()


def test_on_a_full_disk_no_ticket_is_begun(tmp_path: Path) -> None:
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize

    assert not DataFolder(tmp_path, least_free_bytes=2 * free).has_room_for_a_ticket()
    assert not DataFolder(tmp_path, reserve_bytes=2 * free).has_room_for_a_ticket()
    assert not DataFolder(tmp_path / "gone").has_room_for_a_ticket()


def test_the_agents_socket_lies_in_the_data_folder(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.create_socket_folder()

    assert folder.agent_socket == tmp_path.resolve() / "agent.sock"


def test_below_a_long_path_the_agents_socket_is_short_and_lies_in_a_folder_of_the_user(
    tmp_path: Path,
) -> None:
    deep = DataFolder(tmp_path / ("x" * 100))
    other = DataFolder(tmp_path / ("y" * 100))
    deep.create_socket_folder()

    assert len(os.fsencode(deep.agent_socket)) < 108
    assert deep.agent_socket != other.agent_socket
    found = deep.agent_socket.parent.stat()
    assert (found.st_uid, found.st_mode & 0o777) == (os.geteuid(), 0o700)


def test_the_agents_socket_does_not_depend_on_how_a_process_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = DataFolder(tmp_path / ("x" * 100))
    found = deep.agent_socket

    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))

    assert deep.agent_socket == found


def test_no_socket_is_put_where_others_could_have_put_one(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "open")
    folder.root.mkdir()
    folder.root.chmod(0o777)
    linked = tmp_path / "link"
    linked.symlink_to(folder.root)

    with pytest.raises(StoreUnavailable, match="other users"):
        folder.create_socket_folder()
    assert not is_trusted(linked)
    assert not is_trusted(tmp_path / "gone")


def test_without_a_keyring_the_key_lies_in_a_file_only_the_owner_reads(
    folder: DataFolder,
) -> None:
    key = load_or_create_key(folder, os.urandom)

    assert folder.key_file.read_bytes() == key
    assert len(key) == KEY_BYTES
    assert stat.S_IMODE(folder.key_file.stat().st_mode) == 0o600
    assert load_or_create_key(folder, os.urandom) == key


@pytest.mark.usefixtures("memory_keyring")
def test_with_a_keyring_the_key_is_not_on_the_disk(folder: DataFolder) -> None:
    key = load_or_create_key(folder, os.urandom)

    assert load_or_create_key(folder, os.urandom) == key
    assert load_key(folder) == key
    on_disk = b"".join(file.read_bytes() for file in folder.root.iterdir() if file.is_file())
    assert key not in on_disk
    assert key.hex().encode() not in on_disk


@pytest.mark.usefixtures("memory_keyring")
def test_a_keyring_that_holds_something_else_is_not_believed(folder: DataFolder) -> None:
    load_or_create_key(folder, os.urandom)
    name = folder.key_name.read_text()

    keyring.set_password("mostrador", name, "not hexadecimal")

    with pytest.raises(KeyUnreadable):
        load_key(folder)


def test_a_database_whose_key_is_gone_never_gets_another(folder: DataFolder) -> None:
    folder.database.write_bytes(b"encrypted")

    with pytest.raises(KeyMissing):
        load_or_create_key(folder, os.urandom)

    assert not folder.key_file.exists()


def test_a_keyring_that_is_gone_is_said_so(folder: DataFolder) -> None:
    folder.key_name.write_text("some-name")

    with pytest.raises(KeyMissing):
        load_key(folder)


def test_a_key_file_that_was_cut_is_refused(folder: DataFolder) -> None:
    folder.key_file.write_bytes(b"short")

    with pytest.raises(KeyUnreadable, match="5 bytes"):
        load_key(folder)
