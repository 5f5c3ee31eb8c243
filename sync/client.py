"""The calls to the hub that a person waits for: short, with a deadline, never repeated."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from sync.http import HttpAnswer, HubHttp, HubUnreachable
from sync.wire.v1.base import Message, Problem
from sync.wire.v1.tills import Digest, Health, Registered, Registration

DEADLINE_S = 15.0
HTTP_OK = 200

__all__ = ["HubClient", "HubRefused", "HubUnreachable"]

Answer = TypeVar("Answer", bound=Message)


class HubRefused(OSError):
    """The hub answered that it will not; `code` is its own word for why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"the hub refused: {code} ({status})")
        self.status = status
        self.code = code


class HubClient:
    """One hub; each call opens a connection of its own."""

    def __init__(self, url: str, *, deadline_s: float = DEADLINE_S) -> None:
        self._url = url
        self._deadline_s = deadline_s

    def register(
        self,
        till: str,
        *,
        shop: str,
        number: int,
        name: str,
        app_version: str,
        currency: str = "",
    ) -> Registered:
        """Present a till to the hub; doing so again is harmless.

        Args:
            currency: Makes the hub add the shop when it has none of that code.

        Raises:
            HubUnreachable: No answer in time.
            HubRefused: There is no such shop.
        """
        message = Registration(
            shop=shop, number=number, name=name, app_version=app_version, currency=currency
        )
        body = message.model_dump_json().encode()
        return self._read(self._send("PUT", f"/v1/tills/{till}", body), Registered)

    def digest(self, till: str, day: str = "all") -> Digest:
        """Return what the hub holds of a till: a business day (ISO) or ``all``.

        Raises:
            HubUnreachable: No answer in time.
            HubRefused: The hub does not know the till.
        """
        return self._read(self._get(f"/v1/tills/{till}/digest?day={day}"), Digest)

    def health(self) -> Health:
        """Return how the hub is.

        Raises:
            HubUnreachable: No answer in time.
            HubRefused: It is not well.
        """
        return self._read(self._get("/health"), Health)

    def _get(self, path: str) -> HttpAnswer:
        http = HubHttp(self._url, deadline_s=self._deadline_s)
        try:
            return http.get(path)
        finally:
            http.close()

    def _send(self, method: str, path: str, body: bytes) -> HttpAnswer:
        http = HubHttp(self._url, deadline_s=self._deadline_s)
        try:
            return http.send(method, path, body)
        finally:
            http.close()

    @staticmethod
    def _read(answer: HttpAnswer, kind: type[Answer]) -> Answer:
        if answer.status != HTTP_OK:
            raise HubRefused(answer.status, problem_code(answer))
        try:
            return kind.model_validate_json(answer.body)
        except ValidationError as error:
            raise HubUnreachable("what answers is not a hub") from error


def problem_code(answer: HttpAnswer) -> str:
    """Return the code of a refusal, or the HTTP status when it is none of ours."""
    try:
        return Problem.model_validate_json(answer.body).code
    except ValidationError:
        return f"HTTP {answer.status}"
