"""Photographs of barcodes read right and wrong, and camera frames a second."""

from __future__ import annotations

from typing import Any

from tests.bench import camera
from tests.bench.measures import Context
from tests.bench.report import Row

LEAST_FRAMES = 15
OURS, UNION, ZXING, ZBAR = (
    "Mostrador",
    "union of both",
    "zxing-cpp, defaults",
    "pyzbar, defaults",
)


def measure(context: Context) -> list[Row]:
    """Read the real photographs when they are at hand, else those of the tests."""
    photos = context.material("barcode_photos")
    found = camera.run(photos)
    hits = {name: _sum(kinds) for name, kinds in found["hits"].items()}
    ours, both = hits[OURS], hits.get(UNION, hits[ZXING])
    fewest_wrong = min(hits[name]["wrong"] for name in (ZXING, ZBAR) if name in hits)
    is_reached = ours["right"] >= both["right"] and ours["wrong"] < max(fewest_wrong, 1)
    where = "the photographs of the tests" if photos is None else "the barcode photographs"
    rows = [
        Row(
            f"codes read on {where}",
            "≥ the union of zxing-cpp and pyzbar, fewer wrong than either",
            f"{ours['right']} right, {ours['wrong']} wrong, {ours['missing']} not read",
            f"union: {both['right']} right, {both['wrong']} wrong",
            reached=is_reached,
            notes=tuple(_by_folder(found["hits"])),
        )
    ]
    for view, speeds in found["milliseconds_per_frame"].items():
        live = speeds["Mostrador, live"]
        limit = speeds.get("pyzbar, defaults", speeds["zxing-cpp, defaults"])
        rows.append(
            Row(
                f"camera frames of 1280×720, {view}",
                f"≥ {LEAST_FRAMES} frames/s",
                f"{live['frames_per_s']} frames/s, {live['mean']} ms each",
                f"pyzbar alone {limit['mean']} ms",
                f"{live['mean'] / limit['mean']:.1f} ×",
                live["frames_per_s"] >= LEAST_FRAMES,
            )
        )
    return rows


def _sum(kinds: dict[str, dict[str, int]]) -> dict[str, int]:
    return {
        what: sum(counts[what] for counts in kinds.values())
        for what in ("right", "wrong", "missing")
    }


def _by_folder(hits: dict[str, Any]) -> list[str]:
    """Return a line per folder: what each decoder read right and wrong there."""
    return [
        f"{kind}: "
        + "; ".join(
            f"{name} {counts[kind]['right']} right, {counts[kind]['wrong']} wrong,"
            f" {counts[kind]['missing']} not read"
            for name, counts in hits.items()
        )
        for kind in hits[OURS]
    ]
