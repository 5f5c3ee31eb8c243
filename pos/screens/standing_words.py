"""What the hub says of this till, and a clock that is wrong, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.desk import DeskItem, ItemKind
from pos.domain.readiness import CLOCK_WRONG_MS
from pos.domain.standing import NoticeName, StandingNotice
from pos.screens import wording
from pos.screens.readiness.view_model import off_by
from pos.screens.watch import Watch

translate = QCoreApplication.translate

EPOCH_TOLD_FOR_MS = 24 * 60 * 60_000


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in words: a title, what to do, and the icon; the gravest come first."""

    title: str
    text: str
    icon: str = "alert"
    is_grave: bool = True

    @property
    def sentence(self) -> str:
        return f"{self.title} {self.text}"


def told(watch: Watch, till_number: int, now_ms: int) -> tuple[Told, ...]:
    """Return everything that must be said of the till itself, the gravest first."""
    order = {name: place for place, name in enumerate(NoticeName)}
    notices = sorted(watch.notices, key=lambda notice: order[notice.name])
    said = [_notice(notice, watch, till_number, now_ms) for notice in notices]
    if abs(watch.clock_error_ms) > CLOCK_WRONG_MS:
        said.append(_clock(watch.clock_error_ms))
    return tuple(each for each in said if each is not None)


def _notice(notice: StandingNotice, watch: Watch, number: int, now_ms: int) -> Told | None:
    match notice.name:
        case NoticeName.REVOKED:
            return Told(
                translate("Standing", "This till has been taken out of service."),
                translate(
                    "Standing",
                    "Since {when} nothing is sent any more; everything is kept here. Call the"
                    " person in charge of the system. No other shift can be opened.",
                ).format(when=wording.when(notice.since_ms, now_ms)),
            )
        case NoticeName.STOPPED:
            return Told(
                translate("Standing", "This is the copy of the till that was stopped."),
                translate(
                    "Standing",
                    "Since {when} nothing is sent any more; everything is kept here. Go on at"
                    " the other one. No other shift can be opened.",
                ).format(when=wording.when(notice.since_ms, now_ms)),
            )
        case NoticeName.CLONED:
            return _cloned(notice, watch)
        case NoticeName.COPIED:
            return Told(
                translate("Standing", "This folder was copied from another place."),
                translate(
                    "Standing",
                    "Selling goes on. If the other till is still in use, set this one up with"
                    " mostrador restore. If it was moved, this goes after a week by itself.",
                ),
                "users",
            )
        case NoticeName.EPOCH_MOVED:
            is_old = now_ms - notice.since_ms > EPOCH_TOLD_FOR_MS
            return None if is_old else _moved(notice.body, number)


def _cloned(notice: StandingNotice, watch: Watch) -> Told:
    title = translate("Standing", "There is another copy of this till.")
    found = next((item for item in watch.open_items if item.kind is ItemKind.TILL_CLONED), None)
    time = wording.clock(notice.since_ms)
    text = translate(
        "Standing", "Seen at {time}. Nothing is lost: look at item {number} of the conflict desk."
    )
    if found is None:
        text = translate(
            "Standing", "Seen at {time}. Nothing is lost: a shift lead looks at the conflict desk."
        )
        return Told(title, text.format(time=time), "users")
    return Told(title, text.format(time=time, number=short_number(found)), "users")


def _moved(body: Mapping[str, object], number: int) -> Told:
    series = str(body.get("series") or f"{number}.{body.get('epoch', '')}")
    title = translate("Standing", "This till goes on with the series {series}.")
    text = translate("Standing", "No number is given twice; there is nothing to do.")
    return Told(title.format(series=series), text, "info", is_grave=False)


def _clock(error_ms: int) -> Told:
    title = translate("Standing", "The clock of this till is {error}.").format(
        error=off_by(error_ms)
    )
    text = translate(
        "Standing", "Selling goes on and the order of sales stays right. A manager sets the clock."
    )
    return Told(title, text, "clock")


def short_number(item: DeskItem) -> str:
    """Return the end of an item's id, by which people name it."""
    return item.item_id[:4].upper()
