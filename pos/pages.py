"""The pages of the window and how each is made, once, when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.services.recover import Found


def build_pages(
    counter: Counter, navigator: Navigator, found: Found, receipts_folder: Path
) -> Mapping[Screen, Callable[[], QWidget]]:
    """Return a factory per screen; a screen's code is imported when it is made.

    Args:
        found: What the till found when it started, shown once somebody signs in.
        receipts_folder: Where receipts are saved as PDF.
    """

    def sign_in() -> QWidget:
        from pos.screens.sign_in.view import SignInPage
        from pos.screens.sign_in.view_model import SignInViewModel

        return SignInPage(SignInViewModel(counter, navigator, found))

    def open_shift() -> QWidget:
        from pos.screens.open_shift.view import OpenShiftPage
        from pos.screens.open_shift.view_model import OpenShiftViewModel

        return OpenShiftPage(OpenShiftViewModel(counter, navigator))

    def sale() -> QWidget:
        from pos.screens.sale.view import SalePage
        from pos.screens.sale.view_model import SaleViewModel

        model = SaleViewModel(counter, navigator)
        return SalePage(model, mirrored=counter.settings.left_handed)

    def payment() -> QWidget:
        from pos.screens.payment.view import PaymentPage
        from pos.screens.payment.view_model import PaymentViewModel

        return PaymentPage(PaymentViewModel(counter, navigator))

    def change() -> QWidget:
        from pos.screens.change.view import ChangePage
        from pos.screens.change.view_model import ChangeViewModel

        return ChangePage(ChangeViewModel(counter, navigator))

    def receipts() -> QWidget:
        from pos.screens.receipts.view import ReceiptsPage
        from pos.screens.receipts.view_model import ReceiptsViewModel

        return ReceiptsPage(ReceiptsViewModel(counter, navigator, receipts_folder))

    def cash_office() -> QWidget:
        from pos.screens.cash_office.view import CashOfficePage
        from pos.screens.cash_office.view_model import CashOfficeViewModel

        return CashOfficePage(CashOfficeViewModel(counter, navigator))

    def close_shift() -> QWidget:
        from pos.screens.close_shift.view import CloseShiftPage
        from pos.screens.close_shift.view_model import CloseShiftViewModel

        return CloseShiftPage(CloseShiftViewModel(counter, navigator))

    return {
        Screen.SIGN_IN: sign_in,
        Screen.OPEN_SHIFT: open_shift,
        Screen.SALE: sale,
        Screen.PAYMENT: payment,
        Screen.CHANGE: change,
        Screen.RECEIPTS: receipts,
        Screen.CASH_OFFICE: cash_office,
        Screen.CLOSE_SHIFT: close_shift,
    }
