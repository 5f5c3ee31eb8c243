"""What is signed of a request and of its answer, and the headers it travels in.

No clock takes part: a till's may be a year wrong. A request that is played again writes nothing a
second time, because every write has an id of its own; an answer is bound to its request.
"""

from __future__ import annotations

import hashlib
import re

TILL = "Mostrador-Till"
NONCE = "Mostrador-Nonce"
INCARNATION = "Mostrador-Incarnation"  # of the agent's process; empty for who waits at the till
SIGNATURE = "Mostrador-Signature"

NONCE_BYTES = 16
NONCE_SHAPE = re.compile(r"[0-9a-f]{32}")
SIGNATURE_SHAPE = re.compile(r"[0-9a-f]{128}")
INCARNATION_SHAPE = re.compile(r"[0-9A-Za-z-]{0,64}")


def sha256_of(body: bytes) -> str:
    """Return the hash of a body as it is sent, packed or not, in hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def request_text(
    method: str, path_and_query: str, *, nonce: str, incarnation: str, body_sha256: str
) -> bytes:
    """Return what a till signs of a request; the path is the one below the hub's address."""
    return f"{method}\n{path_and_query}\n{nonce}\n{incarnation}\n{body_sha256}".encode()


def answer_text(request_signature: str, status: int, body_sha256: str) -> bytes:
    """Return what the hub signs of an answer.

    It covers the request's signature, and with it till, method, path, body and nonce: an answer
    to one request is none to another, whoever sent that.
    """
    return f"{request_signature}\n{status}\n{body_sha256}".encode()
