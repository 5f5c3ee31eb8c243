"""Somebody else takes over at the counter by scanning a badge; the ticket stays."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.services import sign_in


def take_over(counter: Counter, navigator: Navigator, badge: str) -> str:
    """Sign the holder of a badge on; return why not, or nothing."""
    station = counter.station
    member = sign_in.badge_holder(station, badge)
    if member is None:
        return QCoreApplication.translate("Sale", "Nobody here has this badge")
    if member.staff_id == counter.sign_on.operator.staff_id:
        return QCoreApplication.translate("Sale", "You are signed in already")
    signed_on = attempt(
        counter, navigator, lambda: sign_in.sign_on(station, member, method="badge")
    )
    if signed_on is not None:
        counter.devices.sounds.play(Sound.ACCEPTED)
        counter.work_as(signed_on)
    return ""
