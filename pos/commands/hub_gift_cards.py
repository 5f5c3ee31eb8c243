"""``mostrador hub gift-cards``: cards to sell, and what to do when one was lost."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import fail, print_json
from pos.system import SystemClock, Uuid7

MOST_AT_ONCE = 10_000
Code = Annotated[str, typer.Argument(help="Its code, as printed on it.")]

app = typer.Typer(help="Gift cards and store credit.", no_args_is_help=True)


@app.command("make")
def make(
    db: Db,
    shop: Annotated[str, typer.Option(help="Code of the shop that sells them.")] = "FUEN",
    count: Annotated[int, typer.Option(min=1, max=MOST_AT_ONCE, help="How many.")] = 1,
    amount: Annotated[
        int, typer.Option(min=0, help="Cents each is sold for; 0: what the customer wants.")
    ] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make gift cards: worth nothing until they are sold. Their codes cannot be shown again.

    Example: mostrador hub gift-cards make --count 100 --amount 2500 --db sqlite:///hub.db
    """
    from sync.hub.admin import NotKnown, get_setting
    from sync.hub.database import begin
    from sync.hub.value.making import make_gift_cards

    with open_hub(db) as engine, begin(engine) as connection:
        details = get_setting(connection, shop, "shop")
        if not isinstance(details, dict):
            raise NotKnown(f"no shop {shop}")
        codes = make_gift_cards(
            connection,
            shop,
            str(details["currency"]),
            count=count,
            face=amount,
            now_ms=SystemClock().now_ms(),
            random_bytes=secrets.token_bytes,
        )
    if json:
        print_json({"codes": list(codes)})
        return
    for code in codes:
        typer.echo(code)


@app.command("block")
def block(
    code: Code,
    db: Db,
    undo: Annotated[bool, typer.Option("--undo", help="Let it be used again.")] = False,
) -> None:
    """Let nobody pay with a card any more; what is set aside on it already is still paid.

    Example: mostrador hub gift-cards block MG:7K3QW0M2ZX9RB4THQ8 --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.value import accounts

    with open_hub(db) as engine, begin(engine) as connection:
        try:
            accounts.block(connection, _card(code), is_blocked=not undo)
        except accounts.NoSuchCard:
            fail("no such card")
    typer.echo("The card can be used again." if undo else "The card is blocked.")


@app.command("move")
def move(
    source: Code,
    target: Annotated[str, typer.Argument(help="Code of the card that gets it.")],
    db: Db,
    shop: Annotated[str, typer.Option(help="Code of the shop that does it.")] = "FUEN",
) -> None:
    """Move all that is free on a card to another.

    Example: mostrador hub gift-cards move MG:… MG:… --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.value import accounts, loading
    from sync.hub.value.ledger import NotEnough

    with open_hub(db) as engine, begin(engine) as connection:
        try:
            amount = loading.transfer(
                connection,
                Uuid7().new(),
                _card(source),
                _card(target),
                shop=shop,
                now_ms=SystemClock().now_ms(),
            )
        except accounts.NoSuchCard:
            fail("no such card")
        except NotEnough:
            fail("not to this card: it is the same, or of another currency")
    typer.echo(f"{amount} cents moved.")


def _card(code: str) -> str:
    """Return what a card is known by; what is no code ends the command."""
    from pos.domain.scan_codes import StoredValueScan, read_own_code
    from pos.domain.stored_value import card_id

    read = read_own_code(code)
    if not isinstance(read, StoredValueScan):
        fail("no code of a card: it was mistyped")
    return card_id(read.code)
