"""Receipts and reports, line by line, as they are to be read.

`REGENERATE_GOLDEN=1 pytest tests/receipts/test_golden.py` writes the files anew; read the
difference before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hardware.receipt_printer.document import Document
from hardware.receipt_printer.layout import plain_text
from pos.domain.printing import PrintKind
from pos.receipts.layouts import Layouts
from tests.receipts import examples, order_examples, return_examples

GOLDEN = Path(__file__).parent / "golden"
PAPERS: dict[str, Callable[[Layouts], Document]] = {
    "original": lambda layouts: layouts.sale(examples.full_sale(), PrintKind.ORIGINAL),
    "promoted": lambda layouts: layouts.sale(examples.promoted_sale(), PrintKind.ORIGINAL),
    "duplicate": lambda layouts: layouts.sale(
        examples.fiscal_sale(), PrintKind.DUPLICATE, at_ms=examples.REPRINTED_MS, copy=2
    ),
    "found": lambda layouts: layouts.found_copy(
        examples.full_sale(), examples.OTHER_SHOP, at_ms=examples.REPRINTED_MS
    ),
    "gift": lambda layouts: layouts.sale(examples.full_sale(), PrintKind.GIFT),
    "x": lambda layouts: layouts.report(examples.report(is_closed=False)),
    "z": lambda layouts: layouts.report(examples.report(is_closed=True)),
    "z-returns": lambda layouts: layouts.report(examples.report_with_returns()),
    "movement": lambda layouts: layouts.movement(examples.movements()[0], "Ana Gil"),
    "parked": lambda layouts: layouts.parked(examples.parked_ticket()),
    "pick": lambda layouts: layouts.pick_list(
        (order_examples.placed(),), at_ms=examples.AFTERNOON_MS
    ),
    "picks": lambda layouts: layouts.pick_list(
        (order_examples.placed(), order_examples.second()),
        at_ms=examples.AFTERNOON_MS,
    ),
    "collected": lambda layouts: layouts.collected(order_examples.collected()),
    "collected-paid": lambda layouts: layouts.collected(
        order_examples.paid_here(), examples.REPRINT
    ),
    "return": lambda layouts: layouts.taken_back(return_examples.in_cash()),
    "return-mixed": lambda layouts: layouts.taken_back(
        return_examples.mixed(), codes={"f-3": return_examples.CREDIT_CODE}
    ),
    "return-copy": lambda layouts: layouts.taken_back(return_examples.stamped(), examples.REPRINT),
    "return-offline": lambda layouts: layouts.taken_back(return_examples.offline()),
    "return-gift": lambda layouts: layouts.taken_back(return_examples.gift()),
    "return-goodwill": lambda layouts: layouts.taken_back(
        return_examples.goodwill(), codes={"f-7": return_examples.GIFT_CODE}
    ),
    "reissue": lambda layouts: layouts.paid_again(return_examples.paid_again(), "Ana Gil"),
    "z-paid-again": lambda layouts: layouts.report(examples.report_with_reissues()),
    "bins": lambda layouts: layouts.bins(return_examples.mixed()),
}


def compare(name: str, text: str) -> None:
    """Hold a text against the file of that name."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("REGENERATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("columns", [48, 42, 32])
def test_a_paper_reads_as_agreed(paper: str, language: str, columns: int) -> None:
    document = PAPERS[paper](Layouts(examples.paper(columns, language)))

    compare(f"{paper}-{columns}-{language}", plain_text(document))


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_mailed_receipt_reads_as_agreed(language: str) -> None:
    layouts = Layouts(examples.paper(48, language))

    text = layouts.text(layouts.sale(examples.fiscal_sale(), PrintKind.ORIGINAL))

    compare(f"mail-{language}", text)
