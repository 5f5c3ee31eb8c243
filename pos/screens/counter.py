"""What every screen shares: who works here, the ticket at the counter, the link, the devices."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from pos.background import Background
from pos.domain.sale import Sale
from pos.domain.ticket import Ticket
from pos.screens.camera.view_model import CameraFeed
from pos.screens.exchange.claims import HeldPurchases
from pos.screens.pickup_watch import PickupWatch
from pos.screens.ports import CardTerminal, Link, NoVitals, Printing, Sounds, Vitals
from pos.screens.refund_watch import RefundWatch
from pos.screens.watch import Watch
from pos.services.hub_calls import HubCalls
from pos.services.no_hub import NoHub
from pos.services.workstation import SignOn, Workstation
from pos.settings import TillSettings


@dataclass(frozen=True)
class Devices:
    """What hangs on the till, each behind a port of pos/screens/ports.py."""

    printing: Printing
    terminal: CardTerminal
    sounds: Sounds
    link: Link
    camera: CameraFeed | None = None
    hub: HubCalls = field(default_factory=NoHub)
    vitals: Vitals = field(default_factory=NoVitals)


class Counter(QObject):
    """The state that screens share; it decides nothing, it announces.

    Screens call services with `sign_on` and `ticket`, then hand the ticket that comes back
    to `put`. What was recorded also nudges the agent.
    """

    sign_on_changed = Signal()
    ticket_changed = Signal()
    sale_recorded = Signal(object)  # Sale

    def __init__(
        self,
        station: Workstation,
        devices: Devices,
        settings: TillSettings,
        background: Background,
        *,
        shop_name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.station = station
        self.devices = devices
        self.settings = settings
        self.background = background
        self.shop_name = shop_name
        self.watch = Watch(station, devices.link, devices.vitals, self)
        self.pickups = PickupWatch(station, devices.link, devices.sounds, background, self)
        self.refunds = RefundWatch(
            station, devices.terminal, devices.link, devices.hub, lambda: self.signed_on, self
        )
        self.held = HeldPurchases(devices.hub)
        self.sign_on_changed.connect(self.refunds.look)
        self._sign_on: SignOn | None = None
        self._ticket: Ticket | None = None
        self._last_sale: Sale | None = None

    @property
    def signed_on(self) -> SignOn | None:
        return self._sign_on

    @property
    def sign_on(self) -> SignOn:
        """Who works here.

        Raises:
            RuntimeError: Nobody signed in: a bug, the screens behind sign-in are not shown.
        """
        if self._sign_on is None:
            raise RuntimeError("nobody is signed on")
        return self._sign_on

    @property
    def ticket(self) -> Ticket | None:
        return self._ticket

    @property
    def last_sale(self) -> Sale | None:
        return self._last_sale

    def work_as(self, sign_on: SignOn | None) -> None:
        """Sign somebody on, change the shift, or (None) leave the till to the sign-in screen."""
        self._sign_on = sign_on
        self.sign_on_changed.emit()
        self.devices.link.nudge()

    def put(self, ticket: Ticket | None) -> None:
        """Show what a service made of the ticket; None: the counter is free."""
        self._ticket = ticket
        self.ticket_changed.emit()

    def record_sale(self, sale: Sale) -> None:
        """Show that the ticket became a sale."""
        self._last_sale = sale
        self._ticket = None
        self.held.forget(sale.sale_id)
        self.ticket_changed.emit()
        self.sale_recorded.emit(sale)
        self.devices.link.nudge()

    def restore(self, ticket: Ticket | None, last_sale: Sale | None) -> None:
        """Take over what the till found when it started."""
        self._last_sale = last_sale
        self.put(ticket)
