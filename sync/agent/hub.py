"""The hub as the agent sees it: requests in, the protocol's own terms out."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from urllib.parse import quote

from pydantic import ValidationError

from pos.domain.journal import Fact
from pos.store.agreement import Agreement
from sync.client import HubRefused, problem_code, read_answer
from sync.http import HttpAnswer, HubUnreachable
from sync.protocol.pusher import Answer, Batch, OpResult, PendingOp, Reply
from sync.signed_http import SignedHttp
from sync.wire.v1.base import MAX_FEED_ITEMS
from sync.wire.v1.catalogue import CatalogueInfo
from sync.wire.v1.customers import CustomerPage
from sync.wire.v1.feeds import (
    DeskPage,
    PricePage,
    PromotionPage,
    SettingPage,
    StaffPage,
    StockPage,
    Stream,
    SuggestionPage,
)
from sync.wire.v1.orders import MAX_ORDERS, OrderPage
from sync.wire.v1.parking import ParkedPage
from sync.wire.v1.push import PushAnswer
from sync.wire.v1.tills import (
    DayTotals,
    DigestAnswer,
    Health,
    ReportAnswer,
    TillDigest,
    TillReport,
)

DOWNLOAD_DEADLINE_S = 600.0
HTTP_OK, HTTP_NOT_MODIFIED = 200, 304

log = logging.getLogger("sync.agent")

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

FeedPage = TypeVar(
    "FeedPage",
    PricePage,
    StockPage,
    StaffPage,
    SettingPage,
    DeskPage,
    ParkedPage,
    OrderPage,
    PromotionPage,
    SuggestionPage,
    CustomerPage,
)


class Hub:
    """One hub, over a connection of the agent's own."""

    def __init__(self, http: SignedHttp, *, till: str, shop: str) -> None:
        self._http = http
        self._till = till
        self._shop = shop

    @property
    def certificate_ends_ms(self) -> int | None:
        """See `HubHttp`."""
        return self._http.certificate_ends_ms

    def push(self, batch: Batch, encoded: Sequence[bytes]) -> Reply:
        """Send a batch, its ops encoded by `encode_op`; whatever happens comes back as a reply."""
        repair = b'"is_repair":true,' if batch.is_repair else b""
        head = b'{"epoch":%d,"from_seq":%d,%b"ops":[' % (batch.epoch, batch.from_seq, repair)
        body = head + b",".join(encoded) + b"]}"
        try:
            answer = self._http.send("POST", f"/v1/tills/{self._till}/ops", body)
        except HubUnreachable as error:
            log.debug("no answer", extra={"reason": str(error)})
            return Reply(None, code=error.code)
        code = "" if answer.status == HTTP_OK else problem_code(answer)
        return Reply(answer.status, _push_answer(answer), code, answer.retry_after_ms)

    def compare(self, own: Agreement) -> DigestAnswer:
        """Ask whether the hub holds the same.

        Raises:
            HubUnreachable, HubRefused: See `page`.
        """
        days = tuple(
            DayTotals(
                day=day.day,
                sales=day.sales,
                total_minor=day.total_minor,
                by_tender=dict(day.by_tender),
                returns=day.returns,
                returns_minor=day.returns_minor,
                by_refund=dict(day.by_refund),
                by_reissue=dict(day.by_reissue),
            )
            for day in own.days
        )
        said = TillDigest(epoch=own.epoch, through=own.through, head=own.head, days=days)
        body = said.model_dump_json().encode()
        return read_answer(
            self._http.send("POST", f"/v1/tills/{self._till}/digest", body), DigestAnswer
        )

    def report(self, report: TillReport) -> ReportAnswer:
        """Say how the till stands.

        Raises:
            HubUnreachable, HubRefused: See `page`.
        """
        body = report.model_dump_json().encode()
        return read_answer(
            self._http.send("POST", f"/v1/tills/{self._till}/report", body), ReportAnswer
        )

    def is_reachable(self) -> bool:
        """Probe cheaply whether the hub answers at all."""
        try:
            answer = self._http.get_open("/health")
        except HubUnreachable:
            return False
        return answer.status == HTTP_OK and _is_health(answer)

    def page(self, stream: Stream, cursor: int, kind: type[FeedPage]) -> FeedPage:
        """Return what changed in a feed after `cursor`.

        Raises:
            HubUnreachable: No whole answer, or not one of a hub.
            HubRefused: The hub answered that it will not.
        """
        path = f"/v1/shops/{quote(self._shop)}/feed/{stream.value}"
        return read_answer(self._http.get(f"{path}?cursor={cursor}&limit={MAX_FEED_ITEMS}"), kind)

    def orders(self, cursor: int, epoch: int) -> OrderPage:
        """Return the orders to collect that changed after `cursor`.

        Args:
            epoch: The till's: the page says which of the facts of that epoch it shows.

        Raises:
            HubUnreachable, HubRefused: See `page`.
        """
        path = f"/v1/shops/{quote(self._shop)}/orders"
        asked = f"{path}?cursor={cursor}&limit={MAX_ORDERS}&epoch={epoch}"
        return read_answer(self._http.get(asked), OrderPage)

    def catalogue(self, known_generation: int) -> CatalogueInfo | None:
        """Return the hub's generation, None when it is the one that is known.

        Raises:
            HubUnreachable, HubRefused: See `page`.
        """
        answer = self._http.get(
            f"/v1/shops/{quote(self._shop)}/catalogue",
            {"If-None-Match": f'"{known_generation}"'},
        )
        return None if answer.status == HTTP_NOT_MODIFIED else read_answer(answer, CatalogueInfo)

    @contextmanager
    def catalogue_stream(self, generation: int) -> Iterator[Iterator[bytes]]:
        """Yield the gzipped stream of a generation as it comes.

        Raises:
            HubUnreachable: Here or while reading.
            HubRefused: It is not there any more.
        """
        path = f"/v1/shops/{quote(self._shop)}/catalogue/{generation}"
        with self._http.download(path, deadline_s=DOWNLOAD_DEADLINE_S) as (status, chunks):
            if status != HTTP_OK:
                raise HubRefused(status, f"HTTP {status}")
            yield chunks


