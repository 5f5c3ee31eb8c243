"""``mostrador shop``: shops, people and stock at the hub."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.commands.hub_database import open_hub
from pos.commands.output import environment_errors, fail
from pos.commands.shop_rules import NotRules, Rules, read_rules
from pos.domain.staff import Role
from pos.system import SystemClock

app = typer.Typer(help="Shops and their people at the hub.", no_args_is_help=True)

Db = Annotated[str, typer.Option(help="Database of the hub (see `mostrador hub --help`).")]


@app.command("add")
def add(
    code: Annotated[str, typer.Argument(help="2 to 12 capital letters or digits, e.g. FUEN.")],
    db: Db,
    name: Annotated[str, typer.Option(help="Name as customers know it.")],
    country: Annotated[str, typer.Option(help="ISO country: ES, MX, GB.")] = "ES",
    legal_name: Annotated[str, typer.Option(help="Name of the company.")] = "",
    tax_id: Annotated[str, typer.Option(help="NIF, RFC or VAT number.")] = "",
    address: Annotated[list[str] | None, typer.Option(help="A line; repeat it.")] = None,
    time_zone: Annotated[str, typer.Option(help="IANA name.")] = "Europe/Madrid",
) -> None:
    """Add a shop, or change what its receipts say of it.

    Example: mostrador shop add FUEN --name "Nogal Fuencarral" --db sqlite:///hub.db
    """
    from pos.country import UnknownCountry, load_country
    from sync.hub import admin

    try:
        currency = load_country(country).currency
    except UnknownCountry:
        fail(f"no country {country}")
    with open_hub(db) as engine:
        admin.add_shop(
            engine,
            code,
            name=name,
            currency=currency,
            country=country,
            now_ms=SystemClock().now_ms(),
            details={
                "legal_name": legal_name,
                "tax_id": tax_id,
                "address_lines": address or [],
                "time_zone": time_zone,
            },
        )
    typer.echo(f"Shop {code} is at the hub.")


@app.command("staff")
def staff(
    code: Annotated[str, typer.Argument(help="Code of the shop.")],
    staff_id: Annotated[str, typer.Argument(help="Short name, e.g. lucia.")],
    db: Db,
    name: Annotated[str, typer.Option(help="Name as the till shows it.")],
    role: Annotated[Role, typer.Option(help="What the person may do.")] = Role.CASHIER,
    pin: Annotated[
        str, typer.Option(prompt=True, hide_input=True, help="4 to 8 digits; asked when left out.")
    ] = "",
    badge: Annotated[str, typer.Option(help="Token on the staff badge.")] = "",
    leaves: Annotated[
        bool, typer.Option("--leaves", help="The person works here no more.")
    ] = False,
) -> None:
    """Add a person, change name, role, PIN or badge, or take the person off the tills.

    Example: mostrador shop staff FUEN lucia --name "Lucía Romero" --db sqlite:///hub.db
    """
    from sync.hub import admin

    with open_hub(db) as engine:
        admin.add_staff(
            engine,
            code,
            staff_id=staff_id,
            name=name,
            role=role,
            pin=pin,
            badge=badge or None,
            is_active=not leaves,
        )
    typer.echo(f"{name} is known to the tills of {code} at their next contact.")


@app.command("rules")
def rules(
    code: Annotated[str, typer.Argument(help="Code of the shop.")],
    kind: Annotated[Rules, typer.Argument(help="Returns, cards of value, suggestions, carts.")],
    file: Annotated[Path, typer.Argument(help="JSON; amounts in cents, null for no limit.")],
    db: Db,
) -> None:
    """Set what a shop decides; its tills go by it from their next start after they heard of it.

    Example: mostrador shop rules FUEN returns returns.json --db sqlite:///hub.db
    """
    from sync.hub import admin

    with open_hub(db) as engine, environment_errors():
        with engine.connect() as connection:
            shop = admin.get_setting(connection, code, "shop")
        if shop is None:
            fail(f"no shop {code}")
        try:
            said = read_rules(kind, file, shop["currency"])
        except NotRules as error:
            fail(str(error))
        admin.set_setting(engine, code, kind.value, said)
    typer.echo(f"{code} goes by {file.name}.")
