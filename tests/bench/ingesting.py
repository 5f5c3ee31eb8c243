"""How many ten-line sales the hub takes in, on PostgreSQL, beside a bare POST and INSERT."""

from __future__ import annotations

from tests.bench import hub
from tests.bench.measures import Context
from tests.bench.report import Row
from tests.postgres import create_database, running_cluster

LEAST_PER_S, DRAIN_S = 1_000, 5


def measure(_context: Context) -> list[Row]:
    """Push three thousand sales over HTTP, then let an agent catch up with as many."""
    with running_cluster() as cluster:
        found = hub.run(cluster.url(create_database(cluster)))
    ingest = found["hub_ingest_sales_per_second"]
    raw = found["raw_http_and_insert_sales_per_second"]
    drain_s = found["drain_of_3000_sales_seconds"]
    how = (
        "Client, hub and PostgreSQL on this machine, one connection. Limit: the same bodies to a"
        " bare HTTP server with one INSERT and COMMIT for each."
    )
    return [
        Row(
            f"hub ingest of {hub.LINES}-line sales, PostgreSQL",
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
            ("From the agent being ready to the last sale acknowledged.",),
        ),
    ]
