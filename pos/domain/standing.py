"""How a till stands with the hub, beyond the link: notices, and facts that were set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class NoticeName(Enum):
    """What the hub says of this till itself; the values are stored."""

    REVOKED = "revoked"  # nothing it sends is taken any more
    STOPPED = "stopped"  # this is the copy that somebody decided to stop
    CLONED = "cloned"  # another copy of the till is alive
    COPIED = "copied"  # the data folder lies elsewhere than it did: said by the till itself
    EPOCH_MOVED = "epoch_moved"  # the till goes on with numbers of its own


ENDS_WORK = frozenset({NoticeName.REVOKED, NoticeName.STOPPED})


@dataclass(frozen=True, slots=True)
class StandingNotice:
    """A notice in force since `since_ms` (UTC); `body` is what came with it."""

    name: NoticeName
    since_ms: int
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A fact that could not be sent, with the code of the reason; `at_ms` is UTC."""

    op_id: str
    kind: str
    at_ms: int
    reason: str
