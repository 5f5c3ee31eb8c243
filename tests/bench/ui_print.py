"""From the key that takes the money to the first byte of the receipt at a network printer."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
import time

from pos.commands.demonstration.hand import PREFIX, SCANNER
from pos.screens.navigator import Screen
from tests.bench import shop
from tests.bench.catalogue import figures
from tests.bench.measures import Context
from tests.bench.printer import ReceiptTimes, running_printer
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import Hands, display
from tests.bench.ui_till import BenchTill, served_till, settle, wait_until

LINES = 10
PRODUCTS = 20_000


def measure(context: Context) -> list[Row]:
    """Sell ten lines for cash, again and again, with receipts that print by themselves."""
    sales = context.of(60, 3)
    with display(), shop.copy_of(shop.till_folder(PRODUCTS)) as data, running_printer() as printer:
        where = {"kind": "tcp", "host": "127.0.0.1", "port": printer.port}
        shop.point_to(data, shop.NO_HUB, receipts="always", printer=where, scanner=SCANNER)
        with served_till(data) as (bench, hands):
            found = [_sell(bench, hands, printer) for _ in range(sales)]
    measured, raw = figures(found), figures(_raw_times(sales))
    how = (
        f"{sales} sales of {LINES} lines. From the Intro on the payment screen reaching the"
        " application to the first byte of the receipt itself; the drawer's pulse and four"
        " status questions go before it. Limit: an insert made durable, a connection and a byte."
    )
    return [
        Row(
            "pay → first byte at the printer",
            "p99 ≤ 100 ms",
            spread(measured),
            spread(raw, "p50", "p99"),
            times(measured["p50"], raw["p50"]),
            measured["p99"] <= 100,
            (how,),
        )
    ]


def _sell(bench: BenchTill, hands: Hands, printer: ReceiptTimes) -> float:
    """Sell and return how long the receipt took, in ms."""
    hands.scan_at_pace([f"{PREFIX}{shop.gtin_of(place)}" for place in range(LINES)], 50)
    wait_until(lambda: bench.lines >= LINES)
    settle(100)
    hands.press("F10")
    wait_until(lambda: bench.screen is Screen.PAYMENT)
    settle(200)
    printed = len(printer.first_bytes)
    bench.keys.forget()
    hands.press("Return")
    wait_until(lambda: len(printer.first_bytes) > printed)
    took = (printer.first_bytes[-1] - bench.keys.returns[0]) * 1000
    settle(800)  # the printer confirms; the next job must not wait for it
    hands.press("Return")
    wait_until(lambda: bench.screen is Screen.SALE)
    return took


def _raw_times(count: int) -> list[float]:
    """Sync 4 KiB to disk, connect, send one byte and know that it came."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard: list[float] = []
    came = threading.Semaphore(0)

    def listen() -> None:
        for _ in range(count):
            connection, _address = listener.accept()
            with connection:
                connection.recv(1)
                heard.append(time.perf_counter())
                came.release()

    reader = threading.Thread(target=listen, daemon=True)
    reader.start()
    found = []
    with tempfile.TemporaryFile() as file:
        for _ in range(count):
            begun = time.perf_counter()
            os.write(file.fileno(), bytes(4096))
            os.fdatasync(file.fileno())
            with socket.create_connection(listener.getsockname()) as connection:
                connection.send(b"\x1b")
                came.acquire()
            found.append((heard[-1] - begun) * 1000)
    reader.join()
    listener.close()
    return found
