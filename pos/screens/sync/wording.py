"""What went wrong between till and hub, in plain words, with what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.readiness import BackupTrouble

translate = QCoreApplication.translate

_SERVER_ERROR = re.compile(r"^HTTP 5\d\d$|^(busy|not_ready|unavailable)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """What happened, and what a person can do about it; `code` where that helps a technician."""

    what: str
    do: str
    code: str = ""


def problem(code: str) -> Problem:
    """Say what a code of the last error means; one nobody knows is said to be that."""
    if not code:
        return Problem("", "")
    known = _known(code)
    if known is not None:
        return known
    if _SERVER_ERROR.search(code):
        return Problem(
            translate("SyncWords", "The central system is busy or being serviced."),
            translate("SyncWords", "Nothing to do: it is tried again by itself."),
            code,
        )
    return Problem(
        translate(
            "SyncWords", "The central system answered something this till does not understand."
        ),
        translate(
            "SyncWords", "Nothing is lost. If it stays, call support and name the code {code}."
        ),
        code,
    )


def reason(code: str) -> str:
    """Say why a fact was set aside."""
    if "large" in code or code in ("too_long", "413"):
        return translate("SyncWords", "It is too large to be sent.")
    if "unreadable" in code:
        return translate("SyncWords", "It cannot be read.")
    return translate("SyncWords", "The central system would not take it ({code}).").format(
        code=code or "?"
    )


def act(kind: str) -> str:
    """Name the kind of a fact as people do."""
    return {
        "sale": translate("SyncWords", "sale"),
        "session": translate("SyncWords", "shift"),
        "cash": translate("SyncWords", "cash movement"),
        "card": translate("SyncWords", "card payment"),
        "basket": translate("SyncWords", "ticket"),
        "staff": translate("SyncWords", "sign-in"),
        "override": translate("SyncWords", "authorisation"),
        "receipt": translate("SyncWords", "receipt"),
        "drawer": translate("SyncWords", "drawer"),
    }.get(kind.partition(".")[0], translate("SyncWords", "other act"))


def backup_trouble(trouble: BackupTrouble) -> str:
    """Say why the last backup was not made, and what to do; empty when it was."""
    return {
        BackupTrouble.NONE: "",
        BackupTrouble.NO_ROOM: translate("SyncWords", "no room on the disk: make some"),
        BackupTrouble.PLACE_AWAY: translate(
            "SyncWords", "the second place is missing: plug in the stick or the share"
        ),
        BackupTrouble.DAMAGED: translate(
            "SyncWords", "it could not be read back: have the disk looked at"
        ),
        BackupTrouble.FAILED: translate(
            "SyncWords", "it could not be written; it is tried again by itself"
        ),
    }[trouble]


def _known(code: str) -> Problem | None:
    call = translate(
        "SyncWords", "Call the person in charge of the system. Selling goes on, nothing is lost."
    )
    match code:
        case "revoked":
            return Problem(
                translate("SyncWords", "This till has been taken out of service."), call, code
            )
        case "no_answer":
            what = translate("SyncWords", "The central system does not answer.")
            do = translate(
                "SyncWords",
                "Look whether the shop has internet. Everything is saved and goes by itself.",
            )
            return Problem(what, do)
        case "disk":
            what = translate("SyncWords", "The disk of this till cannot be written.")
            return Problem(what, call, code)
        case "not_signed" | "bad_signature" | "other_till":
            what = translate(
                "SyncWords", "The central system does not recognise this till's signature."
            )
            return Problem(what, call, code)
        case "unknown_till" | "unknown_shop":
            return Problem(
                translate("SyncWords", "The central system does not know this till."), call, code
            )
        case "unknown_hub" | "certificate_refused":
            what = translate(
                "SyncWords", "What answers is not the central system this till trusts."
            )
            return Problem(what, call, code)
        case "other_chain" | "conflict":
            what = translate(
                "SyncWords", "The journal here and the one at the centre do not agree."
            )
            do = translate(
                "SyncWords", "Nothing is lost; a shift lead looks at the conflict desk."
            )
            return Problem(what, do, code)
        case "digest_differs":
            what = translate("SyncWords", "The sums of a day here and at the centre differ.")
            do = translate(
                "SyncWords", "The day is sent again by itself; look at the conflict desk."
            )
            return Problem(what, do, code)
        case _:
            return _catalogue(code)


def _catalogue(code: str) -> Problem | None:
    if code != "catalogue_damaged":
        return None
    return Problem(
        translate("SyncWords", "The catalogue that came down was damaged."),
        translate(
            "SyncWords", "Selling goes on with the one before; it is fetched again by itself."
        ),
        code,
    )
