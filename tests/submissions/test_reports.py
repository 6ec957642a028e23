"""刊登情况通报 and the queue: what is counted, in which period, and what stands first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.checking import check_content
from plugins.library import Library
from plugins.library.submissions import last_day
from plugins.outputs import Report
from plugins.reading.entries import quarter_of
from plugins.reading.registers import Entered
from plugins.reading.table import Row
from plugins.records import Vocabularies
from plugins.records.registers import Submission
from plugins.settings import Settings
from plugins.submissions import reports
from plugins.submissions.circular import HEADER, counts_of
from plugins.submissions.papers import TO_ACT_ON, Paper, State, is_in, period_name
from plugins.workdays import Calendar
from tests.county import POLICY, SOUND, settings, write_county
from tests.submissions.registers import LIAISON, OFFICE, SUBMISSION, Cells, on, registers
from tests.submissions.test_submissions import ISSUE

BUREAU = "某县水利局"
ORGAN = f"""---
title: {BUREAU}
short_name: 水利局
kind: 区政府部门
published: 2021-01-04 09:00
summary: 管水。
phone: 0357-2000009
---

管水。
"""
FLOOD = SUBMISSION | {
    "文件": "某县水利局关于防汛的通知", "单位": BUREAU, "发文字号": "某水发〔2021〕2号",
    "成文日期": "2021-05-06", "报送日期": "", "联络员": "", "接收人": "", "电子版": "无",
}  # fmt: skip
"""Not on the site, and not sent."""


def made(folder: Path, files: dict[str, str], now: Settings) -> list[Report]:
    checked = check_content(write_county(folder / "content", files), now)
    assert checked.errors == []
    return list(reports(checked.public, now))


def circular(
    folder: Path, *rows: Cells, now: Settings, more: dict[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Unit → the rest of its row."""
    files = registers([LIAISON], list(rows)) | {"organs/water.md": ORGAN} | (more or {})
    report = made(folder, files, now)[0]
    return {row[0]: row[1:] for row in report.rows}


def test_the_circular_has_the_columns_that_the_rule_names() -> None:
    assert "｜".join(HEADER) == (
        "单位｜应报送件数｜已报送件数｜及时报送件数｜公报刊登件数｜网站发布件数｜未刊登及原因｜"
        "报送率｜刊登率"
    )


def test_every_paper_is_counted_for_its_unit_and_in_the_sum(tmp_path: Path) -> None:
    issue = {"gazette/2021-01.md": ISSUE.format(n=1, month=8)}

    assert circular(tmp_path, SUBMISSION, FLOOD, now=on("2021-12-31"), more=issue) == {
        BUREAU: (
            "1",
            "0",
            "0",
            "0",
            "0",
            "某水发〔2021〕2号：未说明",
            "0/1（0.0%）",
            "0/1（0.0%）",
        ),
        OFFICE: ("1", "1", "1", "1", "1", "", "1/1（100.0%）", "1/1（100.0%）"),
        "合计": ("2", "1", "1", "1", "1", "", "1/2（50.0%）", "1/2（50.0%）"),
    }


def test_a_unit_without_papers_has_no_rate(tmp_path: Path) -> None:
    found = circular(tmp_path, SUBMISSION, now=on("2021-12-31", "2021-1"))

    assert found[OFFICE] == ("0", "0", "0", "0", "0", "", "—", "—")


def test_a_published_paper_without_a_row_is_to_be_sent_too(tmp_path: Path) -> None:
    found = circular(tmp_path, now=on("2021-12-31"))

    assert found[OFFICE][:5] == ("1", "0", "0", "0", "1")
    assert found[OFFICE][5] == "某政办发〔2021〕5号：未说明"


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ({}, "2"),
        ({"公开属性": "依申请公开"}, "1"),
        ({"公开属性": "不予公开"}, "1"),
        ({"成文日期": "2020-12-30"}, "1"),  # before the first year
        ({"成文日期": "2020-12-30", "印发日期": "2021-01-04"}, "2"),
    ],
)
def test_only_public_papers_since_the_first_year_are_to_be_sent(
    tmp_path: Path, cells: Cells, due: str
) -> None:
    row = FLOOD | cells

    assert circular(tmp_path, row, now=on("2021-12-31"))["合计"][0] == due


