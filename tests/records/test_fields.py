"""What a front-matter value may be, and what an editor is told of one that may not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from plugins.records import Vocabularies
from plugins.records.fields import (
    Anchor,
    CreditCode,
    Day,
    DocumentId,
    DocumentIds,
    FieldNote,
    FileName,
    Flag,
    IndexNumber,
    Moment,
    Number,
    Texts,
    Whole,
    choices_advice,
    field,
    note_of,
    term,
)
from plugins.records.vocabularies import Term, Vocabulary

SUBJECTS = Vocabulary(
    "subjects",
    "主题分类",
    (
        Term(
            "综合政务", "general", narrower=(Term("政务公开", "openness"), Term("信访", "letters"))
        ),
        Term("其他", "other"),
    ),
)
WORDS = Vocabularies(
    {"subjects": SUBJECTS, "kinds": Vocabulary("kinds", "文种", (), readable=False)}
)


def read(kind: Any, value: object) -> object:  # noqa: ANN401  # any type that fields are made of
    return TypeAdapter(kind).validate_python(value, context=WORDS)


def told(kind: Any, value: object) -> tuple[str, str]:  # noqa: ANN401  # any type that fields are made of
    """Message and remedy of a value that is refused."""
    with pytest.raises(ValidationError) as raised:
        read(kind, value)
    context = raised.value.errors()[0]["ctx"]
    return context["message"], context["remedy"]


@pytest.mark.parametrize(
    ("kind", "value", "meaning"),
    [
        (Day, "2021-07-12", date(2021, 7, 12)),
        (Day, "2024-02-29", date(2024, 2, 29)),
        (Moment, "2021-07-15", datetime(2021, 7, 15)),
        (Moment, "2021-07-15 09:30", datetime(2021, 7, 15, 9, 30)),
        (Moment, "2021-07-15T09:30", datetime(2021, 7, 15, 9, 30)),
        (Moment, "2021-07-15 9:30:15", datetime(2021, 7, 15, 9, 30)),
        (Moment, "2021-07-15 09：30", datetime(2021, 7, 15, 9, 30)),
        (Flag, "true", True),
        (Flag, "是", True),
        (Flag, "false", False),
        (Flag, "否", False),
        (Whole, "10", 10),
        (Number, "尧政发〔2021〕5号", "尧政发〔2021〕5号"),
        (IndexNumber, "11141002MB0X000199/2021-00015", "11141002MB0X000199/2021-00015"),
        (CreditCode, "11141002MB0X000199", "11141002MB0X000199"),
        (DocumentId, "policies/2021/2021-015", "policies/2021/2021-015"),
        (FileName, "附件1.xlsx", "附件1.xlsx"),
        (Anchor, "s2.1", "s2.1"),
        (Texts, "一个", ("一个",)),
        (Texts, ["一个", "两个"], ("一个", "两个")),
        (Annotated[str, term("subjects")], "综合政务\\信访", "综合政务\\信访"),
        (Annotated[str, term("kinds")], "词表读不出来时什么都行", "词表读不出来时什么都行"),
    ],
)
def test_a_value_is_read_as_what_its_field_is(kind: object, value: object, meaning: object) -> None:
    assert read(kind, value) == meaning


@pytest.mark.parametrize(
    ("kind", "value", "message", "remedy"),
    [
        (Day, "2021-2-3", "日期“2021-2-3”的写法不对", "照此填写：2021-02-03"),
        (Day, "2021年2月3日", "日期“2021年2月3日”的写法不对", "照此填写：2021-02-03"),
        (Day, "2021.2.3", "日期“2021.2.3”的写法不对", "照此填写：2021-02-03"),
        (Day, "2021／2／3", "日期“2021／2／3”的写法不对", "照此填写：2021-02-03"),
        (
            Day,
            "2021-02-29",
            "“2021-02-29”不是实际存在的日期",
            "核对年、月、日，写成 2021-07-12 的样子",
        ),
        (Day, "昨天", "“昨天”不是日期", "写成 2021-07-12 的样子"),
        (Moment, "2021-2-3 9:30", "“2021-2-3 9:30”的写法不对", "照此填写：2021-02-03 09:30"),
        (Moment, "2021年2月3日", "“2021年2月3日”的写法不对", "照此填写：2021-02-03"),
        (Moment, "2021年2月3日9:30", "“2021年2月3日9:30”的写法不对", "照此填写：2021-02-03 09:30"),
        (Moment, "上午", "“上午”不是日期", "写成 2021-07-15 09:30 的样子"),
        (
            Moment,
            "2021-02-03 24:00",
            "“2021-02-03 24:00”里的时刻不对",
            "写成 2021-07-15 09:30 的样子，时刻用24小时制",
        ),
        (Flag, "yes", "“yes”不是“是”或“否”", "写 true（是）或 false（否）"),
        (Whole, "一", "“一”不是整数", "写一个整数，例如：10"),
        (Number, "尧政发[2021]5号", "“尧政发[2021]5号”的写法不对", "照此填写：尧政发〔2021〕5号"),
        (
            CreditCode,
            "11141002MB0X000190",
            "“11141002MB0X000190”不是有效的统一社会信用代码（18位，末位为校验码）",
            "照证书逐位核对；若前17位无误，末位应为9",
        ),
        (
            DocumentId,
            "/policies/2021/2021-015.md",
            "“/policies/2021/2021-015.md”不是文件的编号",
            "写成 policies/2021/2021-015（栏目/年份/文件名，不带 .md）",
        ),
        (
            FileName,
            "../附件.xlsx",
            "“../附件.xlsx”不是文件名",
            "附件放在本文件旁边，只写文件名，例如：附件1.xlsx",
        ),
        (Texts, ["甲", "甲"], "“甲”写了两次", "删去一处"),
        (DocumentIds, ["a/b", "c/d", "a/b"], "“a/b”写了两次", "删去一处"),
        (
            Annotated[str, term("subjects")],
            "政务公开",
            "“政务公开”不在可选范围内",
            "是不是想写：综合政务\\政务公开、综合政务",
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_remedy(
    kind: object, value: object, message: str, remedy: str
) -> None:
    assert told(kind, value) == (message, remedy)


def test_of_many_choices_only_the_first_are_shown_and_the_file_that_lists_them() -> None:
    names = tuple(f"第{n}类" for n in range(30))

    advice = choices_advice("别的词语", names, "subjects")

    assert advice.startswith("可选：第0类、第1类")
    assert advice.endswith("第19类……（词表：content/vocabularies/subjects.yaml）")


def test_a_note_survives_the_way_through_the_json_schema() -> None:
    info = field("标签", "说明", relation=("policies",), header=3, facet=True, internal=True)

    assert note_of(info) == FieldNote(relation=("policies",), header=3, facet=True, internal=True)


@pytest.mark.parametrize(
    "kind",
    [Day, Moment, Flag, Whole, Number, IndexNumber, CreditCode, DocumentId, FileName, Anchor],
)
@given(
    value=st.text(max_size=30)
    | st.from_regex(r"\d{1,4}[-./年]\d{1,3}[-./月]\d{1,3}日?[ T]?\d{0,2}[:：]?\d{0,2}")
)
def test_any_text_is_taken_or_refused_in_chinese(kind: object, value: str) -> None:
    try:
        read(kind, value)
    except ValidationError as refused:
        for detail in refused.errors():
            assert detail["type"] == "fault"
            assert detail["ctx"]["remedy"]


@given(st.dates())
def test_every_real_day_is_read_back_as_itself(day: date) -> None:
    assert read(Day, day.isoformat()) == day
