"""Tills that are enrolled at a hub of a test, and requests signed by them."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

import requests
from requests.auth import AuthBase

from pos.signatures import Purpose, SigningKey
from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from sync.hub.trust.enrolment import enrol, issue_code
from sync.hub.trust.keys import hub_identity
from sync.wire.v1 import signing
from sync.wire.v1.enrolment import EnrolmentRequest, code_id_of, proof_key_of, request_proof
from tests.sync.facts import T0


def secret_of(till: str) -> str:
    """Return the private key a till has in tests, the same in every run."""
    return hashlib.sha256(f"key of {till}".encode()).hexdigest()


def request_with(code: str, public_key: str, **changed: Any) -> EnrolmentRequest:
    """Return what a till that holds the code sends."""
    nonce = "0" * 32
    values = {
        "code_id": code_id_of(code),
        "public_key": public_key,
        "nonce": nonce,
        "name": "Caja",
        "app_version": "0.1.0",
        "proof": request_proof(
            proof_key_of(code), code_id=code_id_of(code), public_key=public_key, nonce=nonce
        ),
    }
    return EnrolmentRequest(**{**values, **changed})


def enrolled(database: HubDatabase, till: str = "FUEN-1", *, secret: str = "") -> Credentials:
    """Enrol a till at the hub with this database, as the office and the till together do."""
    shop, _, number = till.rpartition("-")
    secret = secret or secret_of(till)
    public_key = SigningKey(bytes.fromhex(secret)).public
    code = issue_code(database.engine, shop, int(number), T0, secrets.token_bytes)
    hub = hub_identity(database.engine, secrets.token_bytes)
    with database.transaction() as connection:
        said = enrol(connection, hub, request_with(code, public_key), T0)
    return Credentials(said.till, secret, said.hub_key, said.ca)


def signed_headers(
    credentials: Credentials, method: str, path: str, body: bytes, *, incarnation: str = ""
) -> dict[str, str]:
    """Return the headers a till of these credentials adds to a request."""
    nonce = secrets.token_hex(signing.NONCE_BYTES)
    said = signing.request_text(
        method,
        path,
        nonce=nonce,
        incarnation=incarnation,
        body_sha256=signing.sha256_of(body),
    )
    key = SigningKey(bytes.fromhex(credentials.secret))
    return {
        signing.TILL: credentials.till,
        signing.NONCE: nonce,
        signing.INCARNATION: incarnation,
        signing.SIGNATURE: key.sign(Purpose.REQUEST, said),
    }


def keys_of(till: str) -> Credentials:
    """Return what a till holds after `enrolled`, but for what it knows of the hub."""
    return Credentials(till, secret_of(till), "")


class SignedBy(AuthBase):
    """For `requests`: signs each request as a till does (`session.auth = SignedBy(…)`)."""

    def __init__(self, credentials: Credentials, *, incarnation: str = "") -> None:
        self._credentials = credentials
        self._incarnation = incarnation

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        headers = signed_headers(
            self._credentials,
            str(request.method),
            request.path_url,
            body.encode() if isinstance(body, str) else bytes(body),
            incarnation=self._incarnation,
        )
        request.headers.update(headers)
        return request
