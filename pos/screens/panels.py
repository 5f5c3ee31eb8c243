"""Which widget shows which panel view model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.screens.help.view import HelpPanel
from pos.screens.help.view_model import HelpViewModel
from pos.screens.link.view import LinkPanel
from pos.screens.link.view_model import LinkViewModel
from pos.screens.menu.view import MenuPanel
from pos.screens.menu.view_model import MenuViewModel
from pos.screens.override.view import OverridePanel
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.reason.view import ReasonPanel
from pos.screens.reason.view_model import ReasonViewModel
from pos.screens.text_entry.view import TextEntryPanel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.screens.trouble.view import TroublePanel
from pos.screens.trouble.view_model import TroubleViewModel

PanelFactory = Callable[[Any], QWidget]

PANELS: Mapping[type, PanelFactory] = {
    HelpViewModel: HelpPanel,
    LinkViewModel: LinkPanel,
    MenuViewModel: MenuPanel,
    OverrideViewModel: OverridePanel,
    ReasonViewModel: ReasonPanel,
    TextEntryViewModel: TextEntryPanel,
    TroubleViewModel: TroublePanel,
}
