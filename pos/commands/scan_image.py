"""`mostrador scan-image`: the codes in picture files, as the till's camera would read them."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from hardware.camera.decoder import StillDecoder


def scan_image(
    files: Annotated[list[Path], typer.Argument(help="Pictures: PNG, JPEG, WebP…")],
    json: Annotated[  # the option's name
        bool, typer.Option("--json", help="One JSON object per line and file.")
    ] = False,
) -> None:
    """Read the barcodes in pictures.

    Prints what the camera of the till would read: EAN and UPC, Code 128, GS1-128, DataBar,
    QR, DataMatrix. A file that is no picture is an error of that file only; the exit code is
    then 1.

    Example: mostrador scan-image shelf.jpg receipt.png --json
    """
    from hardware.camera.decoder import StillDecoder, load_pyzbar

    decoder = StillDecoder(load_pyzbar())
    results = []
    for file in files:
        result = _result(decoder, file)
        results.append(result)
        typer.echo(json_format.dumps(result, ensure_ascii=False) if json else _line(result))
    if any("error" in result for result in results):
        raise typer.Exit(1)


def _result(decoder: StillDecoder, file: Path) -> dict[str, Any]:
    from hardware.camera.picture import NotAPicture, open_grey

    try:
        picture = open_grey(file)
    except NotAPicture as error:
        return {"file": str(file), "codes": [], "error": str(error)}
    codes = [
        {"text": code.text, "format": code.format, "decoder": "+".join(code.decoders)}
        for code in decoder.read(picture)
    ]
    return {"file": str(file), "codes": codes}


def _line(result: dict[str, Any]) -> str:
    if "error" in result:
        return f"{result['file']}: {result['error']}"
    found = [f"{code['format']} {_visible(code['text'])}" for code in result["codes"]]
    return f"{result['file']}: {', '.join(found) or 'no code'}"


def _visible(text: str) -> str:
    """Return text for a terminal, control characters escaped as JSON does."""
    return json_format.dumps(text, ensure_ascii=False)[1:-1]
