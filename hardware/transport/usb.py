"""Bytes over USB to a device of the printer class."""

from __future__ import annotations

import contextlib
import errno
from typing import Any

from hardware.errors import DeviceBusy, DeviceUnreachable

PRINTER_CLASS = 0x07  # USB class code of printers, usb.org "Defined Class Codes"


class UsbTransport:
    """The bulk endpoints of one USB printer, found by vendor and product number.

    Args:
        vendor_id: For example 0x04B8 for Epson.
        product_id: As ``lsusb`` shows it.
        serial_number: Tells two equal printers apart; None takes the first.
        timeout_s: Longest wait for the device to take a block of bytes.

    Raises:
        DeviceUnreachable: No such device, or no libusb on this machine.
        DeviceBusy: Another program holds it, or its use is not permitted.
    """

    def __init__(
        self,
        vendor_id: int,
        product_id: int,
        *,
        serial_number: str | None = None,
        timeout_s: float = 5.0,
    ) -> None:
        self._timeout_ms = int(timeout_s * 1000)
        self._device = _find(vendor_id, product_id, serial_number)
        self._interface = _printer_interface(self._device)
        try:
            self._claim()
        except OSError as error:
            if error.errno in (errno.EBUSY, errno.EACCES):
                raise DeviceBusy(f"The USB printer is in use or not permitted: {error}") from error
            raise DeviceUnreachable(f"The USB printer cannot be opened: {error}") from error
        self._out = _endpoint(self._interface, is_in=False)
        self._in = _endpoint(self._interface, is_in=True)

    def _claim(self) -> None:
        import usb.util

        number = self._interface.bInterfaceNumber
        with contextlib.suppress(NotImplementedError):  # no kernel drivers on Windows
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
        usb.util.claim_interface(self._device, number)

    def write(self, data: bytes) -> None:
        sent = 0
        while sent < len(data):
            sent += self._out.write(data[sent : sent + 4096], self._timeout_ms)

    def read(self, size: int, timeout_s: float) -> bytes:
        import usb.core

        if self._in is None:
            return b""
        try:
            block = max(size, self._in.wMaxPacketSize)
            return bytes(self._in.read(block, max(1, int(timeout_s * 1000))))
        except usb.core.USBTimeoutError:
            return b""

    def close(self) -> None:
        import usb.util

        usb.util.dispose_resources(self._device)


def _find(vendor_id: int, product_id: int, serial_number: str | None) -> Any:
    import usb.core

    name = f"USB device {vendor_id:04x}:{product_id:04x}"
    try:
        found = usb.core.find(find_all=True, idVendor=vendor_id, idProduct=product_id)
        for device in found or ():
            if serial_number is None or device.serial_number == serial_number:
                return device
    except (usb.core.NoBackendError, OSError) as error:
        raise DeviceUnreachable(f"{name}: {error}") from error
    raise DeviceUnreachable(f"{name} is not plugged in.")


def _printer_interface(device: Any) -> Any:
    interfaces = [interface for configuration in device for interface in configuration]
    for interface in interfaces:
        if interface.bInterfaceClass == PRINTER_CLASS:
            return interface
    if not interfaces:
        raise DeviceUnreachable("The USB device offers no interface.")
    return interfaces[0]


def _endpoint(interface: Any, *, is_in: bool) -> Any:
    wanted = 0x80 if is_in else 0x00  # USB 2.0, table 9-13: bit 7 is the direction
    for endpoint in interface:
        if endpoint.bEndpointAddress & 0x80 == wanted:
            return endpoint
    if not is_in:
        raise DeviceUnreachable("The USB device takes no data.")
    return None
