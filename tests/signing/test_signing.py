"""An issue is sealed once, the unsigned file stays inside it, and every change shows."""

from __future__ import annotations

import argparse
import shlex
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pkcs11
import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pkcs11.util.x509 import decode_x509_certificate
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader

from plugins.signing import sign, verify
from plugins.typesetting import Sheet, find_faces, typeset
from tests.signing import authority
from tests.signing.authority import PASSWORD, Holder
from tests.typesetting.conformance import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAGE = """<html lang="zh-CN"><title>某县人民政府公报2021年第1期</title>
<meta name="dcterms.created" content="2021-01-31T09:00+08:00"><body><h1>公报</h1>
<div data-seal="某县人民政府办公室电子签章" style="width: 42mm; height: 42mm"></div>
</body></html>"""
SEAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="42mm" height="42mm" viewBox="0 0 42 42">'
    '<circle cx="21" cy="21" r="19" fill="none" stroke="#c8141e" stroke-width="2"/></svg>'
)
SIGNS = """import sys
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_pem_private_key
key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
digest = sys.stdin.buffer.read()
sys.stdout.buffer.write(key.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256())))
"""


@pytest.fixture(scope="session")
def root() -> Holder:
    return authority.holder("测试根证书", "key_cert_sign", "crl_sign")


@pytest.fixture(scope="session")
def office(root: Holder) -> Holder:
    return authority.holder(
        "某县人民政府办公室", "digital_signature", "content_commitment", above=root
    )


