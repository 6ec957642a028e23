"""A certification body of our own and the certificate of the test's host: made new each time."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Papers:
    """Files, and the pin by which a browser knows the key."""

    root: Path
    certificate: Path
    key: Path
    pin: str


def issue(folder: Path, host: str) -> Papers:
    """Make all of them."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = _name("Test root")
    root = _certificate(name, name, root_key.public_key(), is_root=True).sign(
        root_key, hashes.SHA256()
    )
    named = x509.SubjectAlternativeName([x509.DNSName(host)])
    leaf = _certificate(_name(host), name, key.public_key(), is_root=False)
    signed = leaf.add_extension(named, critical=False).sign(root_key, hashes.SHA256())
    papers = Papers(folder / "root.pem", folder / "chain.pem", folder / "key.pem", _pin(key))
    papers.root.write_bytes(root.public_bytes(Encoding.PEM))
    papers.certificate.write_bytes(signed.public_bytes(Encoding.PEM))
    papers.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return papers


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, is_root: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )


def _pin(key: ec.EllipticCurvePrivateKey) -> str:
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(public).digest()).decode()