def test_a_joint_paper_is_its_lead_s_and_those_of_others_are_not_asked_for(tmp_path: Path) -> None:
    joint = POLICY.replace("issuer:", f"joint_issuers: {BUREAU}\nlead: {BUREAU}\nissuer:")
    outside = POLICY.replace(OFFICE, "山西省人民政府").replace(
        "某政办发〔2021〕5号", "晋政发〔2021〕1号"
    )
    more = {"policies/2021/2021-005.md": joint, "policies/2021/2021-006.md": outside}

    found = circular(tmp_path, now=on("2021-12-31"), more=more)

    assert {unit: row[0] for unit, row in found.items()} == {BUREAU: "1", OFFICE: "0", "合计": "1"}


def test_a_higher_rule_is_not_asked_for_whoever_is_named_as_its_issuer(tmp_path: Path) -> None:
    more = {"policies/2021/2021-005.md": POLICY.replace("其他文件", "规章")}

    assert circular(tmp_path, now=on("2021-12-31"), more=more)["合计"][0] == "0"


def test_the_last_day_is_in_time_and_the_next_one_is_not(tmp_path: Path) -> None:
    """Ten 工作日 after 12 July 2021 are over with 26 July."""
    for day, timely in (("2021-07-26", "1"), ("2021-07-27", "0")):
        found = circular(tmp_path / day, SUBMISSION | {"报送日期": day}, now=on("2021-12-31"))
        assert found[OFFICE][2] == timely


def test_the_term_counts_from_printing_whoever_says_when_that_was(tmp_path: Path) -> None:
    row = SUBMISSION | {"印发日期": "2021-07-13", "报送日期": "2021-07-27"}

    assert circular(tmp_path, row, now=on("2021-12-31"))[OFFICE][2] == "1"


def test_where_holidays_are_not_known_nothing_is_called_timely() -> None:
    said = Submission.model_validate(
        {
            "unit": OFFICE, "paper": "甲", "signed": "2090-03-01", "disclosure": "主动公开",
            "normative": "否", "interpretation": "无", "edition": "PDF", "sent": "2090-03-02",
        }
    )  # fmt: skip
    paper = Paper(OFFICE, "甲", "", said.issued, None, "", entered=Entered(Row(2, ()), said))
    unsent = Paper(OFFICE, "甲", "", said.issued, None, "")

    assert paper.is_timely is None
    assert (counts_of([paper]).timely, counts_of([paper]).unknown) == (0, 1)
    assert paper.lacks == ("可编辑的电子版",)
    assert unsent.state(settings()) is State.UNKNOWN


def test_the_reason_of_the_register_stands_before_that_of_an_issue(tmp_path: Path) -> None:
    omitting = ISSUE.format(n=1, month=8).replace(
        "contents:", "omitted:\n  - document: policies/2021/2021-005\n    reason: 已废止\ncontents:"
    )
    omitting = omitting.replace("documents: policies", "documents: interpretations").replace(
        "interpretations/2021/2021-005", "interpretations/2021/2021-001"
    )
    more = {"gazette/2021-01.md": omitting}
    row = SUBMISSION | {"未刊登原因": "篇幅过长"}

    issue = circular(tmp_path / "issue", SUBMISSION, now=on("2021-12-31"), more=more)
    both = circular(tmp_path / "both", row, now=on("2021-12-31"), more=more)

    assert issue[OFFICE][5] == "某政办发〔2021〕5号：已废止"
    assert both[OFFICE][5] == "某政办发〔2021〕5号：篇幅过长"


def test_units_that_are_behind_stand_first_and_are_the_findings(tmp_path: Path) -> None:
    files = registers([LIAISON], [SUBMISSION, FLOOD]) | {"organs/water.md": ORGAN}

    report = made(tmp_path, files, on("2021-12-31"))[0]

    assert [row[0] for row in report.rows] == [BUREAU, OFFICE, "合计"]
    assert report.findings == 1
    assert (report.name, report.title) == (
        "gazette-circular-2021", "2021年公报报送刊登情况通报",
    )  # fmt: skip
    assert "印发后10个工作日内报送" in report.note


