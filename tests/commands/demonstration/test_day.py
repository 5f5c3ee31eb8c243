"""A day at the counter, then two tills of the shop, through real windows on virtual displays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from PIL import Image

from pos.commands.demonstration.display import HEIGHT, WIDTH
from pos.commands.demonstration.headless import play

TOOLS = ("Xvfb", "openbox", "xdotool")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]


@pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
@pytest.mark.timeout(900)
def test_a_day_is_sold_and_two_tills_get_through_what_can_happen_to_them(tmp_path: Path) -> None:
    report = play(tmp_path / "out", None)

    written = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    receipts = sorted((tmp_path / "out" / "receipts").glob("*.txt"))
    texts = [receipt.read_text(encoding="utf-8") for receipt in receipts]
    assert report.faults == []
    assert report.tickets >= 30
    assert report.hub_agrees
    assert written["good"]
    assert written["tickets"] == report.tickets
    assert {"cash", "card"} <= set(report.by_tender)
    assert len(receipts) == report.receipts >= report.tickets
    assert sum("DUPLICADO" in text for text in texts) == 1
    assert sum("TICKET REGALO" in text for text in texts) == 1
    assert [(till.name, till.violations) for till in report.tills] == [
        ("FUEN-2 till-restored", []),
        ("FUEN-1 till-1", []),
        ("FUEN-1 till-1-copy", []),
    ]
    assert report.figures["restored"]["fetched"] > 0
    assert all(till.explained for till in report.tills[1:])
    assert (tmp_path / "out" / "pages" / "cloned-decided.html").exists()
    for picture in (tmp_path / "out" / "screens").glob("*.png"):
        with Image.open(picture) as screen:
            assert screen.size == (WIDTH, HEIGHT)
