"""The scanner sees all that an attachment carries, and no file makes it stumble."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from plugins.privacy import scan
from plugins.reading import attachments
from plugins.reading.attachments import UnreadableAttachment, text_of, unfit
from plugins.reading.media import media_label

CITIZEN = "141002190001010011"
MOBILE = "138" + "0013" + "8000"
DAY = datetime(2021, 5, 13, tzinfo=UTC).replace(tzinfo=None)


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("申请人")
    paragraph.add_run(CITIZEN[:6]).bold = True
    paragraph.add_run(CITIZEN[6:])
    document.add_comment(paragraph.runs, text="批注里的话", author="批注人")
    document.add_table(1, 1).cell(0, 0).text = "表格里的话"
    document.sections[0].header.paragraphs[0].text = "页眉里的话"
    document.sections[0].footer.paragraphs[0].text = "页脚里的话"
    document.core_properties.author = "属性里的作者"
    document.core_properties.created = document.core_properties.modified = DAY
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def excel(*values: object) -> bytes:
    book = openpyxl.Workbook()
    hidden = book.create_sheet("隐藏的名单")
    hidden.sheet_state = "hidden"
    hidden.append(["姓名", *values])
    hidden["A1"].comment = Comment("单元格批注", "批注人")
    book.properties.title = "属性里的标题"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def pdf_writer(shown: str = "Shown on the page") -> PdfWriter:
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 10 100 Td ({shown}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    return writer


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def with_form_field(writer: PdfWriter, value: str) -> PdfWriter:
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("phone"),
            NameObject("/V"): TextStringObject(value),
        }
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form
    return writer


def reason(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableAttachment) as caught:
        text_of(name, data)
    assert str(caught.value) == caught.value.reason
    return caught.value.reason


def test_a_word_file_gives_every_part_that_holds_text() -> None:
    text = text_of("名单.docx", word())

    for said in ("表格里的话", "页眉里的话", "页脚里的话", "批注里的话", "批注人", "属性里的作者"):
        assert said in text


def test_runs_of_a_word_paragraph_are_read_as_one_number() -> None:
    assert f"申请人{CITIZEN}" in text_of("a.DOCX", word())


def test_deleted_words_and_text_boxes_of_a_word_file_are_read() -> None:
    members = unzipped(word())
    hidden = "<w:p><w:del><w:r><w:delText>修订删去的话</w:delText></w:r></w:del></w:p>"
    box = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p>"
    box += "</w:txbxContent></w:pict></w:r></w:p>"
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:body>", f"<w:body>{hidden}{box}".encode()
    )

    text = text_of("a.docx", zipped(members))

    assert "修订删去的话" in text
    assert "框里的话" in text


def test_a_link_to_a_telephone_in_a_word_file_is_read() -> None:
    members = unzipped(word())
    target = f'<Relationship Id="r9" Type="x" Target="tel:{MOBILE}" TargetMode="External"/>'
    relations = "word/_rels/document.xml.rels"
    members[relations] = members[relations].replace(
        b"</Relationships>", f"{target}</Relationships>".encode()
    )

    assert f"tel:{MOBILE}" in text_of("a.docx", zipped(members))


def test_a_workbook_inside_a_word_file_is_read() -> None:
    members = unzipped(word()) | {"word/embeddings/chart.xlsx": excel(CITIZEN)}

    assert CITIZEN in text_of("a.docx", zipped(members))


def test_an_excel_file_gives_hidden_sheets_comments_names_and_properties() -> None:
    text = text_of("名单.xlsx", excel("张某", MOBILE))

    for said in ("隐藏的名单", "姓名", "张某", MOBILE, "单元格批注", "属性里的标题"):
        assert said in text


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("6.2220212345678899E+18", "6222021234567889900"),
        ("1.4100219000101E17", "141002190001010000"),
        (MOBILE, MOBILE),
        (f"{MOBILE}.0", MOBILE),
        ("12.50", "12.5"),
        ("1E+999", "1E+999"),
    ],
)
def test_a_number_in_a_cell_is_written_in_full(kept: str, shown: str) -> None:
    sheet = f'<worksheet><row><c r="A1"><v>{kept}</v></c><c><v>7</v></c></row></worksheet>'
    data = zipped({"xl/worksheets/sheet1.xml": sheet.encode()})

    text = text_of("a.xlsx", data)

    assert text.split() == [shown, "7"]


def test_a_shared_string_is_read_once_however_many_cells_show_it() -> None:
    strings = f"<sst><si><r><t>身份证{CITIZEN[:6]}</t></r><r><t>{CITIZEN[6:]}</t></r></si></sst>"
    cells = '<c t="s"><v>0</v></c>' * 50
    sheet = f"<worksheet><row>{cells}</row></worksheet>"
    data = zipped({"xl/sharedStrings.xml": strings.encode(), "xl/sheet1.xml": sheet.encode()})

    text = text_of("a.xlsx", data)

    assert text.split() == [f"身份证{CITIZEN}"]


def test_neighbouring_cells_do_not_run_into_one_number() -> None:
    text = text_of("a.xlsx", excel(MOBILE[:3], MOBILE[3:7], MOBILE[7:], 1380013, 8000))

    assert list(scan(text)) == []


def test_a_pdf_gives_text_properties_notes_fields_bookmarks_and_inner_files() -> None:
    writer = with_form_field(pdf_writer("Shown on the page"), MOBILE)
    writer.add_metadata({"/Author": "属性里的作者"})
    writer.add_annotation(0, FreeText(text="批注里的话", rect=(0, 0, 50, 50)))
    writer.add_outline_item(title="书签里的话", page_number=0)
    writer.add_attachment("data.csv", "内嵌文件里的话".encode())

    text = text_of("a.pdf", written(writer))

    for said in ("Shown on the page", "属性里的作者", "批注里的话", "书签里的话", "data.csv"):
        assert said in text
    assert MOBILE in text
    assert "内嵌文件里的话" in text


def test_the_xmp_metadata_of_a_pdf_are_read() -> None:
    writer = pdf_writer()
    stream = StreamObject()
    stream.set_data(f"<x:xmpmeta><dc:creator>{CITIZEN}</dc:creator></x:xmpmeta>".encode())
    stream[NameObject("/Length")] = NumberObject(len(stream.get_data()))
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)

    assert CITIZEN in text_of("a.pdf", written(writer))


def test_a_locked_pdf_is_refused() -> None:
    writer = pdf_writer()
    writer.encrypt("secret", algorithm="RC4-128")

    assert "密码" in reason("a.pdf", written(writer))


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    writer = pdf_writer("Printed or not")
    writer.encrypt("", "owner", algorithm="RC4-128")

    assert "Printed or not" in text_of("a.pdf", written(writer))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.md", "a.html", "a.json"])
def test_texts_are_read_in_the_encodings_that_offices_use(name: str, encoding: str) -> None:
    assert text_of(name, "尧都区人民政府".encode(encoding)).startswith("尧都区人民政府")


def test_a_text_in_no_known_encoding_is_refused() -> None:
    assert "UTF-8" in reason("a.txt", b"\xff\xff\xff")


def test_a_number_broken_by_html_tags_is_read_as_one() -> None:
    page = "<p>138<span style='font-size:12px'>0013</span>&#56;000</p><p>7</p>"

    assert f"{MOBILE}\n" in text_of("a.html", page.encode())


def test_attributes_and_comments_of_html_and_svg_are_read() -> None:
    source = f'<svg><!-- {CITIZEN} --><a href="tel:{MOBILE}"><text>图</text></a></svg>'

    text = text_of("a.svg", source.encode())

    assert CITIZEN in text
    assert f"tel:{MOBILE}" in text


def test_escaped_digits_in_json_are_read() -> None:
    escaped = "".join(f"\\u{ord(c) + 0xFEE0:04x}" for c in MOBILE)

    assert [f.value for f in scan(text_of("a.json", f'["{escaped}"]'.encode()))] == [MOBILE]


def test_members_of_a_zip_are_read_by_the_same_rules() -> None:
    members = {
        "名单.docx": word(),
        "子目录/表.csv": "表里的话".encode("gb18030"),
        "图.png": b"\x89PNG",
        "__MACOSX/._名单.docx": b"\0",
    }

    text = text_of("a.zip", zipped(members))

    assert CITIZEN in text
    assert "子目录/表.csv" in text
    assert "表里的话" in text


def test_what_is_wrong_inside_a_zip_is_told_with_the_members_name() -> None:
    assert reason("a.zip", zipped({"旧表.xls": b""})).startswith("其中的“旧表.xls”：旧格式")


def test_a_zip_in_a_zip_is_refused() -> None:
    assert "压缩包里还有压缩包" in reason("a.zip", zipped({"b.zip": zipped({"c.txt": b""})}))


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(zipped({"a.txt": b"text"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "密码" in reason("a.zip", bytes(data))


@pytest.mark.parametrize("name", ["a.zip", "a.docx"])
def test_an_archive_that_unfolds_beyond_the_limit_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "_MOST_TEXT", 1000)

    assert "过大" in reason(name, zipped({"b.xml": b"<p>" + b"0" * 2000 + b"</p>"}))


def test_a_pdf_stream_that_unfolds_beyond_the_limit_is_refused() -> None:
    writer = pdf_writer()
    bomb = StreamObject()
    bomb._data = zlib.compress(b" " * (40 * 2**20))
    bomb[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(bomb)

    assert reason("a.pdf", written(writer))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_entity_bomb_is_refused(name: str) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE b [<!ENTITY e0 "boom">{entities}]><b>&e12;</b>'

    assert "DOCTYPE" in reason(name, zipped({"word/document.xml": bomb.encode()}))


def test_an_external_entity_is_refused() -> None:
    bomb = b'<!DOCTYPE b [<!ENTITY e SYSTEM "file:///etc/hostname">]><b>&e;</b>'

    assert "DOCTYPE" in reason("a.docx", zipped({"word/document.xml": bomb}))


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.wps", "a.et", "A.DOC"])
def test_an_old_format_is_refused_with_advice(name: str) -> None:
    assert "docx、xlsx 或 PDF" in reason(name, b"\xd0\xcf\x11\xe0")


def test_another_kind_of_archive_is_refused_with_advice() -> None:
    assert "zip" in reason("a.rar", b"Rar!")


def test_an_office_file_with_a_password_is_refused() -> None:
    assert "密码" in reason("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.mp4", "a", "", "a.unknown"])
def test_pictures_and_unknown_kinds_have_no_text(name: str) -> None:
    assert text_of(name, b"\x89PNG 0123") == ""


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("通知.pdf", "PDF"),
        ("附件/表.DOCX", "Word"),
        ("表.xlsx", "Excel"),
        ("图.jpeg", "图片"),
        ("包.zip", "压缩包"),
        ("片.mp4", "视频"),
        ("表.csv", "CSV 表格"),
        ("数据.dbf", "DBF"),
        ("无扩展名", "文件"),
    ],
)
def test_a_citizen_is_told_the_kind_of_file(name: str, label: str) -> None:
    assert media_label(name) == label


SAMPLES = {
    "a.docx": word(),
    "a.xlsx": excel(CITIZEN, 6222021234567889900),
    "a.pdf": written(with_form_field(pdf_writer(), MOBILE)),
    "a.zip": zipped({"a.txt": b"text", "b.docx": word()}),
}
NAMES = st.sampled_from([*SAMPLES, "a.html", "a.json", "a.csv", "a.svg", "a.ofd", "a.odt"])


def read_or_refuse(name: str, data: bytes) -> None:
    with suppress(UnreadableAttachment):
        text_of(name, data)


@given(NAMES, st.binary(max_size=400))
@example("a.pdf", b"%PDF-1.7\n")
@example("a.zip", b"PK\x05\x06" + b"\0" * 18)
def test_random_bytes_are_read_or_refused_and_nothing_else(name: str, data: bytes) -> None:
    read_or_refuse(name, data)


@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=4),
    st.floats(0, 1),
)
@settings(deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    name: str, wounds: list[tuple[float, bytes]], kept: float
) -> None:
    data = bytearray(SAMPLES[name])
    for place, wound in wounds:
        at = int(place * len(data))
        data[at : at + len(wound)] = wound

    read_or_refuse(name, bytes(data[: int(len(data) * max(kept, 0.5))]))


@given(st.text(alphabet="<>/wptv:cs= \"'&;!#x1E+{}[]ab\n"))
def test_any_xml_part_is_read_or_refused_and_nothing_else(part: str) -> None:
    data = zipped({"word/document.xml": f"<b>{part}</b>".encode(), "b.vml": part.encode()})

    read_or_refuse("a.docx", data)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_reading_twice_gives_the_same_text(name: str) -> None:
    assert text_of(name, SAMPLES[name]) == text_of(name, SAMPLES[name])


@pytest.mark.parametrize("name", ["index.html", "a.HTM", "run.exe", "app.js", "style.css", "none"])
def test_a_file_that_a_browser_would_run_or_nobody_can_open_is_no_attachment(name: str) -> None:
    assert unfit(name, b"")


@pytest.mark.parametrize("name", ["a.pdf", "b.XLSX", "c.docx", "d.png", "e.mp4", "f.zip", "g.csv"])
def test_usual_kinds_of_file_are_taken(name: str) -> None:
    assert unfit(name, b"") == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<a href="javascript:alert(1)"/>',
        "<foreignObject/>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_drawing_with_a_script_is_refused(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><title>图</title>{inside}</svg>'

    assert unfit("a.svg", drawing.encode())


def test_a_plain_drawing_is_taken() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><title>图</title><rect width="1"/></svg>'

    assert unfit("a.svg", drawing.encode()) == ""
