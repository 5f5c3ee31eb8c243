"""A payment provider over HTTP, as the simulator speaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sync.payments.port import Answer, Found, Outcome, ProviderUnreachable, Standing

CONNECT_S = 2.0
READ_S = 5.0
MAX_ANSWER = 64 * 1024
T = TypeVar("T", bound=BaseModel)


class OutcomeMessage(BaseModel):
    """The answer to a request."""

    model_config = ConfigDict(extra="ignore")
    answer: Answer
    reason: str = Field(default="", max_length=200)


class FoundMessage(BaseModel):
    """The answer to a look-up."""

    model_config = ConfigDict(extra="ignore")
    standing: Standing
    captured: int = Field(ge=0)
    refunded: int = Field(ge=0)
    reason: str = Field(default="", max_length=200)


class HttpProvider:
    """Asks one provider; nothing is tried twice by itself.

    Args:
        url: Where it answers, such as ``http://127.0.0.1:8490``.
        connect_s, read_s: For how long an answer is waited for.
    """

    def __init__(self, url: str, *, connect_s: float = CONNECT_S, read_s: float = READ_S) -> None:
        self._url = url.rstrip("/")
        self._deadlines = (connect_s, read_s)

    def authorise(self, payment_id: str, amount: int, currency: str) -> Outcome:
        """Reserve `amount` minor units; raises ProviderUnreachable when nothing is known."""
        body = {"amount": amount, "currency": currency}
        return self._ask(f"/payments/{quote(payment_id)}/authorise", body)

    def capture(self, payment_id: str, amount: int) -> Outcome:
        """Take what is authorised; raises ProviderUnreachable when nothing is known."""
        return self._ask(f"/payments/{quote(payment_id)}/capture", {"amount": amount})

    def void(self, payment_id: str) -> Outcome:
        """Let go what is authorised; raises ProviderUnreachable when nothing is known."""
        return self._ask(f"/payments/{quote(payment_id)}/void", {})

    def refund(self, refund_id: str, payment_id: str, amount: int) -> Outcome:
        """Give money back; raises ProviderUnreachable when nothing is known."""
        body = {"payment_id": payment_id, "amount": amount}
        return self._ask(f"/refunds/{quote(refund_id)}", body)

    def look_up(self, payment_id: str) -> Found | None:
        """Return how a payment stands; raises ProviderUnreachable when nothing is known."""

        def get() -> requests.Response:
            path = f"{self._url}/payments/{quote(payment_id)}"
            return requests.get(path, timeout=self._deadlines, allow_redirects=False)

        answer = _answered(get)
        if answer.status_code == 404 and _is_ours(answer):
            return None
        said = _read(answer, FoundMessage)
        return Found(said.standing, said.captured, said.refunded, said.reason)

    def _ask(self, path: str, body: dict[str, Any]) -> Outcome:
        def post() -> requests.Response:
            return requests.post(
                self._url + path, json=body, timeout=self._deadlines, allow_redirects=False
            )

        said = _read(_answered(post), OutcomeMessage)
        return Outcome(said.answer, said.reason)


def _answered(ask: Callable[[], requests.Response]) -> requests.Response:
    try:
        return ask()
    except requests.RequestException as error:
        raise ProviderUnreachable(type(error).__name__) from error


def _read(answer: requests.Response, message: type[T]) -> T:
    """Return what an answer says; one that makes no sense says nothing."""
    if answer.status_code != 200 or len(answer.content) > MAX_ANSWER:
        raise ProviderUnreachable(f"status {answer.status_code}")
    try:
        return message.model_validate_json(answer.content)
    except ValidationError as error:
        raise ProviderUnreachable("an answer that makes no sense") from error


def _is_ours(answer: requests.Response) -> bool:
    """Tell "no such payment" from the 404 of something in between."""
    try:
        return bool(answer.json().get("code") == "no_such_payment")
    except (ValueError, AttributeError):
        return False
