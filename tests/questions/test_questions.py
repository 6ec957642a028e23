"""政策问答: own pages, booklets, issues, and answers that are in doubt."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from plugins import questions
from plugins.checking import check_content
from plugins.questions.answers import elsewhere
from plugins.reading import read_document
from plugins.reading.data import read_vocabularies
from tests.county import POLICY, SOUND, ContentError, build, settings, write_county

QUESTION = """---
title: 换节水器具有没有补贴？
published: 2021-08-02 09:00
disclosure: 主动公开
issuer: 某县人民政府办公室
summary: 有。
applies_to: 城乡居民
matter: 其他
basis:
  - document: policies/2021/2021-005
    article: s1
    quote: 居民用水要节约。
  - law: 《某条例》第三条
answered: 2021-08-01
review_by: 2022-08-01
origin: 窗口
similar: 节水器具补多少钱
typical: true
---

有，凭发票领取，[表格](form.csv)和[通知](../../policies/2021/2021-005.md#s1)见链接。
"""
WITH_QUESTION = {
    **SOUND,
    "questions/2021/2021-001.md": QUESTION,
    "questions/2021/form.csv": "项目,金额\n器具,10\n",
}
STALE = datetime(2022, 8, 2)


def page(folder: Path, url: str) -> str:
    """A page of the built site."""
    return (folder / "output" / url / "index.html").read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(write_county(tmp_path / "content", WITH_QUESTION), tmp_path / "output")
    return tmp_path


def test_a_page_shows_answer_basis_and_who_answered(site: Path) -> None:
    text = page(site, "questions/2021/2021-001")

    assert "有，凭发票领取" in text
    assert '<a href="../../../policies/2021/2021-005/#s1">' in text
    assert "（某政办发〔2021〕5号），一、节约用水" in text
    assert "居民用水要节约。" in text
    assert "《某条例》第三条" in text
    assert "节水器具补多少钱" in text
    assert "0357-2000001" in text
    assert "待复核" not in text


def test_a_document_leads_to_its_questions(site: Path) -> None:
    text = page(site, "policies/2021/2021-005")

    assert ">政策问答</h2>" in text
    assert '<a href="../../../questions/2021/2021-001/">' in text


@pytest.mark.parametrize("url", ["print/other", "print/_all", "typical/2021-3"])
def test_a_booklet_holds_the_whole_answer_at_its_anchor(site: Path, url: str) -> None:
    text = page(site, f"questions/{url}")
    ids = re.findall(r' id="([^"]+)"', text)

    assert "q2021-001" in ids
    assert len(ids) == len(set(ids))
    assert "有，凭发票领取" in text
    assert 'href="../../../questions/2021/2021-001/form.csv"' in text
    assert 'href="../../../policies/2021/2021-005/#s1"' in text


def test_an_issue_is_numbered_by_its_quarter_and_dated(site: Path) -> None:
    text = page(site, "questions/typical/2021-3")

    assert "典型政策问答（2021年第3期）" in text
    assert "2021年7月至9月" in text
    assert "2021年8月2日" in text


def test_an_answer_in_doubt_says_why_and_stands_in_no_booklet(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", WITH_QUESTION)

    build(content, tmp_path / "output", settings(STALE))

    own = page(tmp_path, "questions/2021/2021-001")
    assert "本答复待复核" in own
    assert "应在2022年8月1日前复核，现已逾期" in own
    assert "有，凭发票领取" in own
    for url in ("questions/print/_all", "questions/typical/2021-3"):
        text = page(tmp_path, url)
        assert "凭发票领取" not in text
        assert "正在复核，不印答案" in text
    assert "待复核" in page(tmp_path, "questions")


def test_an_answer_in_doubt_is_told_and_stops_nothing(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", WITH_QUESTION)
    checked = check_content(content, settings(STALE))

    assert [str(p) for p in checked.problems] == [
        (
            "content/questions/2021/2021-001.md:15:12: 提醒：复核日期（review_by）："
            "答案待复核：应在2022年8月1日前复核，现已逾期\n"
            "    改法：复核答案：仍然正确的，改 answered 和 review_by；依据变了的，改正文和 basis；"
            "不再适用的，撤下"
        )
    ]
    [report] = questions.report(checked.public, settings(STALE))
    assert report.rows == (
        (
            "questions/2021/2021-001",
            "换节水器具有没有补贴？",
            "某县人民政府办公室",
            "2021-08-01",
            "2022-08-01",
            "应在2022年8月1日前复核，现已逾期",
        ),
    )
    assert report.findings == 1
    [sound] = questions.report(checked.public, settings())
    assert sound.rows == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "    quote: 居民用水要节约。",
            "    quote: 居民用水不必节约。",
            "条文（quote）：policies/2021/2021-005 的正文里没有这段话",
        ),
        (
            "    article: s1",
            "    article: t9",
            "条款（article）：policies/2021/2021-005 里没有编号为“t9”的地方",
        ),
        ("有，凭发票", "## 一、答案\n\n有，凭发票", "正文：答案里有标题“一、答案”"),
    ],
)
def test_a_wrong_basis_stops_the_build(tmp_path: Path, old: str, new: str, said: str) -> None:
    files = {**WITH_QUESTION, "questions/2021/2021-001.md": QUESTION.replace(old, new)}

    with pytest.raises(ContentError, match=re.escape(said)):
        build(write_county(tmp_path / "content", files), tmp_path / "output")


def test_a_changed_text_brings_the_quote_to_light(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", WITH_QUESTION)
    build(content, tmp_path / "output")
    path = content / "policies/2021/2021-005.md"
    path.write_text(POLICY.replace("居民用水要节约。", "居民用水从严。"), "utf-8")

    with pytest.raises(ContentError, match="正文里没有这段话"):
        build(content, tmp_path / "output")


def test_a_basis_that_is_not_public_is_not_shown(tmp_path: Path) -> None:
    files = {
        **WITH_QUESTION,
        "policies/2021/2021-006.md": POLICY.replace("5号", "6号").replace(
            "number:", "draft: true\nnumber:"
        ),
        "questions/2021/2021-001.md": QUESTION.replace(
            "  - law:", "  - document: policies/2021/2021-006\n  - law:"
        ),
    }

    build(write_county(tmp_path / "content", files), tmp_path / "output")

    assert "2021-006" not in page(tmp_path, "questions/2021/2021-001")


def test_an_answer_without_any_basis_is_refused(tmp_path: Path) -> None:
    head = re.sub(r"basis:.*?answered", "basis: []\nanswered", QUESTION, flags=re.DOTALL)
    content = write_county(tmp_path / "content")
    files = {path.name: path.read_bytes() for path in (content / "vocabularies").iterdir()}
    vocabularies, _ = read_vocabularies(files, "")
    reading = read_document("questions/2021/a", "a.md", head.encode(), vocabularies)

    assert [(p.subject, p.message) for p in reading.problems] == [("依据（basis）", "至少要有一项")]


def test_links_of_an_answer_lead_to_the_same_places_from_a_booklet() -> None:
    html = '<p id="t1"><a href="../../pages/a/">甲</a><a href="#t1">乙</a><img src="b.png"></p>'

    assert elsewhere(html, "questions/x/") == (
        '<p><a href="../../../pages/a/">甲</a><a href="../../../questions/x/#t1">乙</a>'
        '<img src="../../../questions/x/b.png"></p>'
    )
    assert elsewhere('<a href="https://a.cn/">丙</a>', "questions/x/") == (
        '<a href="https://a.cn/">丙</a>'
    )
