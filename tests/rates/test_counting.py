"""The test of 90 % is made in whole numbers; what falls short never prints as 90 %."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.rates.counting import is_diverse, passes, percent, verdict
from tests.county import settings

COUNTY = settings().county


@pytest.mark.parametrize(
    ("diverse", "due", "shown", "told"),
    [
        (9, 10, "90.00%", "达标"),
        (8, 9, "88.88%", "未达标"),
        (17, 19, "89.47%", "未达标"),
        (18, 20, "90.00%", "达标"),
        (19, 21, "90.47%", "达标"),
        (179, 199, "89.94%", "未达标"),
        (359, 399, "89.97%", "未达标"),
        (0, 1, "0.00%", "未达标"),
        (1, 1, "100.00%", "达标"),
        (0, 0, "不适用", "不适用"),
    ],
)
def test_the_rate_is_told_without_rounding(diverse: int, due: int, shown: str, told: str) -> None:
    assert percent(diverse, due) == shown
    assert verdict(diverse, due) == told


def test_what_passes_prints_90_or_more_and_what_fails_prints_less() -> None:
    for due in range(1, 500):
        for diverse in range(due + 1):
            assert (float(percent(diverse, due)[:-1]) >= 90) is passes(diverse, due)


@pytest.mark.parametrize(
    ("kinds", "usual", "strict"),
    [
        ([], False, False),
        (["文字解读"], False, False),
        (["视频"], True, False),
        (["文字解读", "视频"], True, True),
        (["视频", "简明问答"], True, True),
    ],
)
def test_a_county_may_ask_for_two_kinds(kinds: list[str], *, usual: bool, strict: bool) -> None:
    assert is_diverse(kinds, COUNTY) is usual
    assert is_diverse(kinds, replace(COUNTY, several_kinds=True)) is strict
