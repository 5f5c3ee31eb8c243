"""The eight function keys of the sale screen: what they say, and which of them can be pressed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos.screens.sale.view_model import SaleViewModel
from pos.widgets.function_keys import Act, FunctionKeys
from pos.widgets.grid import NARROW, grid_for


@dataclass(frozen=True, slots=True)
class _Shown:
    """What decides the keys; they are written again only when it changed."""

    park: str
    void: str
    can_charge: bool
    can_void: bool
    why_not_parked: str
    can_park: bool


class ActKeys(QObject):
    """Writes the function keys."""

    def __init__(self, keys: FunctionKeys) -> None:
        super().__init__(keys)
        self._keys = keys
        self._shown: _Shown | None = None

    def forget(self) -> None:
        """Write everything again next time, such as in another language."""
        self._shown = None

    def show(self, model: SaleViewModel) -> None:
        """Write the keys as the ticket stands."""
        shown = self._now(model)
        if shown == self._shown:
            return
        self._shown = shown
        tone = "danger-text" if shown.can_void else ""
        self._keys.set_acts(
            [
                Act("park", "park", shown.park, "F4"),
                Act("return", "return", self.tr("Return"), "F6"),
                Act("discount", "percent", self.tr("Discount"), "F7"),
                Act("price", "tag", self.tr("Price/stock"), "F8"),
                Act("drawer", "drawer", self.tr("Open drawer"), "F9"),
                Act("void", "trash", shown.void, self.tr("Del"), tone),
                Act("help", "help", self.tr("Help"), "F1"),
                Act("lock", "lock", self.tr("Lock"), "F12"),
            ]
        )
        possible = {
            "discount": shown.can_charge,
            "void": shown.can_void,
            "park": shown.can_park and not shown.why_not_parked,
        }
        for act, can in possible.items():
            key = self._keys.key(act)
            if can:
                key.set_on()
            else:
                key.set_off(shown.why_not_parked if act == "park" else "")

    def _now(self, model: SaleViewModel) -> _Shown:
        waiting = model.parking.waiting
        resumes = not model.can_charge and waiting
        void = self.tr("Void line")
        if model.chosen_coupon:
            void = self.tr("Take coupon off")
        elif model.is_back_chosen:
            void = self.tr("Take off")
        return _Shown(
            park=self._resume_word(waiting) if resumes else self.tr("Park"),
            void=void,
            can_charge=model.can_charge,
            can_void=model.can_void,
            why_not_parked=model.exchange.why_not_parked,
            can_park=model.can_charge or bool(waiting),
        )

    def _resume_word(self, waiting: int) -> str:
        if grid_for(self._keys.window().width()) is NARROW:
            return self.tr("Resume")
        return self.tr("Resume ({count})").format(count=waiting)
