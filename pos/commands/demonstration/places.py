"""Where things are touched in a window of 1366×768: measured in its design (quarter targets)."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A point of the window, in pixels."""

    x: int
    y: int


# The header, where it says how the link stands.
LINK = Place(1106, 28)

# Sign-in: three seats in a row.
SEATS = {"lucia": Place(730, 198), "hugo": Place(450, 198), "marta": Place(170, 330)}

# Sale: quick keys, five pages above five by two tiles.
QUICK_PAGES = [Place(660 + 151 * column, 166) for column in range(5)]
QUICK_TILES = [Place(660 + 151 * (at % 5), 262 + 128 * (at // 5)) for at in range(10)]
CHARGE = Place(1233, 688)

# Panels over the right region.
CLOSING_KEY = Place(1233, 688)
DISCOUNT_KIND_AMOUNT = Place(1244, 237)
DISCOUNT_SCOPE_TICKET = Place(866, 237)
DISCOUNT_REASONS = [Place(679 + 189 * column, 391) for column in range(3)]
FROM_AFAR = Place(1246, 377)
LINE_EDIT_PRICE = Place(1150, 245)
REASONS = [Place(679 + 189 * column, 254) for column in range(3)]
MENU = {
    "lock": Place(705, 208), "person": Place(961, 208), "receipts": Place(1215, 208),
    "cash": Place(705, 338), "close": Place(961, 338), "cancel": Place(1215, 338),
    "language": Place(705, 466), "theme": Place(961, 466), "sound": Place(1215, 466),
    "desk": Place(705, 594), "figures": Place(961, 594), "sync": Place(1215, 594),
}  # fmt: skip

# Payment: what is due exactly, then the notes a customer is likely to hand over.
QUICK_NOTES = [Place(676, 414)] + [Place(866 + 151 * column, 414) for column in range(4)]

# Returns: the gap above the last key, there once a purchase is open.
ABOVE_GIVE_BACK = Place(1136, 654)

# Change: the first remedy of a receipt that is not on paper.
PRINT_AGAIN = Place(1130, 545)
