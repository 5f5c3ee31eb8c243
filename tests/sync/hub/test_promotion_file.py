"""Promotions as people write them: all of a file or none, and every fault with its place."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pos.domain.promotion import (
    AmountOff,
    Bundle,
    BundlePart,
    Channel,
    CouponUse,
    Goods,
    MultiBuy,
    NthUnit,
    Offer,
    OffTotal,
    PercentOff,
    Promotion,
    UnitPrice,
)
from pos.resources import resource_path
from sync.hub.publishing.promotion_file import BadPromotionFile, read_promotions

MADRID = ZoneInfo("Europe/Madrid")
HEAD = '[[promotion]]\nid = "p"\nname = "Promoción"\nfrom = 2026-06-01\nuntil = 2026-06-30\n'
PERCENT = 'offer = "percent"\npercent = "10"\n'


def read(text: str, zone: ZoneInfo | None = MADRID) -> tuple[Promotion, ...]:
    return read_promotions(text, "verano.toml", zone)


def one(text: str) -> Promotion:
    (promotion,) = read(HEAD + text)
    return promotion


def ms(*moment: int) -> int:
    return round(datetime(*moment, tzinfo=UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ('offer = "percent"\npercent = "12.5"', PercentOff(12_50)),
        ('offer = "amount"\namount = "1"', AmountOff(1_00)),
        ('offer = "price"\nprice = "2.49"', UnitPrice(2_49)),
        ('offer = "take_pay"\ntake = 3\npay = 2', MultiBuy(3, 2)),
        ('offer = "nth_unit"\nnth = 2\npercent = "50"', NthUnit(2, 50_00)),
        ('offer = "total"\nminimum = "30.00"\namount = "5.0"', OffTotal(30_00, minor=5_00)),
        ('offer = "total"\npercent = "10"', OffTotal(0, basis_points=10_00)),
        (
            (
                'offer = "bundle"\nprice = "6.90"\n'
                'parts = [{count = 1, skus = ["a"]}, {count = 2, departments = ["B"]}]'
            ),
            Bundle(
                (
                    BundlePart(Goods(skus=frozenset({"a"})), 1),
                    BundlePart(Goods(departments=frozenset({"B"})), 2),
                ),
                6_90,
            ),
        ),
    ],
)
def test_every_kind_of_offer_can_be_written(text: str, offer: Offer) -> None:
    assert one(text).offer == offer


def test_what_is_not_said_holds_for_everybody_everywhere() -> None:
    promotion = one(PERCENT)

    assert promotion.goods.is_everything
    assert promotion.channels == frozenset(Channel)
    assert (promotion.shops, promotion.tier, promotion.coupon) == (frozenset(), "", None)


def test_whom_and_what_a_promotion_is_for() -> None:
    promotion = one(
        PERCENT + 'skus = ["1"]\ndepartments = ["D"]\nbrands = ["B"]\nexcept_skus = ["2"]\n'
        'channels = ["web"]\nshops = ["FUEN"]\ntier = "member"\ncode = "VERANO10"'
    )

    assert promotion.goods == Goods(
        frozenset({"1"}), frozenset({"D"}), frozenset({"B"}), frozenset({"2"})
    )
    assert promotion.channels == frozenset({Channel.WEB})
    assert (promotion.shops, promotion.tier) == (frozenset({"FUEN"}), "member")
    assert (promotion.coupon, promotion.code) == (CouponUse.SHARED, "VERANO10")


def test_codes_that_may_be_used_once_are_given_out_apart() -> None:
    assert one(PERCENT + "single_use = true").coupon is CouponUse.SINGLE


def test_days_begin_and_end_in_the_shops_and_the_last_one_counts() -> None:
    promotion = one(PERCENT)

    assert promotion.valid_from_ms == ms(2026, 5, 31, 22)
    assert promotion.valid_until_ms == ms(2026, 6, 30, 22)


def test_the_day_the_clocks_are_set_back_is_an_hour_longer() -> None:
    day = HEAD.replace("2026-06-01", "2026-10-25").replace("2026-06-30", "2026-10-25")

    (promotion,) = read(day + PERCENT)

    assert promotion.valid_until_ms - promotion.valid_from_ms == 25 * 3_600_000


def test_times_can_be_said_with_and_without_an_offset() -> None:
    times = HEAD.replace("2026-06-01", "2026-06-01T10:00:00").replace(
        "2026-06-30", "2026-06-30T20:00:00-06:00"
    )

    (promotion,) = read(times + PERCENT)

    assert promotion.valid_from_ms == ms(2026, 6, 1, 8)
    assert promotion.valid_until_ms == ms(2026, 7, 1, 2)


def test_shops_in_several_time_zones_have_no_common_days() -> None:
    with pytest.raises(BadPromotionFile, match="from: the shops are in several time zones"):
        read(HEAD + PERCENT, zone=None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + 'offer = "gratis"', "promotion p: offer: 'gratis' is none of percent"),
        (HEAD, "promotion p: offer: is missing"),
        (HEAD + 'offer = "percent"', "promotion p: percent: is missing"),
        (HEAD + 'offer = "percent"\npercent = 10', "promotion p: percent: must be a text"),
        (HEAD + 'offer = "percent"\npercent = "10 %"', "promotion p: percent: must be a decimal"),
        (HEAD + 'offer = "percent"\npercent = "101"', "promotion p: basis_points 10100"),
        (HEAD + 'offer = "percent"\npercent = "-1"', "promotion p: percent: must be a decimal"),
        (HEAD + 'offer = "take_pay"\ntake = 2\npay = 2', "promotion p: pay 2"),
        (HEAD + 'offer = "take_pay"\ntake = "3"\npay = 2', "take: must be a whole number"),
        (HEAD + 'offer = "total"\nminimum = "1"', "percent: either percent or amount"),
        (HEAD + 'offer = "bundle"\nprice = "1"\nparts = []', "a bundle of less than two"),
        (HEAD + 'offer = "bundle"\nprice = "1"\nparts = [{sku = "a"}]', "sku: there is no such"),
        (HEAD + PERCENT + 'department = ["D"]', "department: there is no such field here"),
        (HEAD + PERCENT + 'departments = "D"', "departments: must be a list of texts"),
        (HEAD + PERCENT + 'channels = ["tele"]', "channels: only shop, web"),
        (HEAD + PERCENT + "channels = []", "a promotion for no channel"),
        (HEAD + PERCENT + 'code = "verano 10"', "code"),
        (HEAD + PERCENT + 'code = "V10"\nsingle_use = true', "code: codes that may be used once"),
        (HEAD + PERCENT + "stands_alone = true", "stands_alone: there is no such field here"),
        (HEAD.replace("2026-06-30", "2026-05-01") + PERCENT, "until: is not after from"),
        (HEAD.replace("2026-06-30", '"mañana"') + PERCENT, "until: must be a day"),
        (HEAD.replace("2026-06-30", "9999-12-31") + PERCENT, "until: there is no such day"),
        (HEAD.replace('"p"', '"a b"') + PERCENT, "promotion a b: promotion_id"),
        (HEAD.replace('"p"', '""') + PERCENT, "promotion no. 1: promotion_id"),
        (HEAD + PERCENT + HEAD + PERCENT, "promotion p: id: it stands there twice"),
        ("promotion = 3", r"\[\[promotion\]\] tables and nothing else"),
        ('shop = "FUEN"\n' + HEAD + PERCENT, "tables and nothing else"),
        ("[[promotion]", "verano.toml: "),
    ],
)
def test_a_fault_is_told_with_file_promotion_and_field(text: str, fault: str) -> None:
    with pytest.raises(BadPromotionFile, match=fault) as refused:
        read(text)

    assert str(refused.value).startswith("verano.toml: ")


def test_every_promotion_with_a_fault_is_named_at_once() -> None:
    bad = HEAD + 'offer = "gratis"\n'

    with pytest.raises(BadPromotionFile) as refused:
        read(bad + HEAD.replace('"p"', '"good"') + PERCENT + bad.replace('"p"', '"q"'))

    assert [line.split(": ")[1] for line in str(refused.value).splitlines()] == [
        "promotion p",
        "promotion q",
    ]


def test_the_demonstration_has_one_of_every_kind_and_of_every_coupon() -> None:
    file = resource_path("demo", "promotions.toml")

    told = read_promotions(file.read_text(encoding="utf-8"), file.name, MADRID)

    assert {type(each.offer) for each in told} >= {
        MultiBuy, NthUnit, Bundle, PercentOff, OffTotal, UnitPrice
    }  # fmt: skip
    assert {each.coupon for each in told} == {None, CouponUse.SHARED, CouponUse.SINGLE}
    assert "member" in {each.tier for each in told}
