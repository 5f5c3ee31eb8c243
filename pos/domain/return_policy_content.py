"""A shop's return policy as the hub's setting ``returns`` says it.

What the setting does not say is as by default; what of it cannot be meant is as by default too,
and named, so that whoever reads it can tell. A list with one bad entry is not taken in part: half
the rules of a shop are other rules than its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pos.domain.fields import Fields
from pos.domain.promotion import Channel
from pos.domain.return_policy import WINDOW_DAYS, Category, Kinds, ReturnPolicy, ReturnRule
from pos.domain.return_purchase import Means
from pos.domain.return_words import USUAL_DISPOSITION, Condition, Disposition
from pos.domain.staff import Capability

MAX_RULES = 200
MAX_NAMED = 20_000
MAX_DAYS = 36_500
MAX_TEXT = 64
# Prices of a shop are of this size against those in EUR, for what the hub does not say.
_SCALE = {"MXN": 20}
_LIMITS = ("cash_limit", "no_receipt_day", "no_receipt_shop_day", "offline_ticket", "offline_day")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Kind = TypeVar("Kind")
_GOODWILL = (Capability.GOODWILL, Capability.GOODWILL_RAISED, Capability.GOODWILL_HIGH)


class UnreadablePolicy(ValueError):
    """A part of the setting that cannot be meant."""


class _Said(Fields):
    refusal = UnreadablePolicy

    def has(self, name: str) -> bool:
        return name in self._values

    def names(self, name: str) -> frozenset[str]:
        if not self.has(name):
            return frozenset()
        rows = self.rows(name, MAX_NAMED)
        if not all(isinstance(row, str) and 0 < len(row) <= MAX_TEXT for row in rows):
            self.refuse(name)
        return frozenset(str(row) for row in rows)

    def day(self, name: str) -> date | None:
        if not self.has(name) or self.maybe(name) is None:
            return None
        text = self.text(name, _DAY)
        return self.possible(lambda: date.fromisoformat(text))

    def flag_or_no(self, name: str) -> bool:
        return self.has(name) and self.flag(name)

    def limit(self, name: str) -> int | None:
        return None if self.maybe(name) is None else self.price(name)

    def kinds(self) -> Kinds:
        return Kinds(self.names("skus"), self.names("departments"))


def return_policy_of(setting: object, currency: str) -> tuple[ReturnPolicy, tuple[str, ...]]:
    """Return what the shop decided, and the names of what it said and cannot mean.

    Args:
        setting: The hub's setting, a JSON object; None when unset. Names of `ReturnPolicy` but
            ``dispositions``: a list of {department, condition, disposition}, and ``goodwill``:
            an amount for each capability. An amount of null is no limit, days are ISO 8601.
        currency: The shop's; amounts are its minor units.
    """
    policy = _scaled(ReturnPolicy(), _SCALE.get(currency, 1))
    if setting is None:
        return policy, ()
    if not isinstance(setting, Mapping):
        return policy, ("returns",)
    said = _Said(setting)
    wrong: list[str] = []
    for name, read in _READERS.items():
        if not said.has(name):
            continue
        try:
            policy = read(said, policy)
        except UnreadablePolicy:
            wrong.append(name)
    return policy, tuple(wrong)


def photo_days_of(setting: object) -> int:
    """Return how many days photos of what came back are kept by the hub's setting."""
    policy, _ = return_policy_of(setting, "")
    return policy.photo_days


def _scaled(policy: ReturnPolicy, by: int) -> ReturnPolicy:
    limits = {name: getattr(policy, name) * by for name in _LIMITS}
    goodwill = tuple((needed, limit * by) for needed, limit in policy.goodwill)
    return replace(policy, goodwill=goodwill, **limits)


def _rules(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    rows = said.rows("rules", MAX_RULES)
    return replace(policy, rules=tuple(_rule(_Said(row)) for row in rows))


def _rule(said: _Said) -> ReturnRule:
    usual = ReturnRule()
    channels, accepts = said.names("channels"), said.names("accepts")
    return ReturnRule(
        goods=said.kinds(),
        channels=_all_of(said, channels, Channel) or usual.channels,
        countries=said.names("countries"),
        tiers=said.names("tiers"),
        sold_from=said.day("sold_from"),
        sold_until=said.day("sold_until"),
        window_days=said.number("window_days", 0, MAX_DAYS)
        if said.has("window_days")
        else WINDOW_DAYS,
        open_until=said.day("open_until"),
        accepts=(_all_of(said, accepts, Condition) or usual.accepts) - {Condition.NOT_OURS},
    )


def _categories(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    rows = [_Said(row) for row in said.rows("categories", MAX_RULES)]
    return replace(policy, categories=tuple(_category(row) for row in rows))


def _category(said: _Said) -> Category:
    name, goods = said.words("name", MAX_TEXT), said.kinds()
    if not name or goods.is_everything:
        said.refuse("a category without a name or without goods")
    return Category(
        name, goods, said.flag_or_no("is_returnable"), said.flag_or_no("returnable_sealed")
    )


def _dispositions(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    usual = dict(USUAL_DISPOSITION)
    own: dict[tuple[str, Condition], Disposition] = {}
    for row in (_Said(row) for row in said.rows("dispositions", MAX_RULES)):
        condition = row.choice("condition", Condition)
        department = row.words("department", MAX_TEXT) if row.has("department") else ""
        goes_to = row.choice("disposition", Disposition)
        if condition is Condition.NOT_OURS:
            row.refuse("what is not ours goes nowhere")
        if department:
            own[department, condition] = goes_to
        else:
            usual[condition] = goes_to
    return replace(policy, dispositions=usual, department_dispositions=own)


def _means(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    means = _all_of(said, said.names("means"), Means)
    return replace(policy, means=means) if means else said.refuse("no means at all")


def _goodwill(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    amounts = _Said(said.maybe("goodwill"))
    usual = dict(policy.goodwill)
    return replace(
        policy,
        goodwill=tuple(
            (needed, amounts.price(needed.value) if amounts.has(needed.value) else usual[needed])
            for needed in _GOODWILL
        ),
    )


def _photo_days(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
    return replace(policy, photo_days=said.number("photo_days", 1, MAX_DAYS))


def _limit(name: str) -> Callable[[_Said, ReturnPolicy], ReturnPolicy]:
    def read(said: _Said, policy: ReturnPolicy) -> ReturnPolicy:
        changed: dict[str, int | None] = {name: said.limit(name)}
        return replace(policy, **changed)  # type: ignore[arg-type]

    return read


def _all_of(said: _Said, names: frozenset[str], of: Callable[[str], Kind]) -> frozenset[Kind]:
    return said.possible(lambda: frozenset(of(name) for name in names))


_READERS: Mapping[str, Callable[[_Said, ReturnPolicy], ReturnPolicy]] = {
    "rules": _rules,
    "categories": _categories,
    "dispositions": _dispositions,
    "means": _means,
    "goodwill": _goodwill,
    "photo_days": _photo_days,
    **{name: _limit(name) for name in _LIMITS},
}
POLICY_NAMES = frozenset(_READERS)  # everything a shop can say
