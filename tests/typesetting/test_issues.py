"""What long publications need: page labels, a place for the seal, attachments, links, notes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from plugins.typesetting import SEAL, Attachment, PreflightError, Sheet, typeset

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.typesetting import Faces

ADDRESS = "https://www.example.gov.cn/gazette/2021-01/"
STYLE = """
@page { size: 120mm 160mm; margin: 20mm; @top-left { content: string(column) } }
@page cover { margin: 20mm; @top-left { content: none } }
@page contents { @bottom-left { content: "·" counter(page, lower-roman) "·" } }
@page texts { @bottom-left { content: "— " counter(page) " —" } }
@page :nth(1 of texts) { counter-reset: page 1 }
html { font: 11pt/20pt 宋体 }
body, p { margin: 0 }
.cover { page: cover }
.contents { page: contents }
.contents a::after { content: leader(".") target-counter(attr(href url), page) }
.texts { page: texts }
.imprint { page: imprint }
h2 { string-set: column content(); break-before: page }
.footnote { float: footnote }
"""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>公报</title>
<meta name="dcterms.created" content="2021-01-31T09:00+08:00"></head><body>
<section class="cover"><h1>公报</h1></section>
<section class="contents"><ul>
<li><a href="#a1">甲</a></li><li><a href="#a2">乙</a></li><li><a href="#a3">丙</a></li>
</ul></section>
<section class="texts">
<h2 id="a1">甲</h2>{long}<h2 id="a2">乙</h2>{long}<h2 id="a3">丙</h2>
</section>
<section class="imprint"><p>版权页</p>{seal}</section></body></html>"""
LONG = "<p>居民用水要节约。</p>" * 30
SIGNED = "某县人民政府办公室电子签章"
PLACE = f'<div data-seal="{SIGNED}" style="width: 40mm; height: 30mm; margin: 10mm"></div>'


def read(faces: Faces, work: Path, html: str, style: str = STYLE, **more: Any) -> PdfReader:  # noqa: ANN401  # pages of any kind
    return PdfReader(io.BytesIO(typeset(Sheet(html, style, ADDRESS, **more), faces, work)))


@pytest.fixture(scope="module")
def issue(faces: Faces, work: Path) -> PdfReader:
    return read(faces, work, PAGE.format(long=LONG, seal=PLACE))


def printed_numbers(reader: PdfReader) -> list[str]:
    """What stands at the foot of each page, if anything."""
    found = [re.search(r"(?:— |·)(\w+)(?: —|·)", page.extract_text()) for page in reader.pages]
    return [number[1] if number else "" for number in found]


def test_labels_are_what_is_printed_and_pages_without_a_number_follow_their_neighbours(
    issue: PdfReader,
) -> None:
    assert printed_numbers(issue) == ["", "ii", "1", "2", "3", "4", "5", ""]
    assert issue.page_labels == ["i", "ii", "1", "2", "3", "4", "5", "6"]


def test_the_table_of_contents_names_the_printed_pages(issue: PdfReader) -> None:
    contents = re.findall(r"[甲乙丙][.\s]*(\d)", issue.pages[1].extract_text())

    assert contents == ["1", "3", "5"]


def test_the_running_head_is_the_column_on_that_page(issue: PdfReader) -> None:
    columns = [re.sub("[^甲乙丙]", "", page.extract_text()) for page in issue.pages[2:7]]

    assert columns == ["甲甲", "甲", "乙乙", "乙", "丙丙"]


def test_pages_of_a_plain_sheet_are_labelled_from_one(faces: Faces, work: Path) -> None:
    plain = read(faces, work, f"<html lang='zh-CN'><title>甲</title>{LONG * 2}", "")

    assert plain.page_labels == ["1", "2", "3"]


