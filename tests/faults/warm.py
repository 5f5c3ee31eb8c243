"""Loaded once by the process that victims are forked from: what a first act loads is loaded.

Nothing here may leave a thread, a descriptor or a connection behind.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import sync.agent.main
import sync.hub.main
from hardware.receipt_printer.encoder import encode
from hardware.receipt_printer.profile import PROFILES
from pos.devices.documents import document_of
from pos.receipts.layouts import Layouts
from pos.services import print_jobs
from sync.hub.database import open_database
from tests.faults import victims
from tests.faults.shift import Counter
from tests.faults.shop_floor import drop_template, fresh_till, open_at
from tests.receipts.examples import paper

LOADED = (sync.agent.main, sync.hub.main, victims)


def _tell(what: str, **said: object) -> None:
    """Say nothing."""


def _work_once(root: Path) -> None:
    till, sign_on = open_at(fresh_till(root / "till"))
    try:
        counter = Counter(till, sign_on, _tell)
        counter.work()
        with till.store.reading() as records:
            sale = records.sales.recent(1)[0]
        job = print_jobs.queue_receipt(sign_on, sale)
        layouts = Layouts(paper())
        encode(document_of(till.station, layouts, job), PROFILES["epson-80mm"])
    finally:
        till.close()
    open_database(f"sqlite:///{root / 'hub.db'}").close()


logging.disable(logging.CRITICAL)  # what is told goes through the pipe
with tempfile.TemporaryDirectory() as name:
    _work_once(Path(name))
drop_template()
