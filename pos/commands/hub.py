"""``mostrador hub``: the hub of a shop or a chain, and what its office asks of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands import (
    hub_certificate,
    hub_customers,
    hub_demo_order,
    hub_gift_cards,
    hub_mail,
    hub_payments,
    hub_promotions,
    hub_revoke,
    hub_shop_key,
    hub_status,
    hub_till_code,
)
from pos.commands.output import environment_errors, fail

if TYPE_CHECKING:
    from sync.messages.port import Messenger

app = typer.Typer(invoke_without_command=True)
app.command("till-code")(hub_till_code.till_code)
app.command("revoke")(hub_revoke.revoke)
app.command("certificate")(hub_certificate.certificate)
app.command("shop-key")(hub_shop_key.shop_key)
app.command("demo-order")(hub_demo_order.demo_order)
app.command("status")(hub_status.status)
app.add_typer(hub_gift_cards.app, name="gift-cards")
app.add_typer(hub_customers.app, name="customer")
app.command("payments-simulator")(hub_payments.payments_simulator)
app.add_typer(hub_promotions.promotions_app, name="promotions")
app.add_typer(hub_promotions.coupons_app, name="coupons")


@app.callback()
def hub(
    context: typer.Context,
    db: Annotated[
        str,
        typer.Option(help="postgresql://user@host/name for a shop, sqlite:///FILE for one till."),
    ] = "",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.")] = 8480,
    tls_cert: Annotated[
        Path | None, typer.Option(help="Certificate (PEM): needed where others reach the hub.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key (PEM).")] = None,
    tls_ca: Annotated[
        Path | None, typer.Option(help="Its authority (PEM), when no command of ours made it.")
    ] = None,
    payments: Annotated[
        str, typer.Option(help="URL of the payment provider of online orders.")
    ] = "",
    storefront: Annotated[
        bool, typer.Option("--storefront", help="Show the demonstration web shop at /store.")
    ] = False,
    mail: Annotated[
        Path | None,
        typer.Option(help='TOML file: kind = "smtp", host, port, security, user, password.'),
    ] = None,
    outgoing: Annotated[
        Path | None,
        typer.Option(help="Folder for e-mails to customers when no mail server is named."),
    ] = None,
) -> None:
    """Run the hub: it takes what the tills tell and gives them products, prices and staff.

    Prints where it listens once it is ready. Tills go on selling while it is away. Beyond this
    machine it answers over HTTPS alone (see `mostrador hub certificate`).

    Example: mostrador hub --db sqlite:///hub.db --port 8480
    """
    if context.invoked_subcommand is not None:
        return
    if not db:
        fail("which database? --db postgresql://user@host/name or --db sqlite:///FILE")
    if bool(tls_cert) != bool(tls_key):
        fail("--tls-cert and --tls-key belong together")
    tls = (tls_cert, tls_key, tls_ca) if tls_cert and tls_key else None
    messenger = hub_mail.messenger_for(db, mail, outgoing)
    _run(
        db,
        host,
        port,
        tls,
        payments_url=payments,
        has_storefront=storefront,
        messenger=messenger,
    )


def _run(
    db: str,
    host: str,
    port: int,
    tls: tuple[Path, Path, Path | None] | None,
    *,
    payments_url: str,
    has_storefront: bool,
    messenger: Messenger,
) -> None:
    """Serve until told to end; what cannot be is said in a line."""
    from sqlalchemy.exc import ArgumentError, OperationalError

    from sync.hub.database import NotAHubUrl
    from sync.hub.main import Tls, run

    with environment_errors():
        try:
            run(
                db,
                host,
                port,
                tls=Tls(*tls) if tls else None,
                payments_url=payments_url,
                has_storefront=has_storefront,
                messenger=messenger,
            )
        except (ArgumentError, NotAHubUrl):
            fail(f"--db {db!r}: postgresql://user@host/name or sqlite:///FILE")
        except OperationalError as error:
            fail(f"the database does not answer: {error.orig}")
