"""Who signs: a key in a PKCS#12 file, on a PKCS#11 token, or behind somebody else's command.

All is told by the environment, so that it stands in no history and no list of processes:

- `GONGKAI_SIGN_PKCS12`: a .p12 or .pfx file; its password in `GONGKAI_SIGN_PASSWORD`, or asked for.
- `GONGKAI_SIGN_PKCS11`: the module (.so) of a token, the certificate's label in
  `GONGKAI_SIGN_LABEL`, the token's own in `GONGKAI_SIGN_TOKEN` if there are several; its PIN in
  `GONGKAI_SIGN_PASSWORD`, or asked for.
- `GONGKAI_SIGN_COMMAND`: a command that gets the SHA-256 digest to be signed on its standard input
  (32 bytes) and gives the signature (RSA PKCS #1 v1.5, or ECDSA in DER) on its standard output;
  `GONGKAI_SIGN_CERTIFICATES` names a PEM file with its certificate in front, then those above it.
- `GONGKAI_SIGN_TSA`: the address of a timestamp authority (RFC 3161), if there is one.
"""

from __future__ import annotations

import asyncio
import getpass
import hashlib
import shlex
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from asn1crypto import tsp, x509
from pyhanko.keys import load_certs_from_pemder
from pyhanko.sign import Signer, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from plugins.signing.problems import SigningError

_PKCS12, _PKCS11, _COMMAND = "GONGKAI_SIGN_PKCS12", "GONGKAI_SIGN_PKCS11", "GONGKAI_SIGN_COMMAND"
_PASSWORD = "GONGKAI_SIGN_PASSWORD"  # noqa: S105  # the name of a variable
_LABEL, _TOKEN = "GONGKAI_SIGN_LABEL", "GONGKAI_SIGN_TOKEN"
_CERTIFICATES, _TSA = "GONGKAI_SIGN_CERTIFICATES", "GONGKAI_SIGN_TSA"
_TIMEOUT = 60
_LARGEST = 1024
"""Bytes that no signature exceeds: those of an RSA key of 8192 bits."""


def signer_of(environment: Mapping[str, str]) -> Signer:
    """Whoever the environment names. Raises SigningError if nobody, or if the key will not open."""
    for name, make in ((_PKCS12, _file), (_PKCS11, _token), (_COMMAND, _command)):
        if environment.get(name):
            return make(environment)
    raise SigningError(
        "没有指明用什么签章", f"设置环境变量 {_PKCS12}、{_PKCS11} 或 {_COMMAND} 中的一个"
    )


def timestamper_of(environment: Mapping[str, str]) -> TimeStamper | None:
    """The timestamp authority that the environment names, if any."""
    address = environment.get(_TSA)
    return _Authority(address) if address else None


def _file(environment: Mapping[str, str]) -> Signer:
    path = Path(environment[_PKCS12])
    try:
        data = path.read_bytes()
        password = _secret(environment, f"{path.name} 的口令：").encode()
        signer: Signer = SimpleSigner.load_pkcs12_data(data, (), password)
    except (OSError, ValueError) as fault:
        raise SigningError(f"证书文件 {path} 打不开", "核对文件和口令") from fault
    return signer


def _token(environment: Mapping[str, str]) -> Signer:
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415  # only wanted with a token
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415  # the same
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415  # the same

    module, label = environment[_PKCS11], environment.get(_TOKEN)
    criteria = TokenCriteria(label=label) if label else None
    pin = _secret(environment, "密码钥匙的 PIN：")
    try:
        session = open_pkcs11_session(module, token_criteria=criteria, user_pin=pin)
        signer: Signer = PKCS11Signer(
            session, cert_label=environment.get(_LABEL), other_certs_to_pull=None
        )
        _ = signer.signing_cert  # is looked for here
    except (PKCS11Error, RuntimeError, ValueError) as fault:
        remedy = f"插好密码钥匙，核对驱动、PIN 和证书名称（{_LABEL}）；有几把的用 {_TOKEN} 指明"
        raise SigningError(f"密码钥匙打不开（{module}）", remedy) from fault
    return signer


def _command(environment: Mapping[str, str]) -> Signer:
    path = environment.get(_CERTIFICATES, "")
    try:
        first, *above = load_certs_from_pemder([path])
    except (OSError, ValueError) as fault:
        remedy = f"用 {_CERTIFICATES} 指明证书文件（PEM，签章证书在最前）"
        raise SigningError(f"签章证书读不出来（{path}）", remedy) from fault
    return _Elsewhere(shlex.split(environment[_COMMAND]), first, above)


class _Elsewhere(Signer):
    """Has a command sign what must be signed."""

    def __init__(
        self, words: list[str], certificate: x509.Certificate, above: list[x509.Certificate]
    ) -> None:
        self._words = words
        store = SimpleCertificateStore.from_certs(above)
        super().__init__(signing_cert=certificate, cert_registry=store)

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002  # pyHanko's signature
    ) -> bytes:
        """The signature of a digest; as long a text of nothing when its length alone is asked."""
        if dry_run:
            return bytes(_LARGEST)
        digest = hashlib.new(digest_algorithm, data).digest()
        return await asyncio.to_thread(self._asked, digest)

    def _asked(self, digest: bytes) -> bytes:
        try:
            done = subprocess.run(
                self._words, input=digest, stdout=subprocess.PIPE, timeout=_TIMEOUT, check=True
            )
        except (OSError, subprocess.SubprocessError) as fault:
            raise SigningError("签名命令没有成功", f"核对 {_COMMAND}") from fault
        return done.stdout


class _Authority(TimeStamper):
    """A timestamp authority behind HTTP (RFC 3161, 3.4)."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer. Raises SigningError if it gives none."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query"}
        request = urllib.request.Request(self._address, question, headers)  # noqa: S310  # the office's own setting
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                return tsp.TimeStampResp.load(answer.read())
        except (OSError, ValueError) as fault:
            raise SigningError("时间戳服务没有应答", f"核对 {_TSA} 和网络") from fault


def _secret(environment: Mapping[str, str], prompt: str) -> str:
    given = environment.get(_PASSWORD)
    return getpass.getpass(prompt) if given is None else given
