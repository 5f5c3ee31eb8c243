"""Opening the drawer without a sale: reason, permission, journal, then the drawer."""

from __future__ import annotations

from pos.domain.staff import Act, Approval, Capability
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.reason.view_model import ReasonViewModel
from pos.services import till_session


def ask_to_open_drawer(counter: Counter, navigator: Navigator) -> None:
    """Ask why, ask for permission where it is needed, record, and open the drawer."""
    panel = ReasonViewModel(navigator, "drawer")

    def ask(reason: str) -> None:
        ask_permission(
            counter,
            navigator,
            OverrideRequest(
                Act(Capability.OPEN_DRAWER),
                panel.title,
                panel.why_asked(counter.sign_on.operator),
                None,
                None,
                lambda approval: _open(counter, navigator, reason, approval),
                reason=reason,
            ),
        )

    panel.decided.connect(ask)
    navigator.close_all()
    navigator.open(panel)


def _open(counter: Counter, navigator: Navigator, reason: str, approval: Approval | None) -> None:
    def act() -> bool:
        till_session.open_drawer(counter.sign_on, reason=reason, approval=approval)
        return True

    if attempt(counter, navigator, act):
        counter.devices.printing.open_drawer()
        counter.devices.link.nudge()
        navigator.close_all()
