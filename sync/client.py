"""The calls to the hub that a person waits for: short, with a deadline, never repeated."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError

from sync.credentials import Credentials, NotEnrolled
from sync.http import HttpAnswer, HubHttp, HubUnreachable
from sync.signed_http import NotTheHub
from sync.wire.v1.base import Message, Problem
from sync.wire.v1.enrolment import (
    Enrolled,
    EnrolmentRequest,
    answer_proof,
    code_id_of,
    proof_key_of,
    request_proof,
)
from sync.wire.v1.signing import NONCE_BYTES
from sync.wire.v1.tills import Digest, Health

DEADLINE_S = 15.0
HTTP_OK = 200

__all__ = ["Credentials", "HubClient", "HubRefused", "HubUnreachable", "NotTheHub"]

Answer = TypeVar("Answer", bound=Message)


class HubRefused(OSError):
    """The hub answered that it will not; `code` is its own word for why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"the hub refused: {code} ({status})")
        self.status = status
        self.code = code


class HubClient:
    """One hub; each call opens a connection of its own."""

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        *,
        deadline_s: float = DEADLINE_S,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        """Remember where and who; without credentials only `enrol` and `health` work."""
        self._url = url
        self._credentials = credentials
        self._deadline_s = deadline_s
        self._random_bytes = random_bytes

    def enrol(
        self,
        code: str,
        public_key: str,
        *,
        name: str = "",
        app_version: str = "",
        till: str = "",
    ) -> Enrolled:
        """Present a till that holds a code; the same key and code again is harmless.

        The connection needs no certificate that is known: who answers has proved to hold the
        code, or the answer does not count.

        Args:
            code: As `sync.wire.v1.enrolment.read_code` returns it.
            public_key: Of the till, 64 hexadecimal digits.
            till: Which till it must be, empty for the one the code is for.

        Raises:
            HubUnreachable: No answer in time.
            NotTheHub: Who answers does not know the code.
            HubRefused: It is used, expired, wrong, or for another till.
        """
        proof_key, code_id = proof_key_of(code), code_id_of(code)
        nonce = self._random_bytes(NONCE_BYTES).hex()
        message = EnrolmentRequest(
            code_id=code_id,
            public_key=public_key,
            nonce=nonce,
            name=name,
            app_version=app_version,
            till=till,
            proof=request_proof(proof_key, code_id=code_id, public_key=public_key, nonce=nonce),
        )
        http = HubHttp(self._url, deadline_s=self._deadline_s, ca=None)
        try:
            answer = http.send("POST", "/v1/enrol", message.model_dump_json().encode())
        finally:
            http.close()
        said = read_answer(answer, Enrolled)
        proof = answer_proof(proof_key, public_key=public_key, nonce=nonce, said=said)
        if not hmac.compare_digest(proof, said.proof):
            raise NotTheHub("what answers did not give the code out")
        return said

    def digest(self, till: str, day: str = "all") -> Digest:
        """Return what the hub holds of a till: a business day (ISO) or ``all``.

        Raises:
            HubUnreachable: No answer in time.
            HubRefused: The hub does not know the till.
        """
        return read_answer(self._get(f"/v1/tills/{till}/digest?day={day}"), Digest)

    def health(self) -> Health:
        """Return how the hub is; anybody may ask, and the answer proves nothing.

        Raises:
            HubUnreachable: No answer in time.
            HubRefused: It is not well.
        """
        ca = self._credentials.ca if self._credentials else None
        http = HubHttp(self._url, deadline_s=self._deadline_s, ca=ca)
        try:
            return read_answer(http.get("/health"), Health)
        finally:
            http.close()

    def _get(self, path: str) -> HttpAnswer:
        if self._credentials is None:
            raise NotEnrolled("the hub answers only tills that are enrolled")
        http = self._credentials.open(self._url, deadline_s=self._deadline_s)
        try:
            return http.get(path)
        finally:
            http.close()


def problem_code(answer: HttpAnswer) -> str:
    """Return the code of a refusal, or the HTTP status when it is none of ours."""
    try:
        return Problem.model_validate_json(answer.body).code
    except ValidationError:
        return f"HTTP {answer.status}"


def read_answer(answer: HttpAnswer, kind: type[Answer]) -> Answer:
    """Return the message that an answer holds.

    Raises:
        HubRefused: The hub answered that it will not.
        HubUnreachable: The answer is no such message.
    """
    if answer.status != HTTP_OK:
        raise HubRefused(answer.status, problem_code(answer))
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError as error:
        raise HubUnreachable("what answers is not a hub") from error
