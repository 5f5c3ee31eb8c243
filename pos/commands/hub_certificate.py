"""``mostrador hub certificate``: what a hub needs that other machines reach."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pos.commands.hub_database import Db, open_hub


def certificate(
    db: Db,
    out: Annotated[Path, typer.Option(help="Folder for the files; for its owner alone.")],
    host: Annotated[
        list[str], typer.Option(help="Name or address of the hub as tills reach it; repeat it.")
    ],
) -> None:
    """Make a certificate for the hub, from an authority of its own that tills learn of.

    Done again in the same folder it renews the certificate, and tills need no visit. Tills that
    were enrolled before there was an authority must be enrolled again.

    Example: mostrador hub certificate --host hub.tienda.lan --host 192.168.1.10 --out tls
    --db postgresql://mostrador@localhost/mostrador
    """
    from sync.hub.trust.certificate import end_of, make_certificate, read_certificate
    from sync.hub.trust.keys import store_authority

    with open_hub(db) as engine:
        files = make_certificate(out, host, datetime.now(UTC))
        store_authority(engine, files.ca.read_text(encoding="ascii"))
    ends = datetime.fromtimestamp(end_of(read_certificate(files.certificate)) / 1000, UTC)
    typer.echo(f"Good until {ends:%Y-%m-%d}. Start the hub with it:")
    typer.echo(f"  mostrador hub --tls-cert {files.certificate} --tls-key {files.key} …")
    typer.echo(f"Keep {files.ca_key} where nobody else finds it: it makes the next one.")
