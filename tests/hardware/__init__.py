"""Devices: ports, drivers, simulators and their contracts."""
