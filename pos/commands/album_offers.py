"""What a hand does at the till to show what the shop offers."""

from __future__ import annotations

from pos.commands.album_acts import CANDLE, CHOCOLATE, Model
from pos.commands.demonstration.articles import (
    BISCUITS,
    CAMOMILE,
    GROUND_COFFEE,
    MINT_TEA,
)
from pos.commands.demonstration.morning import WELCOME


def with_promotions(model: Model) -> None:
    """Goods on offer, as the till finds them, and a coupon that is keyed in."""
    model.type("3*")
    model.cashier.scan(CHOCOLATE)
    model.cashier.scan(CAMOMILE, MINT_TEA, GROUND_COFFEE, BISCUITS, CANDLE)
    model.type(WELCOME)
    model.key("Return")


def sell_them(model: Model) -> None:
    model.cashier.collect_after_charge()
