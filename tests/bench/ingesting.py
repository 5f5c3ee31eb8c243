"""How many ten-line sales the hub takes in, on PostgreSQL, beside a bare POST and INSERT."""

from __future__ import annotations

from statistics import median

from tests.bench import hub
from tests.bench.cpu import told
from tests.bench.measures import Context
from tests.bench.report import Row
from tests.postgres import running_cluster

LEAST_PER_S, DRAIN_S = 1_000, 5


def measure(_context: Context) -> list[Row]:
    """Push the sales of three tills one by one, of three at once, and let an agent catch up."""
    with running_cluster() as cluster:
        found = hub.run(cluster)
    ingest, raw, drain_s = median(found.ingests), median(found.raws), found.drain_s
    at_once = (
        f"{len(found.ingests)} tills at once, {hub.SALES:,} sales each, on a connection each; the"
        " rest and the limit as in the line below."
    )
    how = (
        f"The middle of {len(found.ingests)} tills with {hub.SALES:,} sales each, one after the"
        f" other: {_each(found.ingests)}; limit {_each(found.raws)}."
        " Client, hub and PostgreSQL on this machine, one connection; facts, requests and answers"
        f" signed, every signature checked. Processor time for each sale: {told(found.micros)}."
        " Limit: the same bodies to a bare HTTP server with one INSERT and COMMIT for each."
    )
    caught_up = (
        "From the agent being ready to the last sale acknowledged. Processor time for each sale:"
        f" {told(found.drain_micros)}. Limit: the same as above."
    )
    return [
        Row(
            f"hub ingest of {hub.LINES}-line sales, PostgreSQL, {len(found.ingests)} tills",
            f"≥ {LEAST_PER_S:,}/s",
            f"{found.at_once:,.0f}/s",
            f"{found.raw_at_once:,.0f}/s",
            f"{found.at_once / found.raw_at_once:.2f} of it",
            found.at_once >= LEAST_PER_S,
            (at_once,),
        ),
        Row(
            f"hub ingest of {hub.LINES}-line sales, PostgreSQL, one till",
            f"≥ {LEAST_PER_S:,}/s",
            f"{ingest:,.0f}/s",
            f"{raw:,.0f}/s",
            f"{ingest / raw:.2f} of it",
            ingest >= LEAST_PER_S,
            (how,),
        ),
        Row(
            f"drain of {hub.SALES:,} sales, PostgreSQL, nobody selling",
            f"≤ {DRAIN_S} s",
            f"{drain_s:.1f} s",
            f"{hub.SALES / raw:.1f} s",
            f"{drain_s * raw / hub.SALES:.1f} ×",
            drain_s <= DRAIN_S,
            (caught_up,),
        ),
    ]


def _each(rates: list[float]) -> str:
    return f"{', '.join(f'{rate:,.0f}' for rate in rates)}/s"
