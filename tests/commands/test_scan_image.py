"""`mostrador scan-image`, as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from pos.commands.scan_image import scan_image

PHOTOS = Path(__file__).parents[1] / "hardware" / "camera" / "photos"
PRODUCT = PHOTOS / "ean13-35.webp"
NOTHING = PHOTOS / "nothing-07.webp"

app = typer.Typer()
app.command("scan-image")(scan_image)
app.command("other")(lambda: None)


def run(*arguments: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["scan-image", *arguments])
    return result.exit_code, result.stdout.splitlines()


def test_each_file_is_one_line_of_json() -> None:
    exit_code, lines = run(str(PRODUCT), str(NOTHING), "--json")

    assert exit_code == 0
    assert [json.loads(line) for line in lines] == [
        {
            "file": str(PRODUCT),
            "codes": [
                {"text": "5030159003930", "format": "EAN-13", "decoder": "zxing-cpp+pyzbar"}
            ],
        },
        {"file": str(NOTHING), "codes": []},
    ]


def test_a_file_that_is_no_picture_is_an_error_of_that_file_only(tmp_path: Path) -> None:
    text = tmp_path / "list.txt"
    text.write_text("bread")

    exit_code, lines = run(str(text), str(PRODUCT), "--json")

    first, second = (json.loads(line) for line in lines)
    assert exit_code == 1
    assert first == {"file": str(text), "codes": [], "error": "is not a picture"}
    assert second["codes"][0]["text"] == "5030159003930"


def test_without_json_the_lines_are_for_people(tmp_path: Path) -> None:
    exit_code, lines = run(str(PHOTOS / "qrcode-7.webp"), str(NOTHING), str(tmp_path / "gone.png"))

    assert exit_code == 1
    assert lines[0].endswith("QR Code MEBKM:URL:http\\\\://en.wikipedia.org/wiki/Main_Page;;")
    assert lines[1].endswith("nothing-07.webp: no code")
    assert lines[2].endswith("gone.png: there is no such file")
