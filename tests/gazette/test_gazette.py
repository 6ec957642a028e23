"""An issue of the gazette: what it must hold, and what comes of it as pages, PDF and data."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from plugins.checking import check_content
from plugins.problems import Severity
from tests.county import NOW, POLICY, SOUND, build, settings, write_county
from tests.epub.judge import complaints

ISSUE = """---
title: 某县人民政府公报2021年第1期（总第1期）
year: 2021
issue: "1"
total: 1
published: 2021-09-01 09:00
summary: 刊登节水的通知和解读。
contents:
  - column: 区人民政府办公室文件
    documents:
      - policies/2021/2021-005
      - policies/2021/2021-006
  - column: 政策解读
    documents:
      - interpretations/2021/2021-001
---

本期刊登三件文件。
"""
OTHER = POLICY.replace("5号", "16号").replace("节水工作", "用水工作").replace("07-12", "07-13")
NORMATIVE = OTHER.replace("其他文件", "行政规范性文件").replace("16号", "17号")
SECOND = (
    ISSUE.replace("第1期（总第1期）", "第2期（总第2期）")
    .replace('issue: "1"', 'issue: "2"')
    .replace("total: 1", "total: 2")
    .replace("2021-09-01", "2021-11-01")
)
FILES = SOUND | {"policies/2021/2021-006.md": OTHER, "gazette/2021-01.md": ISSUE}
PDF = "output/gazette/2021-01/2021-01.pdf"


def _told(
    folder: Path, changed: dict[str, str], now: datetime = NOW
) -> list[tuple[str, str, Severity]]:
    checked = check_content(write_county(folder / "content", FILES | changed), settings(now))
    return [(p.path, p.message, p.severity) for p in checked.problems if "gazette" in str(p)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gazette")
    build(write_county(folder / "content", FILES), folder / "output")
    return folder


def _page(site: Path, name: str) -> str:
    return (site / "output/gazette" / name / "index.html").read_text("utf-8")


def test_an_issue_lists_its_articles_by_column_in_the_order_of_the_pages(site: Path) -> None:
    page = _page(site, "2021-01")

    order = [">区人民政府办公室文件<", '/01/"', '/02/"', "column-2", '/03/"']
    places = [page.index(word) for word in order]
    assert places == sorted(places)
    assert "2021-01/2021-01.pdf" in page


def test_articles_are_read_one_after_another(site: Path) -> None:
    first, second = _page(site, "2021-01/01"), _page(site, "2021-01/02")

    assert "居民用水要节约。" in first
    assert "下一件" in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in second
    assert "policies/2021/2021-006/" in second


def test_a_year_lists_what_was_printed_by_number_and_by_subject(site: Path) -> None:
    page = _page(site, "2021")

    by_number = page[page.index("按发文字号查") : page.index("按主题分类查")]
    assert by_number.index("〔2021〕5号") < by_number.index("〔2021〕16号")
    assert "综合政务" in page[page.index("按主题分类查") :]


def test_a_document_says_in_which_issue_it_is_printed(site: Path) -> None:
    page = (site / "output/policies/2021/2021-005/index.html").read_text("utf-8")

    assert "gazette/2021-01/" in page
    assert "刊于公报2021年第1期" in page


def test_the_home_page_leads_to_the_newest_issue(site: Path) -> None:
    page = (site / "output/index.html").read_text("utf-8")

    assert "2021年第1期（总第1期）" in page


def test_data_tell_each_article_with_the_sum_of_its_text(site: Path) -> None:
    folder = site / "output/gazette"
    (issue,) = json.loads((folder / "index.json").read_text("utf-8"))["issues"]
    article = json.loads((folder / "2021-01/01/article.json").read_text("utf-8"))

    assert [one["seq"] for one in issue["articles"]] == [1, 2, 3]
    assert issue["articles"][0]["sha256"] == article["sha256"]
    assert hashlib.sha256(article["text_plain"].encode()).hexdigest() == article["sha256"]


def test_the_pdf_has_cover_contents_articles_and_imprint(site: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(site / PDF).pages]

    assert "2021年第1期（总第1期）" in pages[0]
    assert "要目" in pages[0]
    assert "节水工作" in pages[1]
    assert "居民用水要节约。" in "".join(pages[2:-1]).replace("\n", "")
    assert "版权页" in pages[-1]
    assert "免费赠阅" in pages[-1]


def test_every_page_number_in_the_contents_is_that_of_the_page(site: Path) -> None:
    reader = PdfReader(site / PDF)
    contents = reader.pages[1].extract_text()
    numbers = [line.rpartition("·")[2].strip() for line in contents.splitlines() if "··" in line]
    starts = {
        str(destination.title): reader.get_destination_page_number(destination) or 0
        for destination in reader.named_destinations.values()
    }

    printed = [starts[f"a{place}"] - 1 for place in (1, 2, 3)]
    assert numbers == [str(number) for number in printed]
    for number in printed:
        assert f"· {number} ·" in reader.pages[number + 1].extract_text()


def test_the_text_of_the_pdf_is_that_of_the_pages(site: Path) -> None:
    pages = PdfReader(site / PDF).pages[2:-1]
    text = "".join("".join(page.extract_text().split()) for page in pages)

    for place in (1, 2, 3):
        file = site / f"output/gazette/2021-01/{place:02d}/article.json"
        for line in json.loads(file.read_text("utf-8"))["text_plain"].split("\n"):
            assert "".join(line.split()) in text


def test_a_sound_gazette_has_no_fault(tmp_path: Path) -> None:
    assert _told(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('issue: "1"', 'issue: "一"', "“一”不是期号"),
        ("total: 1", "total: 3", "标题与年份、期号、总期号不一致"),
        ("column: 政策解读", "column: 区人民政府办公室文件", "写了两次"),
        ("2021/2021-006", "2021/2021-005", "刊登了两次"),
        (
            "  - column: 政策解读\n",
            "  - column: 索引\n    documents: []\n  - column: 政策解读\n",
            "没有文件",
        ),
        ("2021/2021-006", "2021/2021-099", "找不到 policies/2021/2021-099.md"),
    ],
)
def test_a_fault_of_an_issue_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    told = _told(tmp_path, {"gazette/2021-01.md": ISSUE.replace(old, new)})

    assert any(message in said and severity is Severity.ERROR for _, said, severity in told), told


def test_numbers_go_on_without_a_gap(tmp_path: Path) -> None:
    third = SECOND.replace("第2期（总第2期）", "第3期（总第4期）")
    third = third.replace('issue: "2"', 'issue: "3"').replace("total: 2", "total: 4")
    third = third.replace("policies/2021/2021-006", "notices/2021/2021-001")

    told = [said for _, said, _ in _told(tmp_path, {"gazette/2021-03.md": third})]

    assert "期号不连续：上一期是第1期" in told
    assert "总期号不连续：上一期（2021年第1期）是总第1期" in told


def test_a_double_issue_takes_two_numbers_of_the_year(tmp_path: Path) -> None:
    double = ISSUE.replace('issue: "1"', 'issue: "1-2"').replace("第1期（总", "第1-2期（总")
    files = SOUND | {"policies/2021/2021-006.md": OTHER, "gazette/2021-01-02.md": double}

    checked = check_content(write_county(tmp_path / "content", files), settings())

    assert [p for p in checked.problems if p.path.startswith("content/gazette")] == []


def test_a_file_stands_under_its_number(tmp_path: Path) -> None:
    files = SOUND | {"policies/2021/2021-006.md": OTHER, "gazette/2021-02.md": ISSUE}

    checked = check_content(write_county(tmp_path / "content", files), settings())

    assert any("gazette/2021-01.md" in problem.remedy for problem in checked.problems)


def test_nothing_is_printed_twice(tmp_path: Path) -> None:
    told = _told(tmp_path, {"gazette/2021-02.md": SECOND})

    assert (
        "content/gazette/2021-02.md",
        "policies/2021/2021-005 已经刊登在2021年第1期（总第1期）",
    ) in [(path, said) for path, said, _ in told]


def test_what_is_not_public_is_not_printed(tmp_path: Path) -> None:
    draft = OTHER.replace("published:", "draft: true\npublished:")

    told = _told(tmp_path, {"policies/2021/2021-006.md": draft})

    said = "policies/2021/2021-006 现在不公开，不能刊登在公报上"
    assert ("content/gazette/2021-01.md", said, Severity.ERROR) in told


def test_a_document_of_another_government_needs_a_reason(tmp_path: Path) -> None:
    outside = OTHER.replace("issuer: 某县人民政府办公室", "issuer: 国务院办公厅")
    asked = {"policies/2021/2021-006.md": outside}
    given = ISSUE.replace(
        "      - policies/2021/2021-006\n",
        "      - document: policies/2021/2021-006\n        reason: 转发执行\n",
    )

    without = [said for _, said, _ in _told(tmp_path / "a", asked)]
    with_reason = [
        said for _, said, _ in _told(tmp_path / "b", asked | {"gazette/2021-01.md": given})
    ]

    message = "policies/2021/2021-006 的发文机关不是本区现有机构"
    assert message in without
    assert message not in with_reason


def test_articles_of_a_column_stand_in_order(tmp_path: Path) -> None:
    turned = ISSUE.replace("2021-005\n", "2021-00x\n").replace("2021-006\n", "2021-005\n")
    turned = turned.replace("2021-00x", "2021-006")

    told = _told(tmp_path, {"gazette/2021-01.md": turned})

    assert any("没有按发文机关的层级" in said for _, said, _ in told)


def test_what_a_document_says_of_its_issue_agrees(tmp_path: Path) -> None:
    wrong = OTHER.replace("signed:", 'gazette: {year: "2021", issue: "3"}\nsigned:')

    told = _told(tmp_path, {"policies/2021/2021-006.md": wrong})

    assert any("gazette/2021-01 刊登了它" in said for _, said, _ in told)


def test_when_a_year_is_over_each_normative_document_is_printed_or_excused(tmp_path: Path) -> None:
    files = {"policies/2021/2021-007.md": NORMATIVE}
    omitted = "omitted:\n  - document: policies/2021/2021-007\n    reason: 另行汇编\ncontents:"
    excused = files | {"gazette/2021-01.md": ISSUE.replace("contents:", omitted)}
    later = datetime(2022, 1, 5, 9)  # a build's moment is local
    message = "2021年的行政规范性文件没有在政府公报上刊登"

    def told(folder: str, given: dict[str, str], now: datetime) -> bool:
        content = write_county(tmp_path / folder / "content", FILES | given)
        return any(p.message == message for p in check_content(content, settings(now)).problems)

    assert not told("a", files, NOW)
    assert told("b", files, later)
    assert not told("c", excused, later)


def test_an_issue_is_a_book_that_epubcheck_takes(site: Path) -> None:
    assert complaints(site / "output/gazette/2021-01/2021-01.epub") == []


def test_the_text_of_the_book_is_that_of_the_pages(site: Path) -> None:
    with ZipFile(site / "output/gazette/2021-01/2021-01.epub") as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")]
    text = "".join(re.sub(r"<[^>]*>|\s", "", page) for page in pages)

    for place in (1, 2, 3):
        file = site / f"output/gazette/2021-01/{place:02d}/article.json"
        for line in json.loads(file.read_text("utf-8"))["text_plain"].split("\n"):
            assert "".join(line.split()) in text


def test_what_may_be_kept_names_every_page_of_the_issue(site: Path) -> None:
    file = site / "output/gazette/2021-01/offline.json"
    names = json.loads(file.read_text("utf-8"))["files"]

    assert {"./", "./01/", "./02/", "./03/"} <= names.keys()


def test_the_sources_of_the_articles_travel_in_the_pdf_in_their_order(site: Path) -> None:
    inside = {file.name: file for file in PdfReader(site / PDF).attachment_list}

    assert list(inside) == [
        "01-2021-005.md",
        "02-2021-006.md",
        "03-2021-001.md",
        "issue.json",
    ]
    sources = [file for name, file in inside.items() if name.endswith(".md")]
    assert {str(file.associated_file_relationship) for file in sources} == {"/Source"}
    assert "\n\n居民用水要节约。\n" in sources[0].content.decode()
    assert "\ntitle: 《关于做好节水工作的通知》解读\n" in sources[2].content.decode()
