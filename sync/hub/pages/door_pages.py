"""Signing in and out of the pages, and choosing their language."""

from __future__ import annotations

from starlette.responses import Response

from sync.hub.pages import sessions
from sync.hub.pages.rendering import page, see
from sync.hub.pages.serving import SIGN_IN, Desk, keep_cookie
from sync.hub.pages.sign_in import Accepted, Locked, ShopAtDoor, Wrong, check, shops_at_door
from sync.hub.pages.visit import LANGUAGE_COOKIE, SESSION_COOKIE, Refused, Visit
from sync.hub.pages.wording import LANGUAGES

A_YEAR_S = 365 * 24 * 3600


class DoorPages:
    """Shop, person, PIN."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def sign_in(self, visit: Visit) -> Response:
        """Ask for what is not chosen yet."""
        if visit.signed_in is not None:
            return see("/desk/")
        return self._ask(visit, visit.query.get("shop", ""), visit.query.get("person", ""))

    def check_pin(self, visit: Visit) -> Response:
        """Sign somebody in whose PIN is right."""
        shop, person = visit.form.get("shop", ""), visit.form.get("person", "")
        pin = visit.form.get("pin", "")
        match check(self._desk.database, shop, person, pin, visit.now_ms):
            case Accepted(staff_id):
                with self._desk.database.transaction() as connection:
                    if visit.signed_in is not None:
                        sessions.end(connection, visit.signed_in)
                    token = sessions.begin(
                        connection, shop, staff_id, visit.now_ms, self._desk.random_bytes
                    )
                answer: Response = see("/desk/")
                keep_cookie(visit, answer, SESSION_COOKIE, token, sessions.LONGEST_MS // 1000)
                return answer
            case Wrong():
                return self._ask(visit, shop, person, wrong=True)
            case Locked(until_ms):
                return self._ask(visit, shop, person, locked_until_ms=until_ms)

    def sign_out(self, visit: Visit) -> Response:
        """End the session here and at the hub."""
        with self._desk.database.transaction() as connection:
            sessions.end(connection, visit.session)
        answer = see(SIGN_IN)
        answer.delete_cookie(SESSION_COOKIE, path="/desk")
        return answer

    def language(self, visit: Visit) -> Response:
        """Switch the language and go back to where the visitor was."""
        wanted = visit.parameters["language"]
        if wanted not in LANGUAGES:
            raise Refused(404, "not_found")
        answer = see(_back(visit.query.get("to", "")))
        keep_cookie(visit, answer, LANGUAGE_COOKIE, wanted, A_YEAR_S)
        return answer

    def _ask(
        self,
        visit: Visit,
        shop: str,
        person: str,
        *,
        wrong: bool = False,
        locked_until_ms: int = 0,
    ) -> Response:
        with self._desk.database.reading() as connection:
            shops = shops_at_door(connection)
        chosen = _chosen(shops, shop)
        people = chosen.people if chosen else ()
        return page(
            visit,
            "sign_in.html",
            status=403 if wrong else 429 if locked_until_ms else 200,
            shops=shops,
            shop=chosen,
            person=next((each for each in people if each.staff_id == person), None),
            wrong=wrong,
            wait_s=max(0, -(-(locked_until_ms - visit.now_ms) // 1000)),
        )


def _chosen(shops: tuple[ShopAtDoor, ...], code: str) -> ShopAtDoor | None:
    if len(shops) == 1:
        return shops[0]
    return next((each for each in shops if each.code == code), None)


def _back(address: str) -> str:
    """Return an address of our own pages; an address elsewhere leads nowhere."""
    is_ours = address.startswith("/desk/") and "\\" not in address and "//" not in address
    return address if is_ours and address.isprintable() else "/desk/"
