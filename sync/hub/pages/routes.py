"""The addresses of the pages below ``/desk``, as an application of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.hub.database import HubDatabase
from sync.hub.pages.approval_pages import ApprovalPages
from sync.hub.pages.desk_pages import DeskPages
from sync.hub.pages.door_pages import DoorPages
from sync.hub.pages.figure_pages import FigurePages
from sync.hub.pages.note_pages import NotePages
from sync.hub.pages.rendering import static_answer
from sync.hub.pages.serving import Clock, Desk
from sync.hub.pages.till_pages import TillPages
from sync.hub.pages.visit import Refused
from sync.hub.trust.authentication import DATABASE_AWAY

Handler = Callable[[Request, Exception], Awaitable[Response]]


def desk_pages(
    database: HubDatabase, clock: Clock, random_bytes: Callable[[int], bytes]
) -> Starlette:
    """Return the pages, to be mounted at ``/desk``.

    Args:
        database: The hub's.
        clock: For sessions, lock-outs and ages.
        random_bytes: For session tokens; must be unpredictable.
    """
    desk = Desk(database, clock, random_bytes)
    door, items = DoorPages(desk), DeskPages(desk)
    asked, tills = ApprovalPages(desk), TillPages(desk)
    refused: dict[type[Exception] | int, Handler] = {
        Refused: desk.refused,
        HTTPException: desk.refused,
        500: desk.refused,
        **dict.fromkeys(DATABASE_AWAY, desk.database_away),
    }
    get, post = ["GET"], ["POST"]
    return Starlette(
        routes=[
            Route("/", desk.page(items.index), methods=get),
            Route("/sign-in", desk.page(door.sign_in, is_open=True), methods=get),
            Route("/sign-in", desk.page(door.check_pin, is_open=True), methods=post),
            Route("/sign-out", desk.page(door.sign_out), methods=post),
            Route("/language/{language}", desk.page(door.language, is_open=True), methods=get),
            Route("/items/{item_id}", desk.page(items.item), methods=get),
            Route("/items/{item_id}/resolve", desk.page(items.resolve), methods=post),
            Route("/items/{item_id}/assign", desk.page(items.assign), methods=post),
            Route("/items/{item_id}/note", desk.page(items.note), methods=post),
            Route("/approvals", desk.page(asked.index), methods=get),
            Route("/approvals/{request_id}", desk.page(asked.decide), methods=post),
            Route("/counts", desk.page(asked.counts), methods=get),
            Route("/tills", desk.page(tills.index), methods=get),
            Route("/pickups", desk.page(FigurePages(desk).index), methods=get),
            Route("/notes", desk.page(NotePages(desk).index), methods=get),
            Route("/static/{content}/{name}", _static, methods=get),
        ],
        exception_handlers=refused,
    )


async def _static(request: Request) -> Response:
    answer = static_answer(request.path_params["name"])
    if answer is None:
        raise HTTPException(404)
    return answer
