"""HTTP to the hub with a deadline for the whole of each exchange, and bounded answers."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import InsecureRequestWarning

from sync.wire.v1.signing import SIGNATURE

CONNECT_S = 3.0
READ_S = 10.0
MAX_ANSWER_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
CHUNK_S = 30.0  # a slower line than 2 KiB/s brings no catalogue down
WORTH_PACKING_BYTES = 1_024
PACKING = 1  # the fastest: on a shop's network the till's processor is the slower part

_QUESTION = re.compile(r"\?[^\s'\")]+")


class HubUnreachable(OSError):
    """No answer, or not all of one, in the time given; `code` names why, for programs."""

    code = "no_answer"


class CertificateRefused(HubUnreachable):
    """What answers shows a certificate that does not count; nothing was sent to it."""

    code = "certificate_refused"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back.

    `retry_after_ms` is what the hub asked to wait, if it did; `signature` is what it says proves
    that the answer is its own, empty when it says nothing.
    """

    status: int
    body: bytes
    retry_after_ms: int | None
    signature: str = ""


class HubHttp:
    """One connection to one hub, kept open between exchanges; one exchange at a time."""

    def __init__(
        self,
        url: str,
        *,
        deadline_s: float,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        ca: str | None = "",
    ) -> None:
        """Prepare; nothing is connected until it is needed.

        Args:
            ca: The only certificate authority (PEM) that counts for https; with none no
                certificate does. None: any certificate does, for an exchange that is proved in
                another way.
        """
        self._url = url.rstrip("/")
        self._deadline_s = deadline_s
        self._timeouts = (connect_s, read_s)
        self._sockets = _Sockets()
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy meant for the web is not the way to the hub
        self._session.verify = ca is not None
        adapter = _WatchedAdapter(self._sockets, _tls_context(ca))
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    @property
    def certificate_ends_ms(self) -> int | None:
        """Until when the certificate counts that the hub showed last, in UTC ms."""
        return self._sockets.certificate_ends_ms

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Ask for something.

        Raises:
            HubUnreachable: No whole answer in time.
        """
        return self.exchange("GET", path, None, headers or {})

    def send(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None
    ) -> HttpAnswer:
        """Send JSON, packed when that is worth it.

        Raises:
            HubUnreachable: No whole answer in time; the hub may have acted all the same.
        """
        packed, described = pack(body)
        return self.exchange(method, path, packed, {**described, **(headers or {})})

    @contextmanager
    def download(
        self, path: str, *, deadline_s: float, headers: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Iterator[bytes]]]:
        """Yield the status and the bytes of a large answer as they come.

        Raises:
            HubUnreachable: Here or while reading: the answer broke off or took too long.
        """
        with self._watched("GET", path, None, headers or {}, deadline_s) as response:
            yield response.status_code, self._paced(response.iter_content(CHUNK_BYTES))

    def exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> HttpAnswer:
        """Send a body just as it is, with just these headers, and return the whole answer.

        Raises:
            HubUnreachable: No whole answer in time; the hub may have acted all the same.
        """
        with self._watched(method, path, body, headers, self._deadline_s) as response:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_content(CHUNK_BYTES):
                size += len(part)
                if size > MAX_ANSWER_BYTES:
                    raise HubUnreachable(f"an answer above {MAX_ANSWER_BYTES} bytes")
                parts.append(part)
            return HttpAnswer(
                response.status_code,
                b"".join(parts),
                _retry_after(response),
                response.headers.get(SIGNATURE, ""),
            )

    @contextmanager
    def _watched(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        deadline_s: float,
    ) -> Iterator[requests.Response]:
        """Yield a response; when the deadline passes, its connection is cut.

        requests bounds each read, not their sum: a server that sends a byte a second would
        hold it for ever.
        """
        watchdog = threading.Timer(deadline_s, self._sockets.cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            with self._answered(method, path, body, headers) as response:
                yield response
        except requests.RequestException as error:
            raise HubUnreachable(_named_nobody(error)) from error
        finally:
            watchdog.cancel()

    def _answered(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                self._url + path,
                data=body,
                headers=dict(headers),
                timeout=self._timeouts,
                stream=True,
                allow_redirects=False,
            )
        except (OSError, ValueError) as error:
            refused = _certificate_fault(error)
            if refused:
                raise CertificateRefused(refused) from error
            raise HubUnreachable(_named_nobody(error)) from error

    def _paced(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Yield chunks; a connection that takes too long over one of them is cut."""
        while True:
            watchdog = threading.Timer(CHUNK_S, self._sockets.cut)
            watchdog.daemon = True
            watchdog.start()
            try:
                chunk = next(chunks, b"")
            finally:
                watchdog.cancel()
            if not chunk:
                return
            yield chunk


class _Sockets:
    """The sockets of one session, so that another thread can cut them."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._open: list[socket.socket] = []
        self.certificate_ends_ms: int | None = None

    def add(self, opened: socket.socket) -> None:
        with self._guard:
            self._open = [each for each in self._open if each.fileno() >= 0]
            self._open.append(opened)
            if isinstance(opened, ssl.SSLSocket):
                self.certificate_ends_ms = _end_of_certificate(opened)

    def cut(self) -> None:
        """Make every read under way end at once."""
        with self._guard:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # closed already


class _WatchedAdapter(HTTPAdapter):
    """Notes the socket of every connection it opens, and trusts whom the context trusts."""

    def __init__(self, sockets: _Sockets, context: ssl.SSLContext) -> None:
        self._sockets = sockets
        self._context = context
        super().__init__()

    def cert_verify(self, *_: Any) -> None:
        """Leave it to the context: requests would add the authorities of the web."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=self._context)
        sockets = self._sockets

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()  # Python bounds the whole of a handshake by the timeout
                sockets.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def pack(body: bytes) -> tuple[bytes, dict[str, str]]:
    """Return JSON as it is sent, packed when that is worth it, and the headers that say so."""
    headers = {"Content-Type": "application/json"}
    if len(body) < WORTH_PACKING_BYTES:
        return body, headers
    return gzip.compress(body, PACKING, mtime=0), {**headers, "Content-Encoding": "gzip"}


def _tls_context(ca: str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca is None:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        warnings.simplefilter("ignore", InsecureRequestWarning)
    elif ca:
        context.load_verify_locations(cadata=ca)
    return context


def _end_of_certificate(connected: ssl.SSLSocket) -> int | None:
    shown = connected.getpeercert() or {}  # empty when no certificate was asked for
    ends = shown.get("notAfter")
    return int(ssl.cert_time_to_seconds(ends) * 1000) if isinstance(ends, str) else None


def _certificate_fault(error: BaseException | None) -> str:
    """Return what is wrong with the certificate when an error says so, else nothing."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate does not count: {error.verify_message}"
        error = error.__cause__ or error.__context__
    return ""


def _retry_after(response: requests.Response) -> int | None:
    """Return the wait a header asks for in ms: seconds, or a date less the answer's own date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return int(text[:9]) * 1000
    try:
        until = parsedate_to_datetime(text)
        since = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0, int((until - since).total_seconds() * 1000))
    except (TypeError, ValueError):
        return None


def _named_nobody(error: Exception) -> str:
    """Return what an error says without what was asked: texts that people look for are logged."""
    return _QUESTION.sub("?…", str(error))
