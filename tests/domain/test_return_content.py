"""What hub and till tell each other of returns is read as it was written, or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pos.domain.journal import canonical_json
from pos.domain.quantity import THOUSAND
from pos.domain.return_content import UnreadableReturn, read_return, return_body
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means
from pos.domain.return_purchase_content import ledger_content, read_ledger
from pos.domain.returns import (
    ExtraKind,
    Refund,
    Return,
    ReturnExtra,
    ReturnFlag,
    returned_parts,
)
from pos.domain.staff import Act, Approval, Capability
from tests.builders import REDUCED, STANDARD, eur
from tests.return_builders import bought_line, return_document, return_lines, web_purchase


def _ledger() -> Ledger:
    lines = (
        bought_line(1, 2, 41_96, promotion=eur(2_99), serials=("A", "B"), department="hogar"),
        bought_line(2, 1, 19_95, tax_rate=REDUCED, gtin=None),
    )
    return ledger_of(web_purchase(*lines, customer_id="c-1", customer_name="Irene Salas"), ())


def _document(ledger: Ledger) -> Return:
    reference = ledger.purchase.reference
    lines = return_lines(ledger, (1, THOUSAND), serials=("A",), note="sin etiqueta")
    extras = (ReturnExtra(ExtraKind.GOODWILL, reference, eur(1_00), STANDARD, "retraso"),)
    document = return_document(ledger, lines, extras)
    swap = Refund("r-1", reference, Means.EXCHANGE, document.total, "x-1", "",
                  origin=(Means.WEB, "pay-1"))  # fmt: skip
    approval = Approval(Act(Capability.REPRINT), "ana", "hugo", "la conozco", "ap-1", 7)
    return replace(
        document, refunds=(swap,), approvals=(approval,), flags=frozenset(ReturnFlag),
        customer_id="c-1", exchange_id="x-1", source="psd:C1",
    )  # fmt: skip


def _told(content: object) -> Any:
    return json.loads(canonical_json(content))  # type: ignore[arg-type]


def test_a_return_is_read_as_it_was_recorded() -> None:
    document = _document(_ledger())

    assert read_return(_told(return_body(document))) == document


def test_a_purchase_and_its_returns_are_read_as_they_were_told() -> None:
    ledger = _ledger()
    after = ledger_of(ledger.purchase, returned_parts(_document(ledger)))

    assert read_ledger(_told(ledger_content(after))) == after
    unsent = replace(ledger.purchase, handed_over_at_ms=None)
    assert read_ledger(_told(ledger_content(ledger_of(unsent, ())))).purchase == unsent


def _spots(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = (
        content.items()
        if isinstance(content, dict)
        else enumerate(content)
        if isinstance(content, list)
        else ()
    )
    found = [path] if path else []
    return found + [spot for key, value in inner for spot in _spots(value, (*path, key))]


def _with(content: Any, path: tuple[Any, ...], value: object) -> Any:
    changed = json.loads(json.dumps(content))
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


RETURN = _told(return_body(_document(_ledger())))
LEDGER = _told(ledger_content(ledger_of(_ledger().purchase, returned_parts(_document(_ledger())))))


def _taken(read: Callable[[object], object], content: Any, value: object) -> list[str]:
    """The spots of a content where a value that cannot be was taken all the same."""
    taken = []
    for path in _spots(content):
        try:
            read(_with(content, path, value))
        except UnreadableReturn:
            continue
        taken.append(".".join(map(str, path)))
    return taken


@pytest.mark.parametrize("value", [3.5, {"a": 1}, -1, [None]])
def test_a_return_with_anything_that_cannot_be_is_refused(value: object) -> None:
    # The number is told for people; the series and the sequence are what counts.
    assert _taken(read_return, RETURN, value) == ["number"]


@pytest.mark.parametrize("value", [3.5, {"a": 1}, -1])
def test_a_purchase_with_anything_that_cannot_be_is_refused(value: object) -> None:
    assert _taken(read_ledger, LEDGER, value) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("refunds", 0, "amount"), 1),
        (("tax", 0, "base"), 1),
        (("currency",), "euro"),
        (("lines", 0, "quantity"), 500),
        (("approvals", 0, "approved_by"), "ana"),
        (("refunds", 0, "reference"), "two words"),
    ],
)
def test_a_return_that_does_not_add_up_is_refused(path: tuple[Any, ...], value: object) -> None:
    with pytest.raises(UnreadableReturn):
        read_return(_with(RETURN, path, value))


@pytest.mark.parametrize("content", [None, [], "x", {}])
def test_what_is_no_return_is_refused(content: object) -> None:
    with pytest.raises(UnreadableReturn):
        read_return(content)
    with pytest.raises(UnreadableReturn):
        read_ledger(content)
