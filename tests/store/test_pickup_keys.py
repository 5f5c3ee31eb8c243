"""A pickup code is believed without network: when the hub of this till signed just that."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.pickup_code import PickupCode
from pos.signatures import Purpose, SigningKey
from pos.store.pickup_keys import HubPickupKeys


def test_only_the_hub_a_till_trusts_gives_out_pickup_codes() -> None:
    hub, stranger = SigningKey(b"h" * 32), SigningKey(b"s" * 32)
    code = PickupCode(10482, 0, 1, 20_000, "FUEN")

    def signed(key: SigningKey, purpose: Purpose = Purpose.PICKUP) -> PickupCode:
        return replace(code, signature=key.sign(purpose, code.signed_part))

    keys = HubPickupKeys(hub.public)
    assert keys.is_signed(signed(hub))
    assert not keys.is_signed(signed(stranger))
    assert not keys.is_signed(signed(hub, Purpose.ANSWER))
    assert not keys.is_signed(replace(signed(hub), version=2))
    assert not keys.is_signed(replace(signed(hub), shop="GOYA"))
    assert not keys.is_signed(replace(signed(hub), shop="A" * 99))
    assert not keys.is_signed(code)
    assert not HubPickupKeys("").is_signed(signed(hub))
