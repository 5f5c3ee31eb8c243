"""The page with what customers ask for."""

from __future__ import annotations

import re

from pos.domain.journal import FactKind
from pos.domain.product_note import NoteKind, product_note
from sync.hub.care.product_notes import SHOWN_MS
from sync.hub.database import HubDatabase
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import push
from tests.sync.hub.pages.conftest import Browser
from tests.sync.serving import FixedClock

COMPLAINT, WISH = NoteKind.COMPLAINT, NoteKind.WISH


def noted(database: HubDatabase, till: str, *said: tuple[NoteKind, str, str, str]) -> None:
    enrolled(database, till)
    journal = TillJournal(till)
    for kind, sku, name, text in said:
        note = product_note(kind, sku=sku, name=name, text=text)
        journal.append(FactKind.PRODUCT_NOTED, note.body("ana"))
    push(database, journal.facts)


def test_a_shop_reads_what_its_own_customers_asked_for_lately(
    marta: Browser, people: HubDatabase, at_ms: FixedClock
) -> None:
    noted(
        people,
        "FUEN-1",
        (COMPLAINT, "cup", "Taza <i>Roja</i>", "El asa <script>quema</script>"),
        (COMPLAINT, "cup", "Taza <i>Roja</i>", ""),
        (WISH, "", "", "Una tetera verde"),
    )
    noted(people, "GOYA-1", (COMPLAINT, "oil", "Aceite", "Amarga"))

    page = marta.get("/desk/notes").text

    assert "Taza &lt;i&gt;Roja&lt;/i&gt;<small>cup</small></th><td>–</td><td>2</td>" in page
    assert "No lo tenemos<small></small></th><td>1</td>" in page
    assert page.index("Una tetera verde") < page.index("El asa &lt;script&gt;quema")
    assert "Aceite" not in page
    assert re.findall(r"<script(?! src=\"/desk/static/)|\sstyle=", page) == []
    at_ms.at_ms = T0 + SHOWN_MS + 60_000
    marta.sign_in()
    assert "Todavía nadie ha pedido nada" in marta.get("/desk/notes").text


def test_nobody_reads_it_without_signing_in(browser: Browser) -> None:
    answer = browser.get("/desk/notes")

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
