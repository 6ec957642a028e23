"""Blank and stale columns: each turns on the exact day, and the forecast says so before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.columns.freshness import State, freshness_of, report
from plugins.library import Library, columns_of
from tests.columns.test_tree import table
from tests.county import POLICY, SOUND, settings, write_county

NOTICE = """---
title: 某县节水情况公告
published: 2021-07-20 09:30
disclosure: 主动公开
issuer: 某县人民政府办公室
kind: 公告
summary: 公布节水情况。
---

现予公布。
"""
GUIDE = """---
title: 政府信息公开指南
block: 政府信息公开指南
published: 2021-01-05 09:00
updated: 2021-08-20
summary: 怎样查阅。
---

到政务大厅查阅。
"""


def library_of(folder: Path, files: dict[str, str]) -> Library:
    """The library of everything in a sound county."""
    checked = check_content(write_county(folder / "content", files), settings())
    assert checked.errors == []
    return checked.everything


def on(day: date, everything: Library, key: str) -> State:
    """How a column stands on a day, at noon."""
    now = settings(datetime.combine(day, time(12)))
    public = everything.public(now)
    return freshness_of(columns_of(public)[key], public, now).state


def test_every_column_turns_on_the_exact_day(tmp_path: Path) -> None:
    """A clock walks 400 days; in 政策文件 stands an interpretation of 16 July 2021, too."""
    rows = ("policy|更新时限=6个月", "policies|更新时限=20个工作日", "notices|更新时限=2周")
    everything = library_of(tmp_path, table(*rows) | {"notices/2021/2021-001.md": NOTICE})
    start = date(2021, 7, 15)
    turns: dict[str, list[tuple[date, State]]] = {}
    for key in ("policy", "policies", "notices", "guide", "organ"):
        found = turns.setdefault(key, [])
        before = None
        for count in range(400):
            day = start + timedelta(days=count)
            state = on(day, everything, key)
            if state is not before:
                found.append((day, state))
            before = state

    assert turns == {
        "policy": [
            (start, State.FRESH),
            (date(2021, 12, 18), State.SOON),
            (date(2022, 1, 17), State.STALE),
        ],
        "policies": [
            (start, State.FRESH),
            (date(2021, 8, 6), State.SOON),
            (date(2021, 8, 13), State.STALE),
        ],
        "notices": [
            (start, State.BLANK),
            (date(2021, 7, 20), State.FRESH),
            (date(2021, 7, 28), State.SOON),
            (date(2021, 8, 4), State.STALE),
        ],
        "guide": [(start, State.BLANK)],
        "organ": [(start, State.FRESH)],
    }


def test_the_forecast_is_the_day_on_which_it_turns(tmp_path: Path) -> None:
    everything = library_of(tmp_path, SOUND)
    now = settings(datetime(2021, 7, 16, 12))
    public = everything.public(now)

    for column in columns_of(public).leaves:
        one = freshness_of(column, public, now)
        if one.stale_from and one.state is not State.STALE:
            eve = one.stale_from - timedelta(days=1)
            assert on(eve, everything, column.key) is State.SOON, column.key
            assert on(one.stale_from, everything, column.key) is State.STALE, column.key


def test_a_revised_standing_page_is_as_new_as_its_revision(tmp_path: Path) -> None:
    files = table("guide|更新时限=1个月") | {"pages/guide.md": GUIDE}
    everything = library_of(tmp_path, files)

    assert on(date(2021, 9, 20), everything, "guide") is State.SOON
    assert on(date(2021, 9, 21), everything, "guide") is State.STALE


def test_a_column_that_does_not_apply_is_no_finding(tmp_path: Path) -> None:
    public = library_of(tmp_path, table("fee|不适用理由=没有收费项目"))
    one = freshness_of(columns_of(public)["fee"], public, settings())

    assert (one.state, one.note) == (State.INAPPLICABLE, "没有收费项目")


def test_a_year_without_a_calendar_is_told_and_not_guessed(tmp_path: Path) -> None:
    late = POLICY.replace("2021-07-1", "2031-07-1").replace("〔2021〕", "〔2031〕")
    files = table("policies|更新时限=20个工作日") | {"policies/2021/2021-005.md": late}
    now = settings(datetime(2031, 8, 1, 12))
    public = check_content(write_county(tmp_path / "content", files), now).public
    one = freshness_of(columns_of(public)["policies"], public, now)

    assert one.state is State.UNKNOWN
    assert "2031" in one.note


def test_a_papers_embargo_does_not_make_a_column_fresh(tmp_path: Path) -> None:
    later = NOTICE.replace("2021-07-20 09:30", "2022-03-01 09:30\nembargo: true")
    everything = library_of(tmp_path, SOUND | {"notices/2022/2022-001.md": later})

    assert on(date(2022, 2, 28), everything, "notices") is State.BLANK
    assert on(date(2022, 3, 1), everything, "notices") is State.FRESH


def test_the_report_lists_findings_first_and_counts_them(tmp_path: Path) -> None:
    public = library_of(tmp_path, table("fee|不适用理由=没有收费项目")).public(settings())
    freshness, inspection = report(public, settings())
    states = [row[3] for row in freshness.rows]

    found = [s for s in states if s in {"空白", "超期", "算不出"}]
    assert states[: freshness.findings] == found
    assert len(found) == freshness.findings
    assert states[-1] == "不适用"
    assert all(len(row) == len(freshness.header) for row in freshness.rows)
    assert inspection.findings == len([row for row in inspection.rows if row[3] == "触发"])


@pytest.mark.parametrize(("blank", "verdict"), [(4, "未触发"), (5, "触发")])
def test_five_blank_columns_are_a_veto(tmp_path: Path, blank: int, verdict: str) -> None:
    """国办秘函〔2019〕19号: five blank columns, no matter which."""
    everything = library_of(tmp_path, SOUND)
    now = settings(datetime(2021, 7, 16, 12))
    public = everything.public(now)
    tree = columns_of(public)
    empty = [c.key for c in tree.leaves if on(date(2021, 7, 16), everything, c.key) is State.BLANK]
    filled = {
        key: replace(c, inapplicable="已有" if key in empty[blank:] else "")
        for key, c in tree.by_key.items()
    }
    public._once["columns"] = (replace(tree, by_key=filled), public._once["columns"][1])

    _, inspection = report(public, now)
    (row,) = [row for row in inspection.rows if row[0] == "空白栏目"]

    assert row[2:4] == (str(blank), verdict)


def test_the_inspection_forecasts_the_day_of_its_verdict(tmp_path: Path) -> None:
    everything = library_of(tmp_path, SOUND)

    def home(day: date) -> tuple[str, ...]:
        now = settings(datetime.combine(day, time(12)))
        _, inspection = report(everything.public(now), now)
        (row,) = [row for row in inspection.rows if row[0].startswith("首页")]
        return row[2:]

    assert home(date(2021, 7, 30)) == ("0", "未触发", "2021-07-31")
    assert home(date(2021, 7, 31)) == ("1", "触发", "2021-07-31")
