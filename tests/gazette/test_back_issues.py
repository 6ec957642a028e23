"""历史公报: an issue of before this site stands as it was printed, and is found like any other."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from argparse import Namespace
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.digitizing import run
from plugins.freezing import freeze, gazette
from plugins.problems import Severity
from plugins.search.rows import counts_of, rows_of
from plugins.search.tokens import term_of, token_of
from tests.county import POLICY, SOUND, build, settings, write_county
from tests.digitizing.back_issue import FIRE, PAGES, asked

OLD = POLICY.replace("某政办发〔2021〕5号", "某政发〔2018〕3号").replace("2021-07-1", "2018-02-1")
OLD = OLD.replace("title: 某县人民政府办公室关于做好节水工作的通知", "title: 某县春耕通知")
FILES = SOUND | {"policies/2018/2018-003.md": OLD}
ISSUE = """---
title: 某县人民政府公报2021年第1期（总第1期）
year: 2021
issue: "1"
total: 1
published: 2021-09-01 09:00
contents:
  - column: 区人民政府办公室文件
    documents: [policies/2021/2021-005]
---
"""


def _county(folder: Path, *, is_hidden: bool = True) -> Path:
    content = write_county(folder / "content", FILES)
    run(asked(folder / "in", is_hidden=is_hidden), content)
    return content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("back")
    build(_county(folder), folder / "output")
    return folder


@pytest.fixture
def content(site: Path, tmp_path: Path) -> Path:
    """The same county, to be changed."""
    return Path(shutil.copytree(site / "content", tmp_path / "content"))


def _page(site: Path, name: str) -> str:
    return (site / "output" / name / "index.html").read_text("utf-8")


def _errors(content: Path) -> list[str]:
    problems = check_content(content, settings()).problems
    return [p.message for p in problems if p.severity is Severity.ERROR]


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_its_page_says_that_it_is_a_scan_and_has_its_text(site: Path) -> None:
    page = _page(site, "gazette/2018-01")

    assert "历史公报（扫描件）" in page
    assert "以影印的 PDF 为准" in page
    assert FIRE in page
    assert re.search(r'<h3 id="a2">关于加强冬季防火工作的紧急通知</h3>', page)


def test_each_article_leads_to_its_text_and_to_its_page_in_the_pdf(site: Path) -> None:
    page = _page(site, "gazette/2018-01")

    assert "2018-01.pdf#page=2" in page
    assert "PDF 第1—2页" in page
    assert '#a2"' in page
    order = ["县政府文件", "县政府办公室文件", "人事任免"]
    places = [page.index(f">{word}<") for word in order]
    assert places == sorted(places)


def test_nothing_is_made_of_it_but_page_data_and_its_files(site: Path) -> None:
    folder = site / "output/gazette/2018-01"

    names = {path.name for path in folder.iterdir()}

    made = {"index.html", "index.json", "offline.json", "2018-01.pdf", "2018-01.lock"}
    assert names == made
    kept = site / "content/gazette/2018-01.pdf"
    assert (folder / "2018-01.pdf").read_bytes() == kept.read_bytes()


def test_data_tell_its_pages_and_that_it_was_recognized(site: Path) -> None:
    index = json.loads((site / "output/gazette/index.json").read_text("utf-8"))
    (issue,) = index["issues"]
    data = (site / "content/gazette/2018-01.pdf").read_bytes()

    assert issue["ocr"] is True
    assert issue["pdf_sha256"] == hashlib.sha256(data).hexdigest()
    assert (issue["pdf_pages"], issue["pdf_page_offset"]) == (len(PAGES), 1)
    pages = [(one["page_from"], one["page_to"]) for one in issue["articles"]]
    assert pages == [(1, 2), (2, 2), (3, 3)]
    assert issue["articles"][0]["doc_no"] == "某政发〔2018〕3号"
    assert issue["articles"][0]["url"].endswith("gazette/2018-01/#a1")


def test_its_year_lists_what_it_printed_by_number(site: Path) -> None:
    page = _page(site, "gazette/2018")

    assert "某政发〔2018〕3号" in page[page.index("按发文字号查") :]
    assert "按主题分类查" not in page


def test_sitemap_and_known_files_have_it(site: Path) -> None:
    digests = (site / "output/verify/digests.json").read_text("utf-8")

    assert "gazette/2018-01/2018-01.pdf" in digests
    assert "gazette/2018-01/" in (site / "output/sitemaps/2018.xml").read_text("utf-8")


def test_a_document_that_it_printed_leads_to_it(site: Path) -> None:
    page = _page(site, "policies/2018/2018-003")

    assert "刊于公报2018年第1期" in page
    assert "gazette/2018-01/" in page


def test_search_finds_its_text_its_titles_and_numbers_and_offers_the_pdf(site: Path) -> None:
    library = check_content(site / "content", settings()).public
    issue, policy = (library[i] for i in ("gazette/2018-01", "policies/2018/2018-003"))

    body, _, keys = counts_of(issue, library)
    rows = [row for row, *_ in rows_of(library, settings(), (issue, policy))]

    assert {term_of("防火"), term_of("任免")} <= body.keys()
    assert any("2018" in token_of(key) for key in keys)
    pdf = "gazette/2018-01/2018-01.pdf"
    assert rows[0][-2] == ("公报2018年第1期", "gazette/2018-01/", pdf)
    assert rows[1][-2] == ("公报2018年第1期", "gazette/2018-01/#a1", f"{pdf}#page=2")


def test_a_scan_without_text_is_listed_and_found_and_leads_to_the_pdf(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND)
    run(asked(tmp_path / "in", pages=[[] for _ in PAGES], begins=2), content)

    build(content, tmp_path / "output")

    page = _page(tmp_path, "gazette/2018-01")
    assert "本期文字" not in page
    assert page.count("2018-01.pdf#page=4") == 2
    library = check_content(content, settings()).public
    assert counts_of(library["gazette/2018-01"], library)[0][term_of("任免")]


def test_slips_of_style_in_what_was_printed_are_not_told(content: Path) -> None:
    text = (content / "gazette/2018-01.md").read_text("utf-8").replace("\\", "")

    told = [p.message for p in check_content(content, settings()).problems if "写法" in p.message]

    assert "某政发[2018]3号" in text
    assert told == []


_BOTH = "contents:\n  - column: 索引\n    documents: [policies/2018/2018-003]"
CHANGES = {
    "text": ("值班人员不得离岗", "值班人员可以离岗", "目录或文字与定版时不一致"),
    "list": ('任免的通知"', '任免的公告"', "目录或文字与定版时不一致"),
    "place": ("begins: 2", "begins: 4", "PDF 只有5页"),
    "both": ("contents: []", _BOTH, "只能写一项"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_in_its_file_is_told(content: Path, change: str) -> None:
    old, new, message = CHANGES[change]
    _edit(content / "gazette/2018-01.md", old, new)

    assert any(message in said for said in _errors(content))


@pytest.mark.parametrize(
    ("ending", "message"),
    [("pdf", "不见了，或者与定版时不一致"), ("lock", "历史公报的定版记录（lock）缺失或者读不出来")],
)
def test_a_lost_file_is_told(content: Path, ending: str, message: str) -> None:
    (content / f"gazette/2018-01.{ending}").unlink()

    assert _errors(content) == [message]


def test_without_pdf_and_lock_it_is_told_where_the_pdf_belongs(content: Path) -> None:
    for ending in ("pdf", "lock"):
        (content / f"gazette/2018-01.{ending}").unlink()

    assert _errors(content) == ["历史公报没有 PDF：gazette/2018-01.pdf"]


def test_a_text_that_was_proofread_is_frozen_again(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(content / "gazette/2018-01.md", "值班人员", "带班、值班人员")
    options = Namespace(content=content, issue="2018-01")

    assert freeze(options) == 1
    assert "校对了文字、要重新定版的，先删去它" in capsys.readouterr().err
    (content / "gazette/2018-01.lock").unlink()

    assert freeze(options) == 0
    assert _errors(content) == []


def test_it_is_looked_at_like_any_issue(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = {name: content.parent / name for name in ("output", "cache")}
    options = Namespace(content=content, issue="2018-01", build_date="2021-12-31", **folders)

    assert gazette(options) == 0

    told = capsys.readouterr().out
    assert f"页数：{len(PAGES)}，" in told
    assert "  第1—2页  某县人民政府关于做好春耕生产工作的通知" in told
    assert "状态：已经定版" in told


def test_total_numbers_go_on_under_one_name_of_the_gazette(content: Path) -> None:
    (content / "gazette/2021-01.md").write_text(ISSUE, "utf-8")

    assert _errors(content) == []
    _edit(content / "gazette/2018-01.md", 'title: "某县政报', 'title: "某县人民政府公报')

    assert any("总期号不连续：上一期（2018年第1期）是总第9期" in said for said in _errors(content))


def test_a_year_that_is_over_counts_what_back_issues_printed(content: Path) -> None:
    normative = OLD.replace("其他文件", "行政规范性文件")
    (content / "policies/2018/2018-003.md").write_text(normative, "utf-8")
    other = normative.replace("3号", "4号").replace("春耕通知", "秋收通知")
    (content / "policies/2018/2018-004.md").write_text(other, "utf-8")

    problems = check_content(content, settings()).problems

    told = [p.path for p in problems if "没有在政府公报上刊登" in p.message]
    assert told == ["content/policies/2018/2018-004.md"]
