"""The pages of the window and how each is made, once, when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.services.recover import Found


@dataclass(frozen=True)
class Pages:
    """Makes the pages; a screen's code is imported when its page is made.

    `found` is what the till found when it started, shown once somebody signs in;
    receipts are saved as PDF in `receipts_folder`.
    """

    counter: Counter
    navigator: Navigator
    found: Found
    receipts_folder: Path

    def factories(self) -> Mapping[Screen, Callable[[], QWidget]]:
        """Return how each screen's page is made."""
        return {
            Screen.SIGN_IN: self._sign_in,
            Screen.OPEN_SHIFT: self._open_shift,
            Screen.SALE: self._sale,
            Screen.PAYMENT: self._payment,
            Screen.CHANGE: self._change,
            Screen.RECEIPTS: self._receipts,
            Screen.CASH_OFFICE: self._cash_office,
            Screen.CLOSE_SHIFT: self._close_shift,
            Screen.DESK: self._desk,
            Screen.SYNC: self._sync,
            Screen.FIGURES: self._figures,
            Screen.HANDOVER: self._handover,
            Screen.PICKUPS: self._pickups,
            Screen.PICKING: self._picking,
            Screen.STAGING: self._staging,
            Screen.RETURN: self._return,
            Screen.CUSTOMER: self._customer,
        }

    def _sign_in(self) -> QWidget:
        from pos.screens.sign_in.view import SignInPage
        from pos.screens.sign_in.view_model import SignInViewModel

        return SignInPage(SignInViewModel(self.counter, self.navigator, self.found))

    def _open_shift(self) -> QWidget:
        from pos.screens.open_shift.view import OpenShiftPage
        from pos.screens.open_shift.view_model import OpenShiftViewModel

        return OpenShiftPage(OpenShiftViewModel(self.counter, self.navigator))

    def _sale(self) -> QWidget:
        from pos.screens.sale.pickups_tab import PickupsTab
        from pos.screens.sale.view import SalePage
        from pos.screens.sale.view_model import SaleViewModel

        model = SaleViewModel(self.counter, self.navigator)
        pickups = PickupsTab(self.counter, self.navigator)
        return SalePage(model, pickups=pickups, mirrored=self.counter.settings.left_handed)

    def _payment(self) -> QWidget:
        from pos.screens.payment.view import PaymentPage
        from pos.screens.payment.view_model import PaymentViewModel

        return PaymentPage(PaymentViewModel(self.counter, self.navigator))

    def _change(self) -> QWidget:
        from pos.screens.change.view import ChangePage
        from pos.screens.change.view_model import ChangeViewModel

        return ChangePage(ChangeViewModel(self.counter, self.navigator))

    def _receipts(self) -> QWidget:
        from pos.screens.receipts.view import ReceiptsPage
        from pos.screens.receipts.view_model import ReceiptsViewModel

        return ReceiptsPage(ReceiptsViewModel(self.counter, self.navigator, self.receipts_folder))

    def _cash_office(self) -> QWidget:
        from pos.screens.cash_office.view import CashOfficePage
        from pos.screens.cash_office.view_model import CashOfficeViewModel

        return CashOfficePage(CashOfficeViewModel(self.counter, self.navigator))

    def _close_shift(self) -> QWidget:
        from pos.screens.close_shift.view import CloseShiftPage
        from pos.screens.close_shift.view_model import CloseShiftViewModel

        return CloseShiftPage(CloseShiftViewModel(self.counter, self.navigator))

    def _desk(self) -> QWidget:
        from pos.screens.desk.view import DeskPage
        from pos.screens.desk.view_model import DeskViewModel

        return DeskPage(DeskViewModel(self.counter, self.navigator))

    def _sync(self) -> QWidget:
        from pos.screens.sync.view import SyncPage
        from pos.screens.sync.view_model import SyncViewModel

        return SyncPage(SyncViewModel(self.counter, self.navigator))

    def _pickups(self) -> QWidget:
        from pos.screens.pickups.view import PickupsPage
        from pos.screens.pickups.view_model import PickupsViewModel

        return PickupsPage(PickupsViewModel(self.counter, self.navigator))

    def _picking(self) -> QWidget:
        from pos.screens.picking.view import PickingPage
        from pos.screens.picking.view_model import PickingViewModel

        return PickingPage(PickingViewModel(self.counter, self.navigator))

    def _staging(self) -> QWidget:
        from pos.screens.staging.view import StagingPage
        from pos.screens.staging.view_model import StagingViewModel

        return StagingPage(StagingViewModel(self.counter, self.navigator))

    def _handover(self) -> QWidget:
        from pos.screens.handover.view import HandoverPage
        from pos.screens.handover.view_model import HandoverViewModel

        return HandoverPage(HandoverViewModel(self.counter, self.navigator))

    def _return(self) -> QWidget:
        from pos.screens.returns.view import ReturnPage
        from pos.screens.returns.view_model import ReturnViewModel

        return ReturnPage(ReturnViewModel(self.counter, self.navigator))

    def _figures(self) -> QWidget:
        from pos.screens.figures.view import FiguresPage
        from pos.screens.figures.view_model import FiguresViewModel

        return FiguresPage(FiguresViewModel(self.counter, self.navigator))

    def _customer(self) -> QWidget:
        from pos.screens.customer.page import CustomerPageViewModel
        from pos.screens.customer.page_view import CustomerPage

        return CustomerPage(CustomerPageViewModel(self.counter, self.navigator))
