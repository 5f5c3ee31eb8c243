"""A private certificate authority and the hub's certificate, for a shop without one of its own.

Source: RFC 5280 (profile), RFC 6125 (names); NIST P-256, because browsers of phones know it.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pos.domain.errors import StoreUnavailable

CA_NAME, HUB_NAME = "Mostrador hub authority", "Mostrador hub"
CA_YEARS = 20
# Phones take no server certificate that counts for more than 825 days in all. Half of that lies
# behind: a till whose clock stands a year back must still reach its hub.
BACKDATED = datetime.timedelta(days=400)
COUNTS_FOR = datetime.timedelta(days=425)
PRIVATE = 0o600


class CertificateNotPossible(StoreUnavailable):
    """A file is no certificate or key, or they do not belong together; the text says which."""


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """What `make_certificate` writes: `certificate` and `key` are for the hub, `ca` for tills."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca.pem"

    @property
    def ca_key(self) -> Path:
        """Only needed for the next certificate; best kept elsewhere until then."""
        return self.folder / "ca.key"

    @property
    def certificate(self) -> Path:
        return self.folder / "hub.pem"

    @property
    def key(self) -> Path:
        return self.folder / "hub.key"


def make_certificate(
    folder: Path, hosts: Sequence[str], now: datetime.datetime
) -> CertificateFiles:
    """Write a certificate for the hub, and the authority it comes from when there is none.

    Made again in the same folder, the certificate comes from the same authority, so that tills
    go on trusting it.

    Args:
        hosts: Names and addresses by which tills reach the hub.
        now: With a time zone.

    Raises:
        CertificateNotPossible: No host is given, or what is in the folder is no authority.
        OSError: The folder cannot be written.
    """
    if not hosts:
        raise CertificateNotPossible("no host: by which name or address do tills reach the hub?")
    files = CertificateFiles(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not files.ca.exists():
        _write_authority(files, now)
    authority = read_certificate(files.ca)
    authority_key = _read_key(files.ca_key)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(HUB_NAME, authority.subject, key.public_key(), now - BACKDATED)
        .not_valid_after(now + COUNTS_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), False)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False
        )
    )
    certificate = builder.sign(authority_key, hashes.SHA256())
    _write_private(files.key, _pem_of_key(key))
    files.certificate.write_bytes(_pem(certificate) + _pem(authority))
    return files


def read_certificate(path: Path) -> x509.Certificate:
    """Return the first certificate of a PEM file.

    Raises:
        CertificateNotPossible: There is none in it, or no such file.
    """
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CertificateNotPossible(f"{path} is no certificate: {error}") from error


def check_issued_by(certificate: Path, ca_pem: str) -> None:
    """Do nothing when tills that pin this authority will trust the certificate.

    Raises:
        CertificateNotPossible: They would not.
    """
    issued = read_certificate(certificate)
    try:
        issued.verify_directly_issued_by(x509.load_pem_x509_certificate(ca_pem.encode()))
    except (ValueError, TypeError, InvalidSignature):
        raise CertificateNotPossible(
            f"{certificate} does not come from the authority that tills know"
        ) from None


def end_of(certificate: x509.Certificate) -> int:
    """Return until when a certificate counts, in UTC ms."""
    return int(certificate.not_valid_after_utc.timestamp() * 1000)


def _write_authority(files: CertificateFiles, now: datetime.datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CA_NAME)])
    certificate = (
        _builder(CA_NAME, name, key.public_key(), now - BACKDATED)
        .not_valid_after(now + datetime.timedelta(days=365 * CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write_private(files.ca_key, _pem_of_key(key))
    files.ca.write_bytes(_pem(certificate))


def _builder(
    subject: str,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    begins: datetime.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)
    )


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(host: str) -> x509.GeneralName:
    """Return a host as a certificate names it.

    Raises:
        CertificateNotPossible: It can be none.
    """
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        pass
    try:
        return x509.DNSName(host)
    except ValueError as error:
        raise CertificateNotPossible(f"host {host!r}: {error}") from error


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise CertificateNotPossible(f"{path} is no key: {error}") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CertificateNotPossible(f"{path} is no key of an elliptic curve")
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in place of an earlier one."""
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    beside.replace(path)
