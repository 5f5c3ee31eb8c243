"""What can go wrong between the till and a device, named by what the till may do next.

The distinction that matters is whether the device may have acted. A driver
raises `DeviceUnreachable` only when it is certain that nothing was sent, so the
caller may try again; once a byte may have left and no answer came back, the
outcome is unknown and trying again could print, charge or open twice.

Source: ``upos_code`` holds the ResultCode constants of UnifiedPOS 1.14 (chapter
"Common Properties, Methods and Events"), so that a line of our log can be read
beside that of any other UnifiedPOS device.
"""

from __future__ import annotations

from typing import ClassVar


class DeviceError(Exception):
    """A device did not do what it was asked; the message is in words for the log.

    Attributes:
        upos_name: Name of the UnifiedPOS result code.
        upos_code: Its number.
    """

    upos_name: ClassVar[str] = "UPOS_E_FAILURE"
    upos_code: ClassVar[int] = 111


class DeviceUnreachable(DeviceError):
    """Nothing was sent: unplugged, switched off or no route. Safe to try again."""

    upos_name = "UPOS_E_NOHARDWARE"
    upos_code = 107


class DeviceBusy(DeviceUnreachable):
    """Another program or another job holds the device; nothing was sent."""

    upos_name = "UPOS_E_BUSY"
    upos_code = 113


class DeviceNotConfigured(DeviceError):
    """The settings name no such device, or a parameter is missing or wrong."""

    upos_name = "UPOS_E_NOEXIST"
    upos_code = 109


class DeviceRefused(DeviceError):
    """The device answered that it will not do it: paper out, cover open, bad request.

    Nothing further happened; the cause is in the message.
    """

    upos_name = "UPOS_E_ILLEGAL"
    upos_code = 106


class OutcomeUnknown(DeviceError):
    """Something was sent and no trustworthy answer came back.

    The act may have happened: never repeat it without asking the device or a
    person. Never to be read as "declined" or "not printed".
    """

    upos_name = "UPOS_E_TIMEOUT"
    upos_code = 112
