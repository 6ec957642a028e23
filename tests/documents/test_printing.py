"""打印版 of documents: which have one, that it says what the page says, and what travels inside."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader

from plugins.checking import check_content
from plugins.reading import Document
from plugins.reading.document import read_document
from plugins.records import Record, Vocabularies
from plugins.settings import Settings
from plugins.starting import vocabularies_in
from tests.building.richer import pdf as any_pdf
from tests.county import INTERPRETATION, POLICY, SOUND, build, settings, write_county

CANARY = "金丝雀"
FILES_OF_OLD = "attachments:\n  - file: plan.csv\n    title: 节水计划\nkeywords:"
OLD = POLICY.replace("keywords:", FILES_OF_OLD)
NEW = (
    POLICY.replace("5号", "6号")
    .replace("signed: 2021-07-12", "signed: 2021-08-02\nrepeals: policies/2021/2021-005")
    .replace("2021-07-15", "2021-08-03")
    .replace("[节水, 通知]", f"[节水]\nauthor: {CANARY}编\nreview: {{final: {CANARY}审}}")
    .replace("signed:", f"topics: [topics/{CANARY}]\nrelated: policies/2021/2021-009\nsigned:")
    .replace(f"topics/{CANARY}", "topics/hidden")
)
TABLE = f"""
<table><caption>用水定额</caption>
<tr><th>类别<?{CANARY}?></th><th>定额</th></tr {CANARY}>
<tr><td>居民&amp;学校</td><td colspan="1">每人每日100升</td {CANARY}="{CANARY}"></tr>
</table>
"""
TOPIC = f"---\ntitle: {CANARY}专题\npublished: 2021-07-01 09:00\ndraft: true\n---\n\n无\n"


def _numbered(number: int, *changes: tuple[str, str]) -> str:
    text = POLICY.replace("5号", f"{number}号")
    for old, new in changes:
        text = text.replace(old, new)
    return text


FILES = SOUND | {
    "policies/2021/2021-005.md": OLD.replace("居民用水要节约。\n", f"居民用水要节约。\n{TABLE}"),
    "policies/2021/plan.csv": "项目,数量\n水表,1\n",
    "policies/2021/2021-006.md": NEW,
    "policies/2021/2021-007.md": _numbered(7, ("signed:", "pdf: false\nsigned:")),
    "policies/2021/2021-008.md": _numbered(8).partition("\n各乡镇")[0],
    "policies/2021/2021-009.md": _numbered(9, ("signed:", "draft: true\nsigned:")),
    "policies/2021/2021-010.md": _numbered(
        10, ("主动公开", "依申请公开\ndisclosure_basis: 第十五条")
    ),
    "interpretations/2021/2021-002.md": INTERPRETATION.replace("kinds:", "pdf: true\nkinds:"),
    "topics/hidden.md": TOPIC,
}
OLD_PDF = "policies/2021/2021-005/2021-005.pdf"
NEW_PDF = "policies/2021/2021-006/2021-006.pdf"


def with_pdfs(*folders: str) -> Settings:
    usual = settings()
    return replace(usual, county=replace(usual.county, document_pdfs=folders))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_county(tmp_path_factory.mktemp("printing") / "content", FILES)


@pytest.fixture(scope="module")
def site(content: Path) -> Path:
    build(content, content.parent / "output", with_pdfs("policies"))
    return content.parent / "output"


@pytest.fixture(scope="module")
def vocabularies(content: Path) -> Vocabularies:
    return vocabularies_in(content)


def _text(pdf: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(pdf).pages)


def _inside(pdf: Path) -> dict[str, tuple[str, bytes]]:
    """Name of each attached file → its relationship and its bytes."""
    return {
        file.name: (str(file.associated_file_relationship), file.content)
        for file in PdfReader(pdf).attachment_list
    }


def _words(page: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_a_type_that_is_named_has_one_for_each_public_text_and_others_that_ask_for_it(
    site: Path,
) -> None:
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.pdf")}

    assert made == {OLD_PDF, NEW_PDF, "interpretations/2021/2021-002/2021-002.pdf"}


@pytest.mark.parametrize(("name", "leads"), [("2021-005", 1), ("2021-007", 0), ("2021-008", 0)])
def test_a_page_leads_to_its_pdf_where_there_is_one(site: Path, name: str, leads: int) -> None:
    page = (site / f"policies/2021/{name}/index.html").read_text("utf-8")

    link = f'href="../../../policies/2021/{name}/{name}.pdf"'
    assert page.count(link) == page.count("打印版（全文）") == leads


def test_the_header_table_and_the_text_are_those_of_the_page(site: Path) -> None:
    page = (site / "policies/2021/2021-005/index.html").read_text("utf-8")
    text = _text(site / OLD_PDF)

    (table,) = re.findall(r'<dl class="facts">(.*?)</dl>', page, re.DOTALL)
    cells = [_words(cell) for cell in re.findall(r"<d[td]>(.*?)</d[td]>", table, re.DOTALL)]
    assert "".join(cells) in text
    (body,) = re.findall(r'<div class="prose e-content">(.*?)\n</div>\n', page, re.DOTALL)
    assert "每人每日100升" in _words(body)
    assert _words(body) in text


def test_what_no_longer_holds_says_so_on_top_and_names_what_holds(site: Path) -> None:
    text, number = _text(site / OLD_PDF), "某政办发〔2021〕6号"

    assert text.index("本文件已废止") < text.index("索引号")
    assert "自2021年8月2日起废止" in text
    assert number in text
    assert "本文件已" not in _text(site / NEW_PDF)


def test_files_and_the_page_are_named_by_whole_addresses(site: Path) -> None:
    text, root = _text(site / OLD_PDF), "https://www.example.gov.cn/policies/2021/2021-005/"

    assert f"节水计划（CSV表格，1KB）{root}plan.csv" in text
    assert f"网址：{root}" in text


def test_a_pdf_says_of_itself_who_issued_it_and_when_it_was_published(site: Path) -> None:
    said = PdfReader(site / OLD_PDF).metadata

    assert said is not None
    assert said.title == "某县人民政府办公室关于做好节水工作的通知"
    assert said.author == "某县人民政府办公室"
    assert str(said.creation_date) == "2021-07-15 09:30:00+08:00"


def test_the_source_and_the_data_travel_inside(site: Path) -> None:
    inside = _inside(site / OLD_PDF)

    twin = (site / "policies/2021/2021-005/index.json").read_bytes()
    assert list(inside) == ["2021-005.json", "2021-005.md"]
    assert inside["2021-005.json"] == ("/Data", twin)
    assert inside["2021-005.md"][0] == "/Source"


def _read(data: bytes, document_id: str, vocabularies: Vocabularies) -> Document[Record]:
    reading = read_document(document_id, "x.md", data, vocabularies)
    assert reading.document is not None, reading.problems
    return reading.document


def test_the_source_inside_reads_as_the_file_of_the_content(
    site: Path, content: Path, vocabularies: Vocabularies
) -> None:
    name = "policies/2021/2021-005"
    inside = _inside(site / OLD_PDF)["2021-005.md"][1]

    (one, other) = (
        _read(data, name, vocabularies) for data in (inside, (content / f"{name}.md").read_bytes())
    )

    assert one.record == other.record
    assert one.body.html == other.body.html


def test_nothing_that_the_office_keeps_to_itself_travels_inside(site: Path) -> None:
    for pdf in site.rglob("*.pdf"):
        inside = _inside(pdf)
        assert CANARY not in _text(pdf)
        assert {name.rpartition(".")[2] for name in inside} == {"json", "md"}
        for name, (_, data) in inside.items():
            told = data.decode().replace(f'"author":"{CANARY}编"', "")  # as on the page
            assert CANARY not in told, (pdf, name)
            for hidden in ("topics/hidden", "2021-009", "review", "第十五条"):
                assert hidden not in told, (pdf, name)


def test_a_type_that_has_no_pdfs_is_told_with_those_that_have(content: Path) -> None:
    usual = settings()
    no_comma = replace(usual.county, document_pdfs="policies")  # type: ignore[arg-type]  # as typed

    for wrong in (with_pdfs("policies", "policy"), replace(usual, county=no_comma)):
        problems = check_content(content, wrong).errors

        assert [p.path for p in problems] == ["pelicanconf.py"]
        assert "policies、interpretations、plans、notices、pages" in problems[0].remedy


def test_a_file_of_the_same_name_is_told(tmp_path: Path) -> None:
    named = POLICY.replace("keywords:", "attachments: 2021-005.pdf\nkeywords:")
    content = write_county(tmp_path / "content", SOUND | {"policies/2021/2021-005.md": named})
    (content / "policies/2021/2021-005.pdf").write_bytes(any_pdf("一"))

    told = [p.message for p in check_content(content, with_pdfs("policies")).errors]

    assert "打印版的文件名是 2021-005.pdf，与本页用到的文件重名" in told
    assert check_content(content, settings()).errors == []