def encode_op(fact: Fact, *, is_withheld: bool = False, beside_json: str = "") -> bytes:
    """Return a fact as it stands in a request, and what goes beside it, which is in no hash."""
    beside = {"beside_json": beside_json} if beside_json and not is_withheld else {}
    return _written(
        {
            "op_id": fact.op_id,
            "seq": fact.seq,
            "kind": fact.kind.value,
            "occurred_at_ms": fact.occurred_at_ms,
            "body_json": None if is_withheld else fact.body_json,
            "prev_hash": fact.prev_hash,
            "hash": fact.hash,
            "signature": fact.signature,
            **beside,
        }
    ).encode()


def pending_op(fact: Fact, encoded: bytes) -> PendingOp:
    """Return what the protocol needs to know of a fact."""
    return PendingOp(fact.seq, fact.op_id, fact.hash, len(encoded) + 1)


def _push_answer(answer: HttpAnswer) -> Answer | None:
    """Return the answer to a push, None when it is anything else."""
    if answer.status != HTTP_OK:
        return None
    try:
        said = PushAnswer.model_validate_json(answer.body)
    except ValidationError:
        return None
    results = tuple(OpResult(r.seq, r.op_id, r.outcome.value, r.code) for r in said.results)
    return Answer(
        said.till,
        said.epoch,
        said.received_through,
        said.chain_head,
        said.hub_time_ms,
        results,
        said.move_to_epoch,
        tuple((notice.name, notice.since_ms) for notice in said.notices),
    )


def _is_health(answer: HttpAnswer) -> bool:
    try:
        return Health.model_validate_json(answer.body).status == "ok"
    except ValidationError:
        return False
