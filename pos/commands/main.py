"""The command ``mostrador``: each command lives in a file of its own."""

from __future__ import annotations

import typer

from pos.commands import (
    agent,
    backup,
    catalogue,
    demo,
    doctor,
    hub,
    init,
    replay,
    restore,
    scan_image,
    screenshots,
    shop,
    till,
    verify,
)

app = typer.Typer(
    name="mostrador",
    help="The till of a shop whose customers also buy online.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("demo")(demo.demo)
app.command("till")(till.till)
app.add_typer(hub.app, name="hub")
app.command("agent")(agent.agent)
app.command("init")(init.init)
app.add_typer(shop.app, name="shop")
app.add_typer(catalogue.app, name="catalogue")
app.command("replay")(replay.replay)
app.command("verify")(verify.verify)
app.add_typer(backup.app, name="backup")
app.command("restore")(restore.restore)
app.command("scan-image")(scan_image.scan_image)
app.command("screenshots")(screenshots.screenshots)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
