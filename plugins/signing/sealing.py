"""Unsigned PDF → signed PDF: the field that was left for the seal is filled."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError as RefusedError
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import BaseStampStyle, StaticStampStyle
from pyhanko.stamp.noop import NoOpStampStyle

from plugins.signing.problems import SigningError
from plugins.typesetting import SEAL, PreflightError, Sheet, find_faces, typeset

_DRAWN = (".png", ".svg")
_SHEET = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>印章</title>
<body><img src="{name}" alt="印章"></body></html>"""
_STYLE = """@page { size: 42mm; margin: 0 } body { margin: 0 }
img { display: block; width: 42mm; height: 42mm; object-fit: contain }"""
_ANYWHERE = "https://seal.invalid/"


def sealed(
    data: bytes, signer: Signer, seal: Path | None = None, authority: TimeStamper | None = None
) -> bytes:
    """The signed file; it begins with `data`, byte for byte.

    `seal` is the office's own picture of its seal (PDF, PNG or SVG); without one the signature
    shows nothing on the page. Raises SigningError.
    """
    _must_be_open(data)
    metadata = PdfSignatureMetadata(
        field_name=SEAL,
        md_algorithm="sha256",
        reason="政府公报出版签章",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    with TemporaryDirectory() as folder:
        style = _shown(seal, Path(folder)) if seal else NoOpStampStyle()
        by = PdfSigner(metadata, signer, timestamper=authority, stamp_style=style)
        try:
            out = by.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=io.BytesIO())
        except RefusedError as fault:
            remedy = "核对证书的用途（应含不可否认）和有效期"
            raise SigningError(f"没有签成：{fault}", remedy) from fault
    return bytes(out.getvalue())


def _must_be_open(data: bytes) -> None:
    try:
        fields = [*enumerate_sig_fields(PdfFileReader(io.BytesIO(data)), with_name=SEAL)]
    except PdfReadError as fault:
        raise SigningError("这个文件不是完好的 PDF", "再生成一次") from fault
    if not fields:
        raise SigningError("这个 PDF 里没有签章的位置", "只能签公报的 PDF：先运行 make publish")
    if fields[0][1] is not None:
        raise SigningError("这个 PDF 已经签过章", "用 output 里没有签过的那一个")


def _shown(seal: Path, folder: Path) -> BaseStampStyle:
    """How a picture is shown in the field, whole and as large as fits."""
    file = seal if seal.suffix.lower() == ".pdf" else _as_pdf(seal, folder)
    try:
        style = StaticStampStyle.from_pdf_file(str(file), border_width=0)
        PdfFileReader(io.BytesIO(file.read_bytes()))
    except (OSError, PdfReadError) as fault:
        raise SigningError(f"印章图样 {seal} 打不开", "核对文件，格式用 pdf、png 或 svg") from fault
    return style


def _as_pdf(picture: Path, folder: Path) -> Path:
    if picture.suffix.lower() not in _DRAWN or not picture.is_file():
        raise SigningError(f"印章图样 {picture} 打不开", "核对文件，格式用 pdf、png 或 svg")
    name = f"seal{picture.suffix.lower()}"
    files = {_ANYWHERE + name: picture.read_bytes()}
    sheet = Sheet(_SHEET.format(name=name), _STYLE, _ANYWHERE, files)
    made = folder / "seal.pdf"
    try:
        made.write_bytes(typeset(sheet, find_faces(), folder))
    except PreflightError as fault:
        raise SigningError(str(fault), "核对印章图样") from fault
    return made
