"""What the simulated shops sell: a few products, the same in all of them."""

from __future__ import annotations

from pos.domain.gtin import check_digit


def _gtin(number: int) -> int:
    payload = f"84100000{number:04d}"
    return int(f"{payload}{check_digit(payload)}")


GTINS = tuple(_gtin(number) for number in range(1, 25))


def price_list(version: int) -> str:
    """Return the price list that makes a generation of the catalogue."""
    rows = (
        f"{gtin},Artículo {number} v{version},{number % 9 + 1}.{version % 90 + 10},100"
        for number, gtin in enumerate(GTINS, 1)
    )
    return "\n".join(("gtin,name,price,stock", *rows)) + "\n"
