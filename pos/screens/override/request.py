"""What an approval is asked for, and the one door through which restricted acts go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.staff import Act, Approval, Approved
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator


def _nothing() -> None:
    """Do nothing when the question is taken back."""


@dataclass(frozen=True)
class OverrideRequest:
    """A restricted act that waits for a permission.

    `title` says what is asked for, `subtitle` why it has to be asked, `amount` how much
    money it is about. `reasons` are offered to choose from; where the reason is known
    already they are None and `reason` is recorded. `on_approved` gets None when the
    operator may do it alone.
    """

    act: Act
    title: str
    subtitle: str
    amount: Money | None
    reasons: tuple[str, ...] | None
    on_approved: Callable[[Approval | None], None]
    on_cancelled: Callable[[], None] = _nothing
    reason: str = ""


def ask_permission(counter: Counter, navigator: Navigator, request: OverrideRequest) -> None:
    """Do the act at once when the operator may, else ask in place for somebody who may."""
    if isinstance(counter.sign_on.decide(request.act), Approved):
        request.on_approved(None)
        return
    # The panel needs this module for its request.
    from pos.screens.override.view_model import OverrideViewModel

    panel = OverrideViewModel(counter, request, navigator)
    panel.finished.connect(lambda: navigator.close(panel))
    navigator.open(panel)
