"""What is counted for 解读率: which documents, which interpretations, of which unit and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.library import Library
from plugins.rates import reports
from plugins.rates.counting import Rate, definition, rates_of, told_of, years
from plugins.reading import read_document
from plugins.settings import Settings
from plugins.workdays import Calendar
from tests.county import NOW, settings
from tests.library.conftest import ANY_WORDS, USUAL

SETTINGS = settings()


def _library(documents: dict[str, str]) -> Library:
    read = []
    for document_id, head in documents.items():
        given = {line.partition(":")[0] for line in head.split("\n")}
        usual = {"title": "文件", "published": "2021-03-01", **USUAL[document_id.split("/")[0]]}
        lines = [f"{key}: {value}" for key, value in usual.items() if key not in given]
        text = "\n".join(["---", *lines, head, "---", "", "正文。"])
        reading = read_document(document_id, f"content/{document_id}.md", text.encode(), ANY_WORDS)
        assert reading.document is not None, reading.problems
        read.append(reading.document)
    return Library.of_documents(read, ANY_WORDS, Calendar({}, {}), {})


NORMATIVE = "category: 行政规范性文件"


def _rates(documents: dict[str, str], year: int = 2021, made: Settings = SETTINGS) -> list[Rate]:
    return rates_of(told_of(year, _library(documents), made))


@pytest.mark.parametrize(
    ("head", "due"),
    [
        (NORMATIVE, 1),
        ("category: 其他文件", 0),
        ("category: 规章", 0),
        ("needs_interpretation: true", 1),
        (f"{NORMATIVE}\ninterpretation_exempt: 人事任免", 0),
        (f"{NORMATIVE}\ninterpretation_exempt: 单纯转发", 0),
        (f"{NORMATIVE}\ninterpretation_exempt: 废止、清理文件", 0),
        (f"{NORMATIVE}\ninterpretation_exempt: 紧急命令", 0),
        (f"{NORMATIVE}\npublished: 2020-12-31", 0),
    ],
)
def test_normative_papers_and_marked_ones_are_due_but_for_exempt_ones(head: str, due: int) -> None:
    assert _rates({"policies/2021/a": head})[-1].due == due


def test_interpretations_are_counted_by_kind_and_by_day() -> None:
    documents = {
        "policies/2021/a": NORMATIVE,
        "policies/2021/b": NORMATIVE,
        "policies/2021/c": NORMATIVE,
        "policies/2021/d": f"{NORMATIVE}\nissuer: 乙局",
        # three 工作日 after 1 March
        "interpretations/2021/a": "interprets: policies/2021/a\npublished: 2021-03-04 23:00",
        "interpretations/2021/b": (
            "interprets: policies/2021/b\npublished: 2021-03-05\nkinds: 视频"
        ),
    }

    assert _rates(documents) == [
        Rate("乙局", 1, 0, 0, 0, 0),
        Rate("甲局", 3, 2, 1, 1, 0),
        Rate("合计", 4, 2, 1, 1, 0),
    ]


def test_a_joint_paper_is_that_of_its_lead() -> None:
    head = f"{NORMATIVE}\njoint_issuers: 乙局\nlead: 乙局"

    assert [rate.unit for rate in _rates({"policies/2021/a": head})] == ["乙局", "合计"]


def test_interpretations_after_the_cut_off_do_not_count() -> None:
    documents = {
        "policies/2021/a": f"{NORMATIVE}\npublished: 2021-12-30",
        "interpretations/2022/a": "interprets: policies/2021/a\npublished: 2022-01-04\nkinds: 视频",
    }

    def diverse(days: int) -> int:
        county = replace(SETTINGS.county, rate_cutoff_days=days)
        return _rates(documents, made=Settings(county=county, now=NOW))[-1].diverse

    assert [diverse(days) for days in (0, 3, 4)] == [0, 0, 1]


def test_where_holidays_are_not_known_the_timely_rate_is_not_invented() -> None:
    documents = {
        "policies/2090/a": f"{NORMATIVE}\npublished: 2090-03-01",
        "interpretations/2090/a": "interprets: policies/2090/a\npublished: 2090-03-02",
    }
    report = next(iter(reports(_library(documents), SETTINGS)))

    assert report.rows[-1][-1] == "算不出：不知道2090年的节假日安排"
    assert report.rows[-1][3] == "1"


def test_years_before_the_first_one_are_not_counted() -> None:
    documents = {
        "policies/2021/a": NORMATIVE,
        "policies/2020/a": f"{NORMATIVE}\npublished: 2020-06-01",
    }

    assert years(_library(documents), SETTINGS.county) == [2021]


def test_reports_print_their_definition_what_lacks_and_the_channels() -> None:
    documents = {
        "policies/2021/a": f"{NORMATIVE}\nnumber: 尧政规〔2021〕1号",
        "policies/2021/b": NORMATIVE,
        "interpretations/2021/a": (
            "interprets: policies/2021/a\nchannels: [报纸, {channel: 报纸, name: 晚报}, 政务大厅]"
        ),
    }
    rates, lacking, channels = reports(_library(documents), SETTINGS)

    assert rates.note == "".join(definition(SETTINGS.county))
    assert rates.findings == 2  # the unit and the sum
    assert rates.rows[0] == (
        "2021", "甲局", "2", "1", "50.00%", "0", "0.00%", "未达标", "1", "50.00%"
    )  # fmt: skip
    assert {(row[2], row[4]) for row in lacking.rows} == {
        ("《文件》（尧政规〔2021〕1号）", "没有多样化解读"),
        ("《文件》", "没有解读"),
    }
    assert channels.rows == (
        ("2021", "甲局", "报纸", "1"),
        ("2021", "甲局", "政务大厅", "1"),
    )
