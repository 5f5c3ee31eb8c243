"""What a shop decides and its tills go by, read from a file before it is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from pos.domain.cart import cart_rules
from pos.domain.journal import Json
from pos.domain.return_policy_content import POLICY_NAMES, return_policy_of
from pos.domain.stored_value import gift_card_skus, offline_redemption


class Rules(Enum):
    """Settings of a shop that a file can hold."""

    RETURNS = "returns"
    STORED_VALUE = "stored_value"
    SUGGESTIONS = "suggestions"
    CARTS = "carts"


class NotRules(ValueError):
    """The file holds something that cannot be meant; the message names it."""


def read_rules(kind: Rules, file: Path, currency: str) -> Mapping[str, Json]:
    """Return what a file says.

    Args:
        currency: The shop's; amounts are its minor units.

    Raises:
        NotRules: It is no JSON object, or holds something unknown or impossible.
        OSError: It cannot be read.
    """
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotRules(f"{file} is not JSON: {error}") from error
    if not isinstance(said, dict):
        raise NotRules(f"{file} holds no object")
    wrong = _wrong(kind, said, currency)
    if wrong:
        raise NotRules(f"{', '.join(sorted(wrong))}: unknown, or cannot be meant so")
    return said


def _wrong(kind: Rules, said: Mapping[str, Json], currency: str) -> set[str]:
    match kind:
        case Rules.RETURNS:
            return _wrong_returns(said, currency)
        case Rules.STORED_VALUE:
            return _wrong_value(said)
        case Rules.SUGGESTIONS:
            return {key for key in said if key != "shown" or not isinstance(said[key], bool)}
        case Rules.CARTS:
            return set(cart_rules(said)[1])


def _wrong_returns(said: Mapping[str, Json], currency: str) -> set[str]:
    _, wrong = return_policy_of(said, currency)
    return {*wrong, *(said.keys() - POLICY_NAMES)}


def _wrong_value(said: Mapping[str, Json]) -> set[str]:
    wrong = set(said) - {"offline_limit", "gift_card_skus"}
    limit, skus = said.get("offline_limit"), said.get("gift_card_skus", [])
    if limit is not None and offline_redemption(said).limit != limit:
        wrong.add("offline_limit")
    if not isinstance(skus, list) or len(gift_card_skus(said)) != len(skus):
        wrong.add("gift_card_skus")
    return wrong
