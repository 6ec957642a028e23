"""A certificate authority for tests alone: made anew in each run, trusted by nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "只在测试里用"  # noqa: S105  # opens nothing but files of one run
FROM, TO = datetime(2021, 1, 1), datetime(2099, 1, 1)
USES = [
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
]


@dataclass(frozen=True)
class Holder:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def key_der(self) -> bytes:
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def p12(self, above: Holder) -> bytes:
        encryption = BestAvailableEncryption(PASSWORD.encode())
        return pkcs12.serialize_key_and_certificates(
            None, self.key, self.certificate, [above.certificate], encryption
        )


def holder(name: str, *uses: str, above: Holder | None = None, stamps: bool = False) -> Holder:
    """Somebody with a certificate from `above`, or the root of all."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = above.certificate.subject if above else subject
    usage = x509.KeyUsage(**{use: use in uses for use in USES})
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(TO)
        .add_extension(x509.BasicConstraints(ca=above is None, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(use, critical=True)
    return Holder(builder.sign(above.key if above else key, hashes.SHA256()), key)


def write(folder: Path, root: Holder, office: Holder) -> None:
    """The files that an office has: its key with a password, certificates, a key of a command."""
    (folder / "office.p12").write_bytes(office.p12(root))
    (folder / "office.pem").write_bytes(office.pem() + root.pem())
    (folder / "office.key").write_bytes(office.key_pem())
    (folder / "root.pem").write_bytes(root.pem())
