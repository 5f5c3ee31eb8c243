"""Which widget shows which panel of payment, exchange, receipts, cash and camera."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.screens.camera.view import CameraPanel
from pos.screens.camera.view_model import CameraViewModel
from pos.screens.card.view import CardPanel
from pos.screens.card.view_model import CardViewModel
from pos.screens.cash_office.movement import MovementViewModel
from pos.screens.cash_office.movement_view import MovementPanel
from pos.screens.cash_office.report import ReportViewModel
from pos.screens.cash_office.report_view import ReportPanel
from pos.screens.exchange.rest import RestViewModel
from pos.screens.exchange.rest_view import RestPanel
from pos.screens.receipts.email import EmailEntryViewModel
from pos.screens.receipts.picture import PreviewPanel
from pos.screens.receipts.preview import PreviewViewModel
from pos.screens.receipts.print_trouble import PrintTroubleViewModel
from pos.screens.receipts.trouble_notice import PrintTroublePanel
from pos.screens.returns.goodwill import GoodwillViewModel, GoodwillWays
from pos.screens.returns.goodwill_view import GoodwillPanel
from pos.screens.returns.owed import OwedViewModel
from pos.screens.returns.paying_view import PayingView
from pos.screens.text_entry.view import TextEntryPanel
from pos.screens.value_card.loading import LoadCardViewModel
from pos.screens.value_card.view import ValueCardPanel
from pos.screens.value_card.view_model import ValueCardViewModel

MONEY_PANELS: Mapping[type, Callable[[Any], QWidget]] = {
    CameraViewModel: CameraPanel,
    CardViewModel: CardPanel,
    EmailEntryViewModel: TextEntryPanel,
    GoodwillViewModel: GoodwillPanel,
    GoodwillWays: PayingView,
    LoadCardViewModel: ValueCardPanel,
    MovementViewModel: MovementPanel,
    PreviewViewModel: PreviewPanel,
    PrintTroubleViewModel: PrintTroublePanel,
    OwedViewModel: PayingView,
    ReportViewModel: ReportPanel,
    RestViewModel: RestPanel,
    ValueCardViewModel: ValueCardPanel,
}
