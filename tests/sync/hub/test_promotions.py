"""Promotions at the hub: told to every till once, ended and never dropped under a ticket."""

from __future__ import annotations

import pytest
import requests

from pos.domain.promotion import KEPT_ENDED_MS, CouponUse, Goods, PercentOff
from pos.domain.promotion_content import read_promotion
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from sync.hub.publishing import promotions
from sync.hub.publishing.promotions import CodeTaken, Loaded, NoSuchPromotion
from tests.sync.enrolling import SignedBy, keys_of
from tests.sync.facts import T0
from tests.sync.hub.promotion_kit import DAY_MS, end, load, offer, page, told


def test_a_till_is_told_a_promotion_whole(database: HubDatabase) -> None:
    load(database, offer())

    (item,) = page(database).items

    assert read_promotion(item.content) == offer()


def test_a_promotion_that_changed_comes_once_and_the_cursor_stays_at_the_end(
    database: HubDatabase,
) -> None:
    load(database, offer("verano"), offer("otro"))
    begin = page(database)

    load(database, offer("verano", offer=PercentOff(20_00)))
    changed = page(database, begin.cursor)
    after = page(database, changed.cursor)

    assert [item.promotion_id for item in changed.items] == ["verano"]
    assert (after.items, after.cursor, after.more) == ((), changed.cursor, False)


def test_loading_the_same_again_tells_nobody_anything(database: HubDatabase) -> None:
    load(database, offer())
    begin = page(database)

    again = load(database, offer())

    assert again == Loaded(changed=0, ended=0)
    assert page(database, begin.cursor).cursor == begin.cursor


def test_pages_together_hold_every_promotion_once(database: HubDatabase) -> None:
    load(database, *(offer(f"p-{number}") for number in range(5)))
    seen, cursor, more = [], 0, True

    while more:
        found = page(database, cursor, limit=2)
        seen += [item.promotion_id for item in found.items]
        cursor, more = found.cursor, found.more

    assert sorted(seen) == [f"p-{number}" for number in range(5)]


def test_a_page_is_cut_before_it_is_too_large_to_send(
    database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promotions, "MAX_PAGE_BYTES", 40_000)
    many = Goods(skus=frozenset(f"sku-{number:05}" for number in range(2_000)))
    load(database, *(offer(f"p-{number}", goods=many) for number in range(3)))

    first = page(database)
    second = page(database, first.cursor)

    assert (len(first.items), first.more) == (1, True)
    assert (len(second.items), second.more) == (1, True)


def test_a_promotion_that_is_ended_is_told_as_ended_now(database: HubDatabase) -> None:
    load(database, offer())
    begin = page(database)

    is_ended = end(database, "verano", T0 + 5)

    assert is_ended
    (item,) = page(database, begin.cursor).items
    assert read_promotion(item.content).valid_until_ms == T0 + 5
    assert not end(database, "verano", T0 + 6)


def test_a_promotion_taken_back_before_it_begins_is_told_as_gone(database: HubDatabase) -> None:
    load(database, offer(valid_from_ms=T0 + DAY_MS))
    begin = page(database)

    end(database, "verano")

    assert told(database, begin.cursor)["verano"].content is None
    assert told(database) == {}


def test_what_the_hub_does_not_know_cannot_be_ended(database: HubDatabase) -> None:
    with pytest.raises(NoSuchPromotion):
        end(database, "nunca")


def test_a_till_that_begins_hears_of_what_ended_lately_and_not_of_what_ended_long_ago(
    database: HubDatabase,
) -> None:
    load(database, offer("lately", valid_until_ms=T0), offer("long", valid_until_ms=T0))
    load(database, offer("long", valid_until_ms=T0 - KEPT_ENDED_MS))

    assert set(told(database)) == {"lately"}


def test_loading_a_whole_list_ends_what_it_does_not_name(database: HubDatabase) -> None:
    load(database, offer("old"), offer("stays"))

    done = load(database, offer("stays"), offer("new"), now_ms=T0 + 1, replace_all=True)

    assert done == Loaded(changed=1, ended=1)
    now = {name: read_promotion(item.content) for name, item in told(database).items()}
    assert set(now) == {"old", "stays", "new"}
    assert now["old"].valid_until_ms == T0 + 1


def test_a_promotion_that_was_taken_back_can_be_loaded_anew(database: HubDatabase) -> None:
    later = offer(valid_from_ms=T0 + DAY_MS)
    load(database, later)
    end(database, "verano")

    load(database, later)

    assert read_promotion(told(database)["verano"].content) == later


def test_one_code_for_two_promotions_is_refused_and_nothing_is_loaded(
    database: HubDatabase,
) -> None:
    shared = {"coupon": CouponUse.SHARED, "code": "VERANO10"}
    load(database, offer("first", **shared))

    with pytest.raises(CodeTaken, match="second: code: VERANO10 is that of first"):
        load(database, offer("other"), offer("second", **shared))

    assert set(told(database)) == {"first"}


def test_the_code_of_a_promotion_that_is_over_can_be_given_to_another(
    database: HubDatabase,
) -> None:
    shared = {"coupon": CouponUse.SHARED, "code": "VERANO10"}
    load(database, offer("first", **shared))
    end(database, "first")

    load(database, offer("second", **shared), now_ms=T0 + 1)

    assert "second" in told(database)


def test_the_tills_of_every_shop_are_told_over_http(
    hub_url: str, database: HubDatabase, credentials: Credentials
) -> None:
    load(database, offer())

    with requests.Session() as session:
        session.auth = SignedBy(keys_of("FUEN-1"))
        said = session.get(f"{hub_url}/v1/shops/FUEN/feed/promotions?cursor=0", timeout=60).json()

    (item,) = said["items"]
    assert item["promotion_id"] == "verano"
    assert read_promotion(item["content"]) == offer()
