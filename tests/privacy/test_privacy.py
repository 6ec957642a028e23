"""Personal numbers are found through their disguises, and official figures are left alone.

No number here belongs to anybody: identities are born in 1900, the others are put together
while the tests run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import privacy
from plugins.identifiers import (
    citizen_check_character,
    credit_check_character,
    passes_luhn,
)
from plugins.privacy import Allowance, Finding, Kind, allowed, masked, scan

CITIZEN = "141002190001010011"
CITIZEN_X = "14100219000101002X"
MOBILE = "138" + "0013" + "8000"
MOBILE_FULL_WIDTH = "".join(chr(ord(c) + 0xFEE0) for c in MOBILE)
OLD_CITIZEN = "141002" + "560101" + "123"


def card(body: str) -> str:
    return next(body + check for check in "0123456789" if passes_luhn(body + check))


CARD_16 = card("622202" + "0" * 9)
CARD_19 = card("622202" + "0" * 8 + "1234")


def in_groups(digits: str, *sizes: int, by: str = " ") -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(digits[start : start + size])
        start += size
    return by.join(parts)


def kinds(text: str) -> list[Kind]:
    return [finding.kind for finding in scan(text)]


@pytest.mark.parametrize("value", [CITIZEN, CITIZEN_X])
def test_an_identity_number_in_a_sentence_is_found_with_its_place(value: str) -> None:
    text = f"申请人身份证号为{value}，已核对。"

    found = list(scan(text))

    assert found == [Finding(Kind.CITIZEN, 8, 26, value)]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (MOBILE, Kind.MOBILE),
        (OLD_CITIZEN, Kind.OLD_CITIZEN),
        (CARD_16, Kind.CARD),
        (CARD_19, Kind.CARD),
    ],
)
def test_each_other_kind_is_found_when_written_plainly(value: str, kind: Kind) -> None:
    assert [(f.kind, f.value) for f in scan(f"号码：{value}。")] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        CITIZEN_X.lower(),
        "".join(chr(ord(c) + 0xFEE0) for c in CITIZEN_X),
        in_groups(CITIZEN, 6, 8, 4),
        in_groups(CITIZEN, 6, 4, 4, 4, by="-"),
        in_groups(CITIZEN, 6, 8, 4, by="\u00a0"),
        in_groups(CITIZEN, 6, 8, 4, by="\u200b"),
        in_groups(CITIZEN, 6, 8, 4, by="&nbsp;"),
        in_groups(CITIZEN, 6, 8, 4, by="&#8203;"),
        in_groups(CITIZEN, 6, 8, 4, by="**"),
        in_groups(CITIZEN, 11, 7, by="\n"),
        in_groups(CITIZEN, 11, 7, by="\r\n> "),
        in_groups(CITIZEN, 11, 7, by="<br/>\n"),
        in_groups(CITIZEN_X, 17, 1),
        in_groups(CITIZEN, *[1] * 18),
        f"id{CITIZEN}",
        f"{CITIZEN}.0",
    ],
    ids=ascii,
)
def test_a_disguised_identity_number_is_seen_through(text: str) -> None:
    assert kinds(text) == [Kind.CITIZEN]


@pytest.mark.parametrize(
    "text",
    [
        MOBILE_FULL_WIDTH,
        in_groups(MOBILE, 3, 4, 4),
        in_groups(MOBILE, 3, 4, 4, by="-"),
        in_groups(MOBILE, 3, 4, 4, by=" - "),
        in_groups(MOBILE, 3, 4, 4, by="\u3000"),
        in_groups(MOBILE, 3, 4, 4, by="\u200d"),
        in_groups(MOBILE, 3, 4, 4, by="_"),
        in_groups(MOBILE, 3, 8),
        in_groups(MOBILE, 7, 4, by="-"),
        in_groups(MOBILE, 3, 4, 4, by="</b>"),
        in_groups(MOBILE, 3, 4, 4, by="**"),
        in_groups(MOBILE, 7, 4, by="\n"),
        in_groups(MOBILE, 7, 4, by="-\n"),
        f"联系电话：{in_groups(MOBILE, 5, 6, by=chr(10))}\n2021",
        f"+86{MOBILE}",
        f"+86 {in_groups(MOBILE, 3, 4, 4)}",
        f"0086{MOBILE}",
        f"86 {in_groups(MOBILE, 3, 4, 4)}",
        f"Tel{MOBILE}",
        f'<a href="tel:{MOBILE}">',
        f"1.{MOBILE}",
        f"张某,{MOBILE},2021",
        f"{MOBILE}.0",
        f"20210513_{MOBILE}.pdf",
    ],
    ids=ascii,
)
def test_a_disguised_mobile_number_is_seen_through(text: str) -> None:
    assert kinds(text) == [Kind.MOBILE]


@pytest.mark.parametrize(
    "text",
    [
        in_groups(CARD_16, 4, 4, 4, 4),
        in_groups(CARD_19, 4, 4, 4, 4, 3, by="-"),
        in_groups(CARD_19, 6, 13),
        f"账号：{in_groups(CARD_19, 9, 10, by=chr(10))}",
    ],
    ids=ascii,
)
def test_a_disguised_card_number_is_seen_through(text: str) -> None:
    assert kinds(text) == [Kind.CARD]


def test_the_span_points_into_the_text_as_it_was_given() -> None:
    disguised = MOBILE_FULL_WIDTH[:3] + "\u200b " + MOBILE[3:7] + "-**" + MOBILE[7:]
    text = f"请拨打{disguised}**联系"

    [found] = scan(text)

    assert text[found.start : found.end] == disguised
    assert found.value == MOBILE


def test_two_numbers_side_by_side_are_both_found() -> None:
    dashed = in_groups(MOBILE, 3, 4, 4, by="-")

    assert kinds(f"{MOBILE} {MOBILE}") == [Kind.MOBILE] * 2
    assert kinds(f"{dashed} {dashed}") == [Kind.MOBILE] * 2
    assert kinds(f"{CITIZEN} {in_groups(MOBILE, 3, 8, by='-')}") == [Kind.CITIZEN, Kind.MOBILE]


def test_an_identity_number_rounded_by_a_spreadsheet_is_found() -> None:
    rounded = CITIZEN[:15] + "000"

    assert kinds(rounded) == [Kind.CITIZEN]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码 11141002MB0X000199",
        "113417020032563511/202504-00057",
        "11320982K1308267XB/2021-09610",
        "000014349/2017-00110",
        "015125076-202510-102597",
        "项目代码 2020-141002-47-03-012345",
        "尧政发〔2021〕5号",
        "电话 0357-2000001",
        "2021-05-13 10:20:30",
        "20210513102030",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)
def test_official_numbers_and_times_are_not_personal(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "13,800,138,000",
        f"{MOBILE}.55",
        f"¥{MOBILE}",
        f"￥ {MOBILE}",
        f"{MOBILE}元",
        f"{MOBILE}万元",
        f"111.{MOBILE}",
        "合计 156 1200 3400 88",
        "预算数\n1500000\n3200\n500",
        "1500000 3200",
        "0 0 1 3 0 0 0 0 0 0 0 0 0 0",
        in_groups(MOBILE, 7, 4, by="\t"),
        in_groups(MOBILE, 7, 4, by="\n\n"),
    ],
    ids=ascii,
)
def test_amounts_and_figures_of_a_table_are_not_personal(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"sha256:a3f{MOBILE}ee",
        f"{MOBILE}ab",
        f"https://www.example.gov.cn/t{MOBILE}.html",
        f"https://www.example.gov.cn/?id=a{CITIZEN}",
        f"1{MOBILE}",
        f"{CITIZEN}1",
        f"{CARD_19}00",
    ],
    ids=ascii,
)
def test_digits_in_a_longer_run_are_not_personal(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["138****8000", "141002********00011", "6222 **** **** 1234"])
def test_a_masked_number_is_not_reported(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "value",
    [
        CITIZEN[:-1] + "2",
        "991002" + CITIZEN[6:17] + citizen_check_character("991002" + CITIZEN[6:17]),
        "14100219001301001" + citizen_check_character("14100219001301001"),
        "14100217000101001" + citizen_check_character("14100217000101001"),
    ],
)
def test_a_wrong_check_division_or_birth_date_is_not_an_identity_number(value: str) -> None:
    assert Kind.CITIZEN not in kinds(value)


def test_a_credit_code_that_could_be_an_identity_number_is_left_alone() -> None:
    code = next(code for code in born_in_yanqing() if credit_check_character(code) == "X")

    assert citizen_check_character(code) == "X"
    assert kinds(f"{code}X") == []


def born_in_yanqing() -> Iterator[str]:
    """Credit codes in 110119, whose end reads like the 19 of a birth year, fit for an X."""
    for year, serial in product(range(70, 100), range(100)):
        body = f"{year}0101{serial:02}"
        check = (
            11 - sum(int(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        )
        code = f"11110119{body}{check}"
        if check < 10 and citizen_check_character(code) == "X":
            yield code


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    for found in scan(text):
        assert text[found.start : found.end]


@given(st.text(alphabet=st.sampled_from("0123456789Xx０１９Ｘ -*_\n\u200b<b>&#;.+¥元年a,")))
def test_findings_are_in_order_apart_and_inside_the_text(text: str) -> None:
    end = 0
    for found in scan(text):
        assert end <= found.start < found.end <= len(text)
        assert found.value
        end = found.end


@given(
    before=st.text(alphabet="联系电话：，（第 \n", max_size=8),
    after=st.text(alphabet="。，）办 \n", max_size=8),
    value=st.sampled_from([CITIZEN, CITIZEN_X, MOBILE, OLD_CITIZEN, CARD_16, CARD_19]),
)
def test_a_plain_number_is_found_wherever_it_stands(before: str, after: str, value: str) -> None:
    [found] = scan(before + value + after)

    assert (found.start, found.value) == (len(before), value)


@given(
    cuts=st.lists(st.integers(1, 17), max_size=5),
    separator=st.sampled_from([" ", "-", "\u00a0", "\u200b", "**", "\n", " \u3000", "<b>"]),
)
def test_an_identity_number_is_found_however_it_is_cut(cuts: list[int], separator: str) -> None:
    edges = [0, *sorted(set(cuts)), len(CITIZEN)]
    parts = [CITIZEN[start:end] for start, end in pairwise(edges)]

    assert [found.value for found in scan(separator.join(parts))] == [CITIZEN]


@given(st.text(alphabet=st.sampled_from("01345689Xx１Ｘ -*_~`\\>\t\n\u200b\u00a0\u2014年a/.")))
def test_the_quick_look_passes_over_nothing_that_the_long_look_would_find(text: str) -> None:
    number = "13912345678"
    for where in range(0, len(text) + 1, 3):
        longer = text[:where] + number[:5] + text[where : where + 3] + number[5:] + text[where:]
        found = list(privacy.scan(longer))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(privacy, "_ENOUGH", re.compile(""))

            assert list(privacy.scan(longer)) == found


@given(st.text())
def test_a_mask_shows_at_most_three_and_two_characters(value: str) -> None:
    shown = masked(value)

    assert sum(char != "*" for char in shown) <= 5
    assert MOBILE not in masked(value + MOBILE)


def test_a_mask_keeps_the_ends_of_a_number() -> None:
    assert masked(CITIZEN) == "141*************11"
    assert masked(in_groups(MOBILE, 3, 4, 4)) == "138******00"
    assert masked("12345") == "*****"


def test_an_allowance_fits_however_the_number_is_written() -> None:
    [found] = scan(in_groups(CITIZEN, 6, 8, 4))
    allowances = [Allowance("".join(chr(ord(c) + 0xFEE0) for c in CITIZEN), "示例号码")]

    assert allowed(found, "policies/a.md", allowances)
    assert not allowed(found._replace(value=CITIZEN_X), "policies/a.md", allowances)


def test_an_allowance_with_a_path_holds_in_that_file_only() -> None:
    [found] = scan(MOBILE)
    allowances = [Allowance(MOBILE, "对外公布的服务电话", "guide.md")]

    assert allowed(found, "guide.md", allowances)
    assert not allowed(found, "policies/a.md", allowances)


def test_an_empty_allowance_allows_nothing() -> None:
    [found] = scan(MOBILE)

    assert not allowed(found, "guide.md", [Allowance(" ", "")])


@pytest.mark.parametrize(
    "unit",
    ["1", " ", "0 ", "1*", "1<b ", "\u200b", "x ", "&#1", "6222 ", "1380013\n8000\n", "预算1,2元"],
    ids=ascii,
)
def test_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()

    for _ in scan(text):
        pass

    assert time.process_time() - began < 10