def test_the_seal_has_a_tagged_field_where_its_element_lies(issue: PdfReader) -> None:
    root: Any = issue.trailer["/Root"]
    (reference,) = root["/AcroForm"]["/Fields"]
    field = reference.get_object()
    whole = root["/StructTreeRoot"]["/K"][0].get_object()
    tag = whole["/K"][-1].get_object()
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    left, bottom, right, top = (float(edge) * 25.4 / 72 for edge in field["/Rect"])

    assert field["/T"] == SEAL
    assert field["/FT"] == "/Sig"
    assert "/V" not in field
    assert field["/TU"] == field["/Contents"] == SIGNED
    assert field["/P"] == issue.pages[-1]
    assert [reference] == [*issue.pages[-1]["/Annots"]]  # type: ignore[misc]
    assert tag["/S"] == "/Form"
    assert tag["/K"][0]["/Obj"] == field
    assert nums[nums.index(field["/StructParent"]) + 1].get_object() == tag
    assert right - left == pytest.approx(40, abs=0.1)
    assert top - bottom == pytest.approx(30, abs=0.1)
    assert left == pytest.approx(30, abs=0.1)


def test_without_the_mark_there_is_no_field(faces: Faces, work: Path) -> None:
    reader = read(faces, work, PAGE.format(long="", seal=""))

    assert "/AcroForm" not in reader.trailer["/Root"]  # type: ignore[operator]


def test_a_link_is_told_once_whatever_stands_in_it(faces: Faces, work: Path) -> None:
    body = "<p><a href='../'><b>甲</b><span style='display: inline-block'>乙</span></a></p>"
    body += "<p><a href='../'>甲</a></p>"

    reader = read(faces, work, f"<html lang='zh-CN'><title>甲</title>{body}", "")

    assert len(reader.pages[0]["/Annots"]) == 2  # type: ignore[arg-type]


def test_attachments_are_dated_by_the_publication_and_ordered_by_name(
    faces: Faces, work: Path
) -> None:
    attachments = (
        Attachment("目录.json", b"{}", "目录数据", "Data"),
        Attachment("a01.md", "# 通知".encode(), "第1篇原文", "Source"),
    )
    sheet = Sheet(PAGE.format(long="", seal=""), STYLE, ADDRESS, attachments=attachments)

    data = typeset(sheet, faces, work)

    root: Any = PdfReader(io.BytesIO(data)).trailer["/Root"]
    specs = [
        reference.get_object() for reference in root["/Names"]["/EmbeddedFiles"]["/Names"][1::2]
    ]
    files = [spec["/EF"]["/F"] for spec in specs]
    assert [spec["/UF"] for spec in specs] == ["a01.md", "目录.json"]
    assert [spec["/AFRelationship"] for spec in specs] == ["/Source", "/Data"]
    assert [spec["/Desc"] for spec in specs] == ["第1篇原文", "目录数据"]
    assert [file.get_data() for file in files] == ["# 通知".encode(), b"{}"]
    assert {file["/Params"]["/ModDate"] for file in files} == {"D:20210131010000Z"}
    assert {file["/Params"]["/CreationDate"] for file in files} == {"D:20210131010000Z"}
    assert typeset(sheet, faces, work) == data


def test_a_day_without_an_hour_is_a_day_in_beijing(faces: Faces, work: Path) -> None:
    page = PAGE.format(long="", seal="").replace("2021-01-31T09:00+08:00", "2021-01-31")

    reader = read(faces, work, page, attachments=(Attachment("a.md", b"", "原文", "Source"),))

    root: Any = reader.trailer["/Root"]
    spec = root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()
    assert spec["/EF"]["/F"]["/Params"]["/ModDate"] == "D:20210130160000Z"


def test_attachments_without_a_date_of_publication_are_a_flaw(faces: Faces, work: Path) -> None:
    undated = PAGE.format(long="", seal="").replace("dcterms.created", "created")

    with pytest.raises(PreflightError, match="没有写明发布时间"):
        read(faces, work, undated, attachments=(Attachment("a.md", b"", "原文", "Source"),))


@pytest.mark.parametrize("inside", ["", "<title> </title>", "<rect/><title>图</title>"])
def test_a_drawing_without_words_is_a_flaw(faces: Faces, work: Path, inside: str) -> None:
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>"

    with pytest.raises(PreflightError, match="没有文字说明"):
        read(faces, work, PAGE.format(long=drawing, seal=""))


def test_a_footnote_stands_at_the_foot_of_its_page(faces: Faces, work: Path) -> None:
    noted = PAGE.format(long="<p>正文<span class='footnote'>注文</span></p><p>后文</p>", seal="")

    text = read(faces, work, noted).pages[2].extract_text()

    assert text.index("后文") < text.index("注文")
