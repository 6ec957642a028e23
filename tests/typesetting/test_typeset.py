"""A PDF says what its page says, the same on every day, and what has a flaw is not set."""

from __future__ import annotations

import io
import logging
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from plugins.typesetting import Faces, PreflightError, Sheet, typeset
from tests.county import ROOT, THEME

STYLE = "\n".join(path.read_text("utf-8") for path in sorted((THEME / "print").glob("*.css")))
ADDRESS = "https://www.example.gov.cn/pages/guide/"
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>公开指南</title>
<meta name="author" content="某县人民政府办公室">
<meta name="dcterms.created" content="2021-01-04T09:00+08:00"></head>
<body><h1>公开指南</h1>{body}</body></html>"""
TEXT = "本机关公开的政府信息，依照《中华人民共和国政府信息公开条例》第十二条编排，共20项。"


def sheet(body: str, **more: object) -> Sheet:
    given = {"html": PAGE.format(body=body), "style": STYLE, "address": ADDRESS} | more
    return Sheet(**given)  # type: ignore[arg-type]


def png(width: int = 4, height: int = 2) -> bytes:
    """A small black picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def flaws_of(given: Sheet, faces: Faces, work: Path) -> list[str]:
    with pytest.raises(PreflightError) as error:
        typeset(given, faces, work)
    return [flaw.message for flaw in error.value.flaws]


