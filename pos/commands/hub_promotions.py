"""``mostrador hub promotions`` and ``coupons``: what is offered, and codes given out for it."""

from __future__ import annotations

import csv
import secrets
import sys
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pos.commands.hub_database import Db, open_hub
from pos.commands.output import fail, print_json
from pos.system import SystemClock

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy import Engine

    from sync.hub.counter.coupons import Given
    from sync.hub.publishing.promotions import KnownPromotion

promotions_app = typer.Typer(help="What is offered in the shops and on the web.")
coupons_app = typer.Typer(help="Codes that may be used once.")
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@coupons_app.callback()
def coupons() -> None:
    """Give out codes that may be used once."""


@promotions_app.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="TOML file with [[promotion]] tables.")],
    db: Db,
    replace: Annotated[
        bool, typer.Option("--replace", help="End every promotion the file does not name.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Load promotions, all of the file or none; tills are told within seconds.

    Days begin and end in the shops' time zone. Loading the same file again changes nothing.

    Example: mostrador hub promotions load promotions.toml --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.publishing import promotions
    from sync.hub.publishing.promotion_file import BadPromotionFile, read_promotions

    with open_hub(db) as engine:
        text = _text_of(file)
        try:
            told = read_promotions(text, file.name, _zone(engine))
            with begin(engine) as connection:
                done = promotions.load(
                    connection, told, now_ms=SystemClock().now_ms(), replace_all=replace
                )
        except (BadPromotionFile, promotions.CodeTaken) as error:
            fail(str(error))
    if json:
        print_json({"read": len(told), "changed": done.changed, "ended": done.ended})
        return
    typer.echo(f"{len(told)} promotions read, {done.changed} new or changed, {done.ended} ended")


@promotions_app.command("list")
def list_(
    db: Db,
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    json: AsJson = False,
) -> None:
    """List promotions: when they are valid, and how many of their codes were used.

    Example: mostrador hub promotions list --db sqlite:///hub.db
    """
    from sync.hub.counter.coupons import given_out
    from sync.hub.database import begin
    from sync.hub.publishing.promotions import all_promotions

    now_ms = SystemClock().now_ms()
    with open_hub(db) as engine:
        zone = _zone(engine) or UTC
        with begin(engine) as connection:
            known = all_promotions(connection)
            given = given_out(connection)
    shown = [one for one in known if every or not one.is_over(now_ms)]
    if json:
        print_json({"promotions": [_as_json(one, given, now_ms) for one in shown]})
        return
    for one in shown:
        typer.echo(_as_line(one, given, zone, now_ms))


@promotions_app.command("end")
def end(
    promotion_id: Annotated[str, typer.Argument(help="Its id, as `list` shows it.")], db: Db
) -> None:
    """End a promotion now; tickets that were begun before keep it.

    Example: mostrador hub promotions end verano --db sqlite:///hub.db
    """
    from sync.hub.database import begin
    from sync.hub.publishing import promotions

    with open_hub(db) as engine, begin(engine) as connection:
        try:
            is_ended = promotions.end(connection, promotion_id, SystemClock().now_ms())
        except promotions.NoSuchPromotion:
            fail(f"there is no promotion {promotion_id!r}")
    typer.echo(f"{promotion_id}: {'ended' if is_ended else 'was over already'}")


@coupons_app.command("make")
def make(
    promotion_id: Annotated[str, typer.Argument(help="A promotion with single_use = true.")],
    db: Db,
    count: Annotated[int, typer.Option(min=1, max=100_000, help="How many codes.")] = 1,
    prefix: Annotated[str, typer.Option(help="What each begins with: A-Z, 0-9 and -.")] = "",
) -> None:
    """Give out codes that may be used once each, as CSV: the code, and what to print as barcode.

    Example: mostrador hub coupons make gracias --count 500 --db sqlite:///hub.db > codes.csv
    """
    from pos.domain.scan_codes import coupon_code
    from sync.hub.counter import coupons
    from sync.hub.database import begin
    from sync.hub.publishing.promotions import NoSuchPromotion

    with open_hub(db) as engine, begin(engine) as connection:
        try:
            made = coupons.make(
                connection,
                promotion_id,
                count,
                prefix=prefix,
                now_ms=SystemClock().now_ms(),
                choose=secrets.choice,
            )
        except NoSuchPromotion:
            fail(f"there is no promotion {promotion_id!r}")
        except coupons.NotGivenOut as error:
            fail(str(error))
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["code", "barcode"])
    rows.writerows([code, coupon_code(code)] for code in made)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        fail(f"{file.name} is not UTF-8: {error.reason} at byte {error.start}")


def _zone(engine: Engine) -> ZoneInfo | None:
    """Return the time zone of the shops, None when they have several."""
    from zoneinfo import ZoneInfo

    from sync.hub.admin import get_setting, shops
    from sync.hub.database import begin

    with begin(engine) as connection:
        said = {
            str((get_setting(connection, code, "shop") or {}).get("time_zone", "UTC"))
            for code in shops(connection)
        }
    return ZoneInfo(said.pop() if said else "UTC") if len(said) < 2 else None


def _as_line(known: KnownPromotion, given: dict[str, Given], zone: tzinfo, now_ms: int) -> str:
    one = known.promotion
    days = " to ".join(_time(at_ms, zone) for at_ms in (one.valid_from_ms, one.valid_until_ms))
    code = f"  code {one.code}" if one.code else ""
    codes = given.get(one.promotion_id)
    used = f"  {codes.used} of {codes.made} codes used" if codes else ""
    return f"{one.promotion_id}  {_state(known, now_ms)}  {days}  {one.name}{code}{used}"


def _time(at_ms: int, zone: tzinfo) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    with suppress(OverflowError):  # the last day that a date can be
        moment = moment.astimezone(zone)
    return moment.isoformat(sep=" ", timespec="minutes")[:16]


def _as_json(known: KnownPromotion, given: dict[str, Given], now_ms: int) -> dict[str, str | int]:
    one = known.promotion
    codes = given.get(one.promotion_id)
    return {
        "id": one.promotion_id,
        "name": one.name,
        "state": _state(known, now_ms),
        "valid_from_ms": one.valid_from_ms,
        "valid_until_ms": one.valid_until_ms,
        "code": one.code,
        "codes_made": codes.made if codes else 0,
        "codes_used": codes.used if codes else 0,
    }


def _state(known: KnownPromotion, now_ms: int) -> str:
    if known.is_gone:
        return "withdrawn"
    if known.is_over(now_ms):
        return "over"
    return "runs" if known.promotion.valid_from_ms <= now_ms else "later"
