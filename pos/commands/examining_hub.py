"""Looks at how a till stands with its hub: enrolled, reached, known, in time, certified."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from pos.commands.finding import Finding, Mark, good
from pos.domain.errors import StoreUnavailable
from pos.settings import TillSettings
from pos.store.data_folder import DataFolder
from pos.system import SystemClock
from sync.client import (
    Credentials,
    HubClient,
    HubRefused,
    HubUnreachable,
    NotTheHub,
    problem_code,
)
from sync.credentials import load_credentials
from sync.http import CertificateRefused

LATEST_CLOCK_SKEW_MS = 120_000
CERTIFICATE_WARNED_MS = 30 * 24 * 3_600_000
DEADLINE_S = 15.0
HTTP_OK = 200
ENROL = "mostrador hub till-code SHOP NUMBER, then mostrador init --code CODE"
RENEW = "mostrador hub certificate --help"


def examine_hub(folder: DataFolder, settings: TillSettings) -> Iterator[Finding]:
    """Yield what is found; a hub that is away is no fault, the till sells without it."""
    try:
        credentials = load_credentials(folder)
    except StoreUnavailable as error:
        yield Finding("enrolment", Mark.FAULT, str(error), ENROL)
        return
    yield good("enrolment", f"enrolled, the hub's key is {credentials.hub_key[:16]}…")
    yield _reached(settings, credentials)
    yield from _known(settings, credentials)


def _reached(settings: TillSettings, credentials: Credentials) -> Finding:
    try:
        health = HubClient(settings.hub, credentials).health()
    except CertificateRefused as error:
        return Finding("hub", Mark.FAULT, f"{settings.hub}: {error}", RENEW)
    except (HubUnreachable, HubRefused) as error:
        text = f"{settings.hub} does not answer ({error}); the till sells without it"
        return Finding("hub", Mark.NOTE, text, "mostrador hub --help")
    skew = abs(SystemClock().now_ms() - health.hub_time_ms) if health.hub_time_ms else 0
    if skew > LATEST_CLOCK_SKEW_MS:
        text = f"the clocks of till and hub differ by {skew // 1000} s"
        return Finding("hub", Mark.FAULT, text, "timedatectl set-ntp true")
    return good("hub", f"{settings.hub} answers")


def _known(settings: TillSettings, credentials: Credentials) -> Iterator[Finding]:
    """Yield whether hub and till know each other, and how long the hub's certificate counts."""
    with closing(credentials.open(settings.hub, deadline_s=DEADLINE_S)) as http:
        try:
            answer = http.get(f"/v1/tills/{settings.till}/digest?day=all")
        except NotTheHub as error:
            yield Finding("hub key", Mark.FAULT, str(error), ENROL)
            return
        except HubUnreachable:
            return
        if answer.status == HTTP_OK:
            yield good("hub key", "the hub is the one of the enrolment, and takes this till")
        else:
            text = f"the hub does not take this till: {problem_code(answer)}"
            yield Finding("hub key", Mark.FAULT, text, ENROL)
        if http.certificate_ends_ms is not None:
            yield _certificate(http.certificate_ends_ms)


def _certificate(ends_ms: int) -> Finding:
    ends = datetime.fromtimestamp(ends_ms / 1000, UTC)
    text = f"counts until {ends:%Y-%m-%d}"
    if ends_ms - SystemClock().now_ms() < CERTIFICATE_WARNED_MS:
        return Finding("certificate", Mark.FAULT, text, RENEW)
    return good("certificate", text)