def test_the_queue_tells_each_state_and_what_to_act_on_first(tmp_path: Path) -> None:
    other = {"联络员": "示例一", "接收人": "示例编辑", "单位": OFFICE, "报送日期": "2021-12-03"}
    rows = [
        SUBMISSION,
        FLOOD,
        FLOOD | {"文件": "待报", "发文字号": "", "成文日期": "2021-12-24"},
        FLOOD | other | {"文件": "缺件", "发文字号": "", "成文日期": "2021-12-01"},
        FLOOD | {"文件": "说明", "发文字号": "", "未刊登原因": "内部事项"},
    ]
    more = {"organs/water.md": ORGAN, "gazette/2021-01.md": ISSUE.format(n=1, month=8)}

    queue = made(tmp_path, registers([LIAISON], rows) | more, on("2021-12-31"))[1]

    shown = [(row[0], row[2], row[5], row[6], row[7], row[8], row[11]) for row in queue.rows]
    assert shown == [
        ("逾期未报送", "某县水利局关于防汛的通知", "2021-05-19", "", "", "", "3"),
        ("已报送，未刊登", "缺件", "2021-12-15", "2021-12-03", "及时", "可编辑的电子版、PDF", "5"),
        ("不刊登，已写明原因", "说明", "2021-05-19", "", "", "", "6"),
        (
            "已刊登", "某县人民政府办公室关于做好节水工作的通知", "2021-07-26", "2021-07-15",
            "及时", "", "2",
        ),
        ("待报送", "待报", "2022-01-10", "", "", "", "4"),
    ]  # fmt: skip
    assert queue.findings == 2


def test_a_paper_is_overdue_from_the_day_after_its_last(tmp_path: Path) -> None:
    for day, state in (("2021-07-26", "待报送"), ("2021-07-27", "逾期未报送")):
        queue = made(tmp_path / day, registers([LIAISON], []), on(day))[1]
        assert [row[0] for row in queue.rows] == [state]


def test_a_county_without_the_register_gets_no_report(tmp_path: Path) -> None:
    assert made(tmp_path, SOUND, on("2021-12-31")) == []


def test_a_period_is_that_which_was_asked_for_or_the_year_of_the_build(tmp_path: Path) -> None:
    files = registers([LIAISON], [SUBMISSION])
    names = [
        made(tmp_path / str(n), files, now)[0].title
        for n, now in enumerate((on("2022-02-01"), on("2022-02-01", "2021-3")))
    ]

    assert names == ["2022年公报报送刊登情况通报", "2021年第3季度公报报送刊登情况通报"]


@given(st.dates(date(2004, 1, 1), date(2026, 11, 30)))
def test_a_paper_in_time_is_sent_within_ten_workdays(issued: date) -> None:
    calendar = Calendar({}, {})
    library = Library.of_documents([], Vocabularies({}), calendar, {})

    last = last_day(issued, library, settings())

    days = [issued + timedelta(days=n + 1) for n in range((last - issued).days)]
    assert sum(map(calendar.is_workday, days)) == settings().county.submission_days
    assert calendar.is_workday(last)


@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)))
def test_the_quarters_of_a_year_share_its_days_out(day: date) -> None:
    quarters = [f"{day.year}-{n}" for n in (1, 2, 3, 4)]

    assert [q for q in quarters if is_in(q, day)] == [quarter_of(day)]
    assert is_in(str(day.year), day)
    assert not is_in(str(day.year + 1), day)
    assert period_name(quarter_of(day)) == f"{day.year}年第{(day.month + 2) // 3}季度"


DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Any paper that the two registers and the site can make."""
    said = Submission.model_construct(sent=draw(st.none() | DAYS))
    return Paper(
        unit=draw(st.sampled_from((OFFICE, BUREAU))),
        title="甲",
        number="",
        issued=draw(DAYS),
        due=draw(st.none() | DAYS),
        reason=draw(st.sampled_from(("", "篇幅过长"))),
        entered=draw(st.sampled_from((None, Entered(Row(2, ()), said)))),
        printed=draw(st.sampled_from(((), ("2021年第1期",)))),
    )


@given(st.lists(papers(), max_size=12))
def test_the_numbers_of_units_add_up_and_none_is_more_than_it_can_be(found: list[Paper]) -> None:
    whole = counts_of(found)
    parts = [counts_of(p for p in found if p.unit == unit) for unit in (OFFICE, BUREAU)]

    assert [sum(pair) for pair in zip(*parts, strict=True)] == list(whole)
    assert whole.timely + whole.unknown <= whole.sent <= whole.due == len(found)
    assert whole.printed <= whole.due


@given(papers())
def test_a_paper_is_to_be_acted_on_unless_printed_explained_or_still_in_time(paper: Paper) -> None:
    now = on("2021-07-01")
    waits = paper.sent is None and paper.due is not None and paper.due >= date(2021, 7, 1)

    settled = bool(paper.printed or paper.reason or waits)

    assert (paper.state(now) in TO_ACT_ON) is not settled
