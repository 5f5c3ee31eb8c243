"""R10: the same push from many hands at once, and two processes at one file."""

from __future__ import annotations

from collections import Counter as Count
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import requests

from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from sync.agent.hub import encode_op
from sync.credentials import load_credentials
from tests.builders import KEY
from tests.faults import victims
from tests.faults.kill_sync import Upstairs, till_with_a_day
from tests.faults.oracle import Ear, exactly_told, hub_violations, till_violations
from tests.faults.shop_floor import fresh_till
from tests.faults.syncing import drain
from tests.faults.tally import Tally
from tests.faults.tracing import Victim
from tests.sync.enrolling import SignedBy

PUSHES, AT_ONCE = 100, 20
TIMEOUT_S = 120
ENDS_WITHIN_S = 60.0


def identical_pushes(here: Upstairs, tally: Tally, pushes: int = PUSHES) -> None:
    """Push the same facts from many threads at once; each has one effect, each answer is true."""
    folder, ear = till_with_a_day(here)
    with closing(AgentStore(folder.database, key=load_key(folder) or KEY)) as store:
        facts, till = store.pending(200, 500_000), store.till
    ops = b",".join(encode_op(fact) for fact in facts)
    body = b'{"epoch":1,"from_seq":1,"ops":[%b]}' % ops
    signed = SignedBy(load_credentials(folder))
    url = f"{here.hub.url}/v1/tills/{till}/ops"

    def push(_: int) -> requests.Response:
        headers = {"Content-Type": "application/json"}
        return requests.post(url, data=body, headers=headers, auth=signed, timeout=TIMEOUT_S)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(push, range(pushes)))
    found = _untrue_answers(answers, len(facts))
    drain(folder, here.hub.url)
    found += hub_violations(folder, here.hub.database) + till_violations(folder, ear)
    what = f"{pushes} identical pushes on {here.hub.database.name}"
    tally.add(what, found)


def _untrue_answers(answers: list[requests.Response], facts: int) -> list[str]:
    """Each answer is that everything is stored, once as fresh, or that there is no time now."""
    statuses = Count(answer.status_code for answer in answers)
    found = [] if set(statuses) <= {200, 503} else [f"answers {dict(statuses)}"]
    outcomes: Count[str] = Count()
    for answer in answers:
        results: list[dict[str, Any]] = answer.json().get("results", [])
        outcomes.update(result["outcome"] for result in results)
    taken = {"applied": facts, "duplicate": facts * (statuses[200] - 1)}
    return found if outcomes == taken else [*found, f"{dict(outcomes)}, not {taken}"]


def hammer(root: Path, tally: Tally, seconds: float, *, checkpoint_pages: int) -> None:
    """Let a till sell and an agent acknowledge and checkpoint on one file, as fast as they can."""
    folder, ear = fresh_till(root / "hammered"), Ear()
    setting = victims.Setting(checkpoint_pages=checkpoint_pages)
    with (
        Victim(victims.sell_for, str(folder.root), seconds, setting, is_telling=True) as seller,
        Victim(victims.acknowledge_for, str(folder.root), seconds, is_telling=False) as agent,
    ):
        seller.start()
        agent.start()
        seller.hear(ear, longest_s=seconds + ENDS_WITHIN_S)
        ends = seller.wait(), agent.wait(ENDS_WITHIN_S)
    found = [f"the processes ended with {ends}", *ear.crashes] if ends != (0, 0) else []
    found += till_violations(folder, ear) + exactly_told(folder, ear)
    if len(ear.of("sale")) < seconds:
        found.append(f"only {len(ear.of('sale'))} sales in {seconds} s")
    tally.add(f"hammer, WAL of {checkpoint_pages or 'usual'} pages", found)
    tally.remarks["sales while hammered"] += len(ear.of("sale"))