def test_the_text_of_a_pdf_is_that_of_its_page(faces: Faces, work: Path) -> None:
    table = "<table><tr><th scope='row'>电话</th><td>12345</td></tr></table>"
    body = f"<h2>一、分类</h2><p>{TEXT * 40}</p>{table}"

    reader = PdfReader(io.BytesIO(typeset(sheet(body), faces, work)))

    pages = [page.extract_text() for page in reader.pages]
    text = squeezed("".join(re.sub(r"— \d+ —", "", page) for page in pages))
    assert len(pages) > 1
    assert text.replace("公开指南", "") == f"一、分类{TEXT * 40}电话12345"
    assert [f"— {number} —" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_pdf_carries_all_that_archives_and_screen_readers_need(faces: Faces, work: Path) -> None:
    data = typeset(sheet(f"<h2>一、<b>分类</b></h2><p>{TEXT}</p>"), faces, work)

    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"]
    resources: Any = reader.pages[0]["/Resources"]
    outline: Any = reader.outline
    fonts = [font.get_object() for font in resources["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfaid:part="3"' in data
    assert b'pdfaid:conformance="A"' in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert reader.metadata is not None
    assert reader.metadata.title == "公开指南"
    assert reader.metadata.author == "某县人民政府办公室"
    assert outline[0]["/Title"] == "公开指南"
    assert outline[1][0]["/Title"] == "一、分类"
    assert all("/FontFile3" in d or "/FontFile2" in d for d in descriptors)
    assert all(re.fullmatch(r"/[A-Z]{6}\+Noto-.*", font["/BaseFont"]) for font in fonts)


def test_another_process_in_another_place_and_zone_makes_the_same_bytes(
    faces: Faces, work: Path, tmp_path: Path
) -> None:
    here = typeset(sheet(f"<p>{TEXT}<a href='../request/'>申请</a></p>"), faces, work)
    program = (
        "import sys; from pathlib import Path; from plugins.typesetting import *;"
        "sys.stdout.buffer.write(typeset(Sheet(*sys.argv[1:4]), find_faces(), Path(sys.argv[4])))"
    )
    words = (PAGE.format(body=f"<p>{TEXT}<a href='../request/'>申请</a></p>"), STYLE, ADDRESS)

    there = subprocess.run(
        [sys.executable, "-c", program, *words, str(tmp_path / "另一处")],
        env={
            **os.environ,
            "TZ": "America/New_York",
            "PYTHONHASHSEED": "99",
            "LC_ALL": "C",
            "PYTHONPATH": str(ROOT),
        },
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert there.stdout == here
    assert there.stderr == b""
    assert str(tmp_path).encode() not in here


def test_relative_links_lead_to_the_site(faces: Faces, work: Path) -> None:
    data = typeset(sheet("<p><a href='../request/'>申请</a></p>"), faces, work)

    links: Any = PdfReader(io.BytesIO(data)).pages[0]["/Annots"]
    (link,) = links
    assert link.get_object()["/A"]["/URI"] == "https://www.example.gov.cn/pages/request/"


def test_a_picture_is_taken_from_what_was_handed_over(faces: Faces, work: Path) -> None:
    page = sheet("<p><img src='图 一.png' alt='流程'></p>", files={f"{ADDRESS}图 一.png": png()})

    (picture,) = PdfReader(io.BytesIO(typeset(page, faces, work))).pages[0].images

    assert picture.image is not None
    assert picture.image.size == (4, 2)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("\n<p>今天很好😀吧</p>", "PDF 的字体里没有“😀”（U+1F600）这个字，在“今天很好😀吧”里"),
        ("<p><img src='a.png' alt='甲'></p>", "PDF 里的图片“a.png”打不开"),
        ("<p><img src='/etc/passwd' alt='甲'></p>", "PDF 里的图片“passwd”打不开"),
        ("<p><img src='file:///etc/hosts' alt='甲'></p>", "PDF 里的图片“hosts”打不开"),
        ("<p><img src='https://example.com/b.png' alt='甲'></p>", "PDF 里的图片“b.png”打不开"),
        ("<p><img src='c.png'></p>", "PDF 里的图片“c.png”没有文字说明"),
        ("<p><img src='d.png' alt='甲'></p>", "PDF 里的图片“d.png”打不开"),
        ("<p><a href='#s9'>甲</a></p>", "PDF 里的链接“#s9”找不到目标"),
        (
            "<p style='text-wrap: pretty'>甲</p>",
            "排版程序报告：Ignored `text-wrap: pretty` at 1:1, unknown property.",
        ),
    ],
)  # fmt: skip
def test_what_has_a_flaw_is_not_set(faces: Faces, work: Path, body: str, told: str) -> None:
    files = {f"{ADDRESS}c.png": png(), f"{ADDRESS}d.png": b"no picture"}

    assert flaws_of(sheet(body, files=files), faces, work) == [told]


def test_a_character_that_the_stylesheet_adds_must_have_a_glyph_too(
    faces: Faces, work: Path
) -> None:
    page = sheet("<p>甲</p>", style="p::before { content: '\U0001f600' }")

    assert flaws_of(page, faces, work) == ["PDF 的字体里没有“😀”（U+1F600）这个字"]


def test_marks_that_leave_no_ink_need_no_glyph(faces: Faces, work: Path) -> None:
    data = typeset(sheet("<p>甲\u200b乙\u00ad丙\ufe0f\u3000丁</p>"), faces, work)

    assert "丙" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_a_table_goes_on_under_the_same_head(faces: Faces, work: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>事项</td></tr>" for n in range(90))
    head = "<tr><th scope='col'>序号</th><th scope='col'>名称</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"

    pages = PdfReader(io.BytesIO(typeset(sheet(table), faces, work))).pages

    assert len(pages) > 2
    assert ["序号" in page.extract_text() for page in pages] == [True] * len(pages)


def test_nothing_is_left_behind_in_the_process(faces: Faces, work: Path) -> None:
    logger, before = logging.getLogger("weasyprint"), os.environ.get("FONTCONFIG_FILE")
    handlers = [*logger.handlers]

    typeset(sheet("<p>甲</p>"), faces, work)

    assert os.environ.get("FONTCONFIG_FILE") == before
    assert [handler for handler in logger.handlers if handler not in handlers] == []
    assert logger.propagate


def test_the_room_is_loaded_without_weasyprint() -> None:
    program = (
        "import sys, plugins.building;"
        "print([name for name in ('weasyprint', 'fontTools') if name in sys.modules])"
    )

    out = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert out.stdout == "[]\n"
