"""Which papers are compared, what the page says of them, and where it is linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.comparisons import summary_of
from plugins.comparisons.aligning import align
from plugins.comparisons.clauses import Clause
from plugins.library.comparable import is_same_subject
from tests.building.richer import OFFICE, policy
from tests.county import SOUND, ContentError, build, write_county

FIRST = "第一条 为了节水，制定本办法。"
OLD = f"{FIRST}\n\n第二条 单位应当在20日内备案。\n\n第三条 本办法自印发之日起施行。"
NEW = f"{FIRST}\n\n第二条 单位应当在10日内备案。\n\n第三条 居民用水实行阶梯价格。"
PAGE = "comparisons/2021/b--2019/a/index.html"


def _county(tmp_path: Path, title: str = "节水管理办法", **more: str) -> Path:
    files = {
        **SOUND,
        "organs/office.md": str(SOUND["organs/office.md"]).replace("2021-01-04", "2018-01-04"),
        "policies/2019/a.md": policy(
            "2019-03-05", OFFICE, "某政办发〔2019〕1号", "节水管理办法（试行）", OLD
        ),
        "policies/2021/b.md": policy(
            "2021-03-05", OFFICE, "某政办发〔2021〕1号", title, NEW, **more
        ),
    }
    content = write_county(tmp_path / "content", files)
    build(content, tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize("relation", ["repeals", "amends", "compares"])
def test_a_paper_is_compared_with_the_one_that_it_replaces_amends_or_names(
    tmp_path: Path, relation: str
) -> None:
    out = _county(tmp_path, **{relation: "policies/2019/a"})
    page = (out / PAGE).read_text("utf-8")

    assert "修改1条" in page
    assert "应当在<del>20</del>日内备案" in page
    assert "应当在<ins>10</ins>日内备案" in page
    assert "第一条，1条未改" in page
    for paper in ("2021/b", "2019/a"):
        shown = (out / f"policies/{paper}/index.html").read_text("utf-8")
        assert 'href="../../../comparisons/2021/b--2019/a/"' in shown


@pytest.mark.parametrize(
    "title", ["清理文件", "废止节水管理办法（试行）", "修改节水管理办法", "义务教育招生"]
)
def test_a_clean_up_or_a_paper_on_something_else_is_compared_with_nothing(
    tmp_path: Path, title: str
) -> None:
    out = _county(tmp_path, title, repeals="policies/2019/a")

    assert not (out / PAGE).exists()


def test_what_the_editor_names_is_compared_whatever_the_titles(tmp_path: Path) -> None:
    out = _county(tmp_path, "义务教育招生", compares="policies/2019/a")

    assert (out / PAGE).exists()


def test_a_paper_is_not_compared_with_a_later_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="逐条对照的 policies/2021/2021-005 成文在后"):
        _county(tmp_path, compares="policies/2021/2021-005")


def test_what_was_amended_and_stands_here_as_it_reads_since_is_not_compared(tmp_path: Path) -> None:
    later = str(SOUND["policies/2021/2021-005.md"])
    subject = next(line for line in later.split("\n") if line.startswith("title: "))

    out = _county(tmp_path, subject.removeprefix("title: "), amends="policies/2021/2021-005")

    assert not [*(out / "comparisons").glob("2021/b--2021/2021-005")]


def test_the_slot_of_an_interpretation_leads_to_the_comparison(tmp_path: Path) -> None:
    earlier = policy("2019-03-05", OFFICE, "某政办发〔2019〕1号", "节水", OLD)
    files = {
        **SOUND,
        "policies/2019/a.md": earlier,
        "policies/2021/2021-005.md": str(SOUND["policies/2021/2021-005.md"]).replace(
            "kind: 通知\n", "kind: 通知\ncompares: policies/2019/a\n"
        ),
    }
    build(write_county(tmp_path / "content", files), tmp_path / "out")
    page = (tmp_path / "out/interpretations/2021/2021-001/index.html").read_text("utf-8")
    slot = page.partition("五、新旧政策差异</h2>")[2]

    assert slot.strip().startswith(
        '<p>逐条对照：<a href="../../../comparisons/2021/2021-005--2019/a/">与《'
    )


@pytest.mark.parametrize(
    ("title", "other", "same"),
    [
        (
            "某县人民政府关于印发某县户外广告设施设置管理办法的通知",
            "某县人民政府关于印发某县城区户外广告设施设置管理办法（试行）的通知",
            True,
        ),
        (
            "某县人民政府办公室关于印发2021年政务公开工作要点的通知",
            "某县人民政府办公室关于印发2020年政务公开工作要点的通知",
            True,
        ),
        (
            "某县人民政府关于印发某县户外广告设施管理办法的通知",
            "某县人民政府关于印发某县临时救助实施办法的通知",
            False,
        ),
        ("某县人民政府关于公布《某县取水管理规定》的决定", "某县取水管理办法", True),
        ("通知", "关于印发管理办法的通知", False),
    ],
)
def test_titles_speak_of_one_subject_whatever_the_year_and_kind(
    title: str, other: str, *, same: bool
) -> None:
    assert is_same_subject(title, other) is same
    assert is_same_subject(other, title) is same


def test_the_summary_counts_clauses_and_names_headings_apart() -> None:
    old = [
        Clause("heading", "一、", "总则"),
        Clause("clause", "", "甲乙丙丁戊己"),
        Clause("clause", "", "子丑"),
    ]
    new = [
        Clause("heading", "一、", "附则"),
        Clause("clause", "", "甲乙丙丁戊庚"),
        Clause("clause", "", "子丑"),
    ]

    assert summary_of(align(old, new), "段") == "修改1段，改动标题2处；未改1段。"
    assert summary_of(align(old, old), "段") == "两份文件的正文没有差异：未改2段。"
    assert summary_of((), "段") == "两份文件都没有正文。"
