"""The pages of the conflict desk: the list, an item, and what is done with it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection
from starlette.responses import Response

from pos.domain.free_text import LooksLikeCardNumber, checked_text
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.desk import ActOutcome, DeskAct
from sync.hub.conflicts.desk_items import history as history_of
from sync.hub.counter import approvals
from sync.hub.pages.item_views import done_with, item_view
from sync.hub.pages.rendering import page, see
from sync.hub.pages.serving import Desk
from sync.hub.pages.sign_in import shop_details
from sync.hub.pages.visit import Refused, Visit
from sync.hub.people import names_in
from sync.hub.running import status
from sync.wire.v1.base import MAX_FEED_ITEMS
from sync.wire.v1.desk import MAX_NOTE, DeskItem, ItemState, Resolution

SHOWN = ("open", "mine", "resolved")
ID_BYTES = 16
LATEST_RESOLVED = 50


class DeskPages:
    """Shows items and takes what people decide about them."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def index(self, visit: Visit) -> Response:
        """Show the items that wait, what moves most money first."""
        return self._page(visit, None)

    def item(self, visit: Visit) -> Response:
        """Show one item with both sides' facts."""
        return self._page(visit, visit.parameters["item_id"])

    def resolve(self, visit: Visit) -> Response:
        """Take a decision; who comes second is told so."""
        try:
            resolution = Resolution(visit.form.get("resolution", ""))
        except ValueError as error:
            raise Refused(422, "not_possible") from error
        return self._done(visit, desk.resolve, replace(_act(visit), resolution=resolution))

    def assign(self, visit: Visit) -> Response:
        """Make the visitor the one who looks after an item, or nobody."""
        owner = "" if visit.form.get("owner") == "nobody" else visit.session.member.staff_id
        return self._done(visit, desk.assign, replace(_act(visit), owner=owner, note=""))

    def note(self, visit: Visit) -> Response:
        """Keep what the visitor wrote."""
        act = _act(visit)
        if not act.note:
            return see(f"/desk/items/{act.item_id}?done=nothing_written")
        return self._done(visit, desk.note, act)

    def _page(self, visit: Visit, item_id: str | None) -> Response:
        session = visit.session
        shown = visit.query.get("show", SHOWN[0])
        shown = shown if shown in SHOWN else SHOWN[0]
        with self._desk.database.reading() as connection:
            names = names_in(connection, session.shop)
            shops = {c: str(said["name"]) for c, said in shop_details(connection).items()}
            waiting = desk_items.items(
                connection, [session.shop], ItemState.OPEN, limit=MAX_FEED_ITEMS
            )
            listed = _listed(shown, waiting, session.member.staff_id)
            if shown == "resolved":
                listed = desk_items.items(
                    connection, [session.shop], ItemState.RESOLVED, limit=LATEST_RESOLVED
                )
            chosen = desk_items.item(connection, session.shop, item_id) if item_id else None
            if item_id and chosen is None:
                raise Refused(404, "no_item")
            selected = chosen or (listed[0] if listed else None)
            history = history_of(connection, selected.item_id) if selected else ()
            asked = approvals.count_waiting(connection, session.shop, visit.now_ms)
        mine = sum(item.owner == session.member.staff_id for item in waiting)
        return page(
            visit,
            "desk.html",
            tab="desk",
            shown=shown,
            counts={"open": len(waiting), "mine": mine, "approvals": asked},
            items=[item_view(item, visit.words, names, shops, visit.now_ms) for item in listed],
            selected=item_view(selected, visit.words, names, shops, visit.now_ms)
            if selected
            else None,
            is_chosen=chosen is not None,
            history=done_with(history, visit.words, names),
            done=_known_word(visit),
            op_id=self._desk.random_bytes(ID_BYTES).hex(),
            max_note=MAX_NOTE,
        )

    def _done(self, visit: Visit, verb: desk.Verb, act: DeskAct) -> Response:
        with self._desk.database.transaction() as connection:
            outcome = verb(connection, act)
        if outcome is ActOutcome.UNKNOWN_ITEM:
            raise Refused(404, "no_item")
        if outcome is ActOutcome.NOT_POSSIBLE:
            raise Refused(422, "not_possible")
        word = verb.__name__ if outcome is ActOutcome.APPLIED else outcome.value
        return see(f"/desk/items/{act.item_id}?done={word}")


def count_open(connection: Connection, shop: str) -> int:
    """Return how many items of a shop are open."""
    counts = status.open_items(connection)
    return sum(count for (of, _), count in counts.items() if of == shop)


def _listed(shown: str, waiting: tuple[DeskItem, ...], staff_id: str) -> tuple[DeskItem, ...]:
    if shown == "mine":
        return tuple(item for item in waiting if item.owner == staff_id)
    return waiting


def _known_word(visit: Visit) -> str:
    """Return which of our own messages to show; anything else in the address is nothing."""
    word = visit.query.get("done", "")
    return word if visit.words.has(f"message.{word}") else ""


def _act(visit: Visit) -> DeskAct:
    """Return what a form asks for, by whoever is signed in.

    Raises:
        Refused: The form is none of ours, or the note looks like the number of a card.
    """
    op_id = visit.form.get("op_id", "")
    if len(op_id) != 2 * ID_BYTES or not op_id.isascii() or not op_id.isalnum():
        raise Refused(422, "not_a_form")
    try:
        text = checked_text(visit.form.get("note", "").strip(), MAX_NOTE)
    except LooksLikeCardNumber as error:
        raise Refused(422, "card_number") from error
    return DeskAct(
        op_id=op_id,
        item_id=visit.parameters["item_id"],
        staff_id=visit.session.member.staff_id,
        shop=visit.session.shop,
        place=desk.AT_THE_HUB,
        at_ms=visit.now_ms,
        note=text,
    )
