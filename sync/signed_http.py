"""HTTP in which the till signs what it asks, and only what the hub signed is an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from pos.signatures import Purpose, SigningKey, is_signed
from sync.http import HttpAnswer, HubHttp, HubUnreachable, pack
from sync.wire.v1 import signing


class NotTheHub(HubUnreachable):
    """What answered is not the hub this till was enrolled at; nothing it said counts."""

    code = "unknown_hub"


class SignedHttp:
    """`HubHttp` of one enrolled till."""

    def __init__(
        self,
        http: HubHttp,
        *,
        till: str,
        key: SigningKey,
        hub_key: str,
        random_bytes: Callable[[int], bytes],
        incarnation: str = "",
    ) -> None:
        """Take a connection over.

        Args:
            hub_key: The hub's public key, 64 hexadecimal digits.
            random_bytes: Returns that many bytes that never came before.
            incarnation: Names this process among all agents of the till; empty for what is no
                agent.
        """
        self._http = http
        self._till = till
        self._key = key
        self._hub_key = hub_key
        self._random_bytes = random_bytes
        self._incarnation = incarnation

    @property
    def certificate_ends_ms(self) -> int | None:
        """See `HubHttp`."""
        return self._http.certificate_ends_ms

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Ask for something below the hub's address; `path` is quoted already.

        Raises:
            HubUnreachable: No whole answer in time.
            NotTheHub: Somebody else answered.
        """
        return self._exchange("GET", path, None, headers or {})

    def get_open(self, path: str) -> HttpAnswer:
        """Ask for what anybody may ask; the answer proves nothing.

        Raises:
            HubUnreachable: No whole answer in time.
        """
        return self._http.get(path)

    def send(self, method: str, path: str, body: bytes) -> HttpAnswer:
        """Send JSON, packed when that is worth it.

        Raises:
            HubUnreachable: No whole answer in time; the hub may have acted all the same.
            NotTheHub: Somebody else answered.
        """
        packed, headers = pack(body)
        return self._exchange(method, path, packed, headers)

    @contextmanager
    def download(self, path: str, *, deadline_s: float) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Yield the status and the bytes of a large answer as they come.

        The bytes are not signed: compare them with the hash in a signed answer.

        Raises:
            HubUnreachable: Here or while reading: the answer broke off or took too long.
        """
        headers = self._signed("GET", path, b"")
        with self._http.download(path, deadline_s=deadline_s, headers=headers) as answered:
            yield answered

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> HttpAnswer:
        signed = self._signed(method, path, body or b"")
        answer = self._http.exchange(method, path, body, {**headers, **signed})
        said = signing.answer_text(
            signed[signing.SIGNATURE], answer.status, signing.sha256_of(answer.body)
        )
        if not is_signed(self._hub_key, Purpose.ANSWER, said, answer.signature):
            raise NotTheHub("not an answer of the hub this till was enrolled at")
        return answer

    def _signed(self, method: str, path: str, body: bytes) -> dict[str, str]:
        nonce = self._random_bytes(signing.NONCE_BYTES).hex()
        said = signing.request_text(
            method,
            path,
            nonce=nonce,
            incarnation=self._incarnation,
            body_sha256=signing.sha256_of(body),
        )
        return {
            signing.TILL: self._till,
            signing.NONCE: nonce,
            signing.INCARNATION: self._incarnation,
            signing.SIGNATURE: self._key.sign(Purpose.REQUEST, said),
        }