@pytest.fixture(scope="session")
def unsigned(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    sheet = Sheet(PAGE, 'body { font-family: "宋体" }', "https://www.example.gov.cn/")
    return typeset(sheet, find_faces(), tmp_path_factory.mktemp("unsigned"))


@pytest.fixture
def work(
    tmp_path: Path,
    unsigned: bytes,
    root: Holder,
    office: Holder,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A folder with a built issue, in which an office with a key file works."""
    pdf = tmp_path / "content" / "gazette" / "2021-01.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(unsigned)
    (tmp_path / "seal.svg").write_text(SEAL, "utf-8")
    authority.write(tmp_path, root, office)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_SIGN_PKCS12", "office.p12")
    monkeypatch.setenv("GONGKAI_SIGN_PASSWORD", PASSWORD)
    return tmp_path


MODULE = "/usr/lib/softhsm/libsofthsm2.so"
SIGNED = Path("content/gazette/2021-01.signed.pdf")


def signing(**given: object) -> int:
    options = {
        "issue": "2021-01",
        "content": Path("content"),
        "seal": None,
        "force": False,
    }
    return apart(sign, argparse.Namespace(**options | given))


def apart(target: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a target in a thread of its own: in this one a browser's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(target, options).result()


def verifying(file: Path = SIGNED, roots: Path | None = Path("root.pem")) -> int:
    return apart(verify, argparse.Namespace(file=file, roots=roots))


def test_sealed_issues_are_sound_and_pass_all_judges(
    work: Path, unsigned: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a picture of the seal, and with one of each kind; the judges start once for all."""
    from PIL import Image  # noqa: PLC0415  # only here

    Image.new("RGB", (60, 60), "#c8141e").save("seal.png")
    sheet = Sheet("<html lang='zh-CN'><title>印章</title><p>印", "", "https://x.invalid/")
    Path("seal.pdf").write_bytes(typeset(sheet, find_faces(), work))
    kept = []

    for seal in (None, Path("seal.svg"), Path("seal.png"), Path("seal.pdf")):
        assert signing(seal=seal, force=True) == 0
        data = SIGNED.read_bytes()
        assert data.startswith(unsigned)
        assert len(data) > len(unsigned)
        capsys.readouterr()
        assert verifying() == 0
        said = capsys.readouterr().out
        assert "文件：某县人民政府公报2021年第1期" in said
        assert "Common Name: 某县人民政府办公室" in said
        assert "内容：签章以后没有改动\n签名：有效\n证书：可信\n" in said
        kept.append(SIGNED.rename(work / f"{seal}.signed.pdf"))

    assert faults(*kept) == []


def test_a_seal_is_drawn_where_the_field_is(work: Path) -> None:
    assert signing(seal=work / "seal.svg") == 0

    page: Any = PdfReader(SIGNED).pages[0]
    field = page["/Annots"][0].get_object()
    assert field["/V"]["/Type"] == "/Sig"
    assert field["/TU"] == "某县人民政府办公室电子签章"
    assert "/XObject" in field["/AP"]["/N"]["/Resources"]


def test_a_single_changed_byte_is_told(
    work: Path, unsigned: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    signing()
    data = bytearray(SIGNED.read_bytes())
    place = unsigned.index(b"/FlateDecode") + 200
    data[place] ^= 1
    changed = work / "changed.pdf"
    changed.write_bytes(data)
    capsys.readouterr()

    assert verifying(changed) == 1
    assert "内容：签章以后被改动过，不能采信" in capsys.readouterr().out


def test_what_was_added_after_signing_is_told(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signing()
    added = work / "added.pdf"
    added.write_bytes(SIGNED.read_bytes() + b"\n% more\n")
    capsys.readouterr()

    assert verifying(added) == 1
    assert "签章以后被改动过" in capsys.readouterr().out


def test_a_signer_nobody_knows_is_not_trusted(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signing()
    capsys.readouterr()
    stranger = work / "stranger.pem"
    stranger.write_bytes(authority.holder("别的根证书", "key_cert_sign").pem())

    assert [verifying(roots=None), verifying(roots=stranger)] == [3, 3]
    assert capsys.readouterr().out.count("没有核对到受信任的机构") == 2


def test_an_unsigned_file_and_one_that_is_no_pdf_are_told(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = work / "other.pdf"
    other.write_bytes(b"no PDF")

    assert verifying(work / "content/gazette/2021-01.pdf") == 1
    assert verifying(other) == 1
    assert verifying(work / "none.pdf") == 1
    assert capsys.readouterr().out.count("里没有签章") == 2


def test_another_programme_may_sign(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "signs.py").write_text(SIGNS, "utf-8")
    words = [sys.executable, str(work / "signs.py"), str(work / "office.key")]
    monkeypatch.delenv("GONGKAI_SIGN_PKCS12")
    monkeypatch.setenv("GONGKAI_SIGN_COMMAND", shlex.join(words))
    monkeypatch.setenv("GONGKAI_SIGN_CERTIFICATES", str(work / "office.pem"))

    assert signing() == 0
    assert verifying() == 0


def test_a_token_signs(work: Path, office: Holder, monkeypatch: pytest.MonkeyPatch) -> None:
    (work / "tokens").mkdir()
    (work / "softhsm.conf").write_text(f"directories.tokendir = {work / 'tokens'}\n", "utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(work / "softhsm.conf"))
    tool = ["softhsm2-util", "--pin", "1234", "--label", "office"]
    subprocess.run([*tool, "--init-token", "--free", "--so-pin", "1234"], check=True)
    words = ["--token", "office", "--import", "office.key", "--id", "01"]
    subprocess.run([*tool, *words], check=True)
    token = pkcs11.lib(MODULE).get_token(token_label="office")  # noqa: S106  # a name
    with token.open(user_pin="1234", rw=True) as session:
        der = office.certificate.public_bytes(Encoding.DER)
        label = {pkcs11.Attribute.LABEL: "office", pkcs11.Attribute.TOKEN: True}
        session.create_object(decode_x509_certificate(der) | label)
    monkeypatch.delenv("GONGKAI_SIGN_PKCS12")
    monkeypatch.setenv("GONGKAI_SIGN_PKCS11", MODULE)
    monkeypatch.setenv("GONGKAI_SIGN_TOKEN", "office")
    monkeypatch.setenv("GONGKAI_SIGN_LABEL", "office")
    monkeypatch.setenv("GONGKAI_SIGN_PASSWORD", "1234")

    assert signing() == 0
    assert verifying() == 0


class _Stamps(BaseHTTPRequestHandler):
    """A timestamp authority of the test's own."""

    authority: DummyTimeStamper

    def do_POST(self) -> None:  # the library's name
        question = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.authority.request_tsa_response(tsp.TimeStampReq.load(question))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer.dump())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def stamps(root: Holder) -> Iterator[str]:
    stamper = authority.holder("测试时间戳", "digital_signature", above=root, stamps=True)
    _Stamps.authority = DummyTimeStamper(
        x509.Certificate.load(stamper.certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(stamper.key_der()),
    )
    with HTTPServer(("127.0.0.1", 0), _Stamps) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_timestamp_authority_says_when(
    work: Path,  # noqa: ARG001  # it is worked in
    stamps: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GONGKAI_SIGN_TSA", stamps)

    assert signing() == 0
    assert verifying() == 0
    assert "（时间戳）" in capsys.readouterr().out
    assert faults(SIGNED) == []


def test_what_was_signed_is_not_replaced_unless_that_is_said(
    work: Path,  # noqa: ARG001  # it is worked in
    capsys: pytest.CaptureFixture[str],
) -> None:
    SIGNED.write_bytes(b"kept")

    assert signing() == 1
    assert SIGNED.read_bytes() == b"kept"
    assert "已经有了，没有改动它" in capsys.readouterr().err
    assert signing(force=True) == 0
    assert SIGNED.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("environment", "given", "told"),
    [
        ({"GONGKAI_SIGN_PKCS12": ""}, {}, "没有指明用什么签章"),
        ({"GONGKAI_SIGN_PASSWORD": "wrong"}, {}, "证书文件 office.p12 打不开"),
        ({"GONGKAI_SIGN_PKCS12": "none.p12"}, {}, "证书文件 none.p12 打不开"),
        (
            {"GONGKAI_SIGN_PKCS12": "", "GONGKAI_SIGN_PKCS11": "/none.so"},
            {},
            "密码钥匙打不开（/none.so）",
        ),
        (
            {"GONGKAI_SIGN_PKCS12": "", "GONGKAI_SIGN_COMMAND": "false"},
            {},
            "签章证书读不出来",
        ),
        (
            {
                "GONGKAI_SIGN_PKCS12": "",
                "GONGKAI_SIGN_COMMAND": "false",
                "GONGKAI_SIGN_CERTIFICATES": "office.pem",
            },
            {},
            "签名命令没有成功",
        ),
        ({"GONGKAI_SIGN_TSA": "http://127.0.0.1:9/"}, {}, "时间戳服务没有应答"),
        ({}, {"issue": "2021-09"}, "content/gazette/2021-09.pdf 还没有定版"),
        ({}, {"seal": Path("none.svg")}, "印章图样 none.svg 打不开"),
        ({}, {"seal": Path("office.p12")}, "印章图样 office.p12 打不开"),
        ({}, {"seal": Path("none.pdf")}, "印章图样 none.pdf 打不开"),
    ],
)
def test_what_keeps_from_signing_is_said_and_nothing_is_written(  # noqa: PLR0913, PLR0917  # four of them fixtures
    work: Path,  # noqa: ARG001  # it is worked in
    environment: dict[str, str],
    given: dict[str, object],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert signing(**given) == 1

    said = capsys.readouterr().err
    assert told in said
    assert "改法：" in said
    assert PASSWORD not in said
    assert not SIGNED.exists()


def test_only_a_pdf_with_a_place_for_the_seal_is_signed_and_only_once(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = work / "content/gazette/2021-01.pdf"
    signing()
    shutil.copy(SIGNED, pdf)
    assert signing(force=True) == 1
    pdf.write_bytes(b"no PDF")
    assert signing(force=True) == 1
    sheet = Sheet("<html lang='zh-CN'><title>甲</title><p>甲", "", "https://x.invalid/")
    pdf.write_bytes(typeset(sheet, find_faces(), work))
    assert signing(force=True) == 1

    said = capsys.readouterr().err
    assert [word in said for word in ("已经签过章", "不是完好的 PDF", "没有签章的位置")] == [
        True
    ] * 3
