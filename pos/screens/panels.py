"""Which widget shows which panel view model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.screens.chooser.view import ChooserPanel
from pos.screens.chooser.view_model import ChooserViewModel
from pos.screens.customer.cart_panel import CartPanelViewModel
from pos.screens.customer.cart_view import CartPanel
from pos.screens.customer.finding import FindCustomerViewModel
from pos.screens.customer.finding_view import FindCustomerPanel
from pos.screens.customer.form import CustomerFormViewModel
from pos.screens.customer.form_view import CustomerFormPanel
from pos.screens.desk.people import PeopleViewModel
from pos.screens.desk.people_view import PeoplePanel
from pos.screens.discount.view import DiscountPanel
from pos.screens.discount.view_model import DiscountViewModel
from pos.screens.handover.identity import IdentityViewModel
from pos.screens.handover.identity_view import IdentityPanel
from pos.screens.help.view import HelpPanel
from pos.screens.help.view_model import HelpViewModel
from pos.screens.line_edit.view import LineEditPanel
from pos.screens.line_edit.view_model import LineEditViewModel
from pos.screens.link.view import LinkPanel
from pos.screens.link.view_model import LinkViewModel
from pos.screens.menu.view import MenuPanel
from pos.screens.menu.view_model import MenuViewModel
from pos.screens.money_panels import MONEY_PANELS
from pos.screens.note.view import NotePanel
from pos.screens.note.view_model import NoteViewModel
from pos.screens.override.view import OverridePanel
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.parked.view import ParkedPanel
from pos.screens.parked.view_model import ParkedViewModel
from pos.screens.photo.looking import LookingViewModel
from pos.screens.photo.looking_view import LookingPanel
from pos.screens.photo.view import PhotoPanel
from pos.screens.photo.view_model import PhotoViewModel
from pos.screens.pickups.contact import ContactViewModel
from pos.screens.pickups.more import MoreViewModel
from pos.screens.pickups.parts import ContactPanel, MorePanel
from pos.screens.price_check.view import PriceCheckPanel
from pos.screens.price_check.view_model import PriceCheckViewModel
from pos.screens.reason.view import ReasonPanel
from pos.screens.reason.view_model import ReasonViewModel
from pos.screens.search.view import SearchPanel
from pos.screens.search.view_model import SearchViewModel
from pos.screens.text_entry.view import TextEntryPanel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.screens.trouble.view import TroublePanel
from pos.screens.trouble.view_model import TroubleViewModel

PanelFactory = Callable[[Any], QWidget]

PANELS: Mapping[type, PanelFactory] = {
    CartPanelViewModel: CartPanel,
    ChooserViewModel: ChooserPanel,
    ContactViewModel: ContactPanel,
    CustomerFormViewModel: CustomerFormPanel,
    DiscountViewModel: DiscountPanel,
    FindCustomerViewModel: FindCustomerPanel,
    HelpViewModel: HelpPanel,
    IdentityViewModel: IdentityPanel,
    LineEditViewModel: LineEditPanel,
    LinkViewModel: LinkPanel,
    LookingViewModel: LookingPanel,
    MenuViewModel: MenuPanel,
    MoreViewModel: MorePanel,
    NoteViewModel: NotePanel,
    OverrideViewModel: OverridePanel,
    ParkedViewModel: ParkedPanel,
    PeopleViewModel: PeoplePanel,
    PhotoViewModel: PhotoPanel,
    PriceCheckViewModel: PriceCheckPanel,
    ReasonViewModel: ReasonPanel,
    SearchViewModel: SearchPanel,
    TextEntryViewModel: TextEntryPanel,
    TroubleViewModel: TroublePanel,
    **MONEY_PANELS,
}
