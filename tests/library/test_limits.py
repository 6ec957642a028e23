"""公开时限: what counties write, understood to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.library.limits import Due, Limit, first_due, last_day, limit_of, next_due
from plugins.workdays import Calendar

CALENDAR = Calendar({}, {})
DAYS = st.dates(date(2010, 1, 1), date(2024, 12, 31))
PERIODIC = st.sampled_from((1, 3, 6, 12)).map(lambda months: Limit(every=months))


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("自信息形成或者变更之日起20个工作日内", Limit(workdays=20)),
        ("信息形成之日起 ２０ 个工作日内", Limit(workdays=20)),
        ("7个工作日", Limit(workdays=7)),
        ("自作出决定之日起七个工作日内", Limit(workdays=7)),
        ("二十个工作日内", Limit(workdays=20)),
        ("形成20个工作日内；行政许可、行政处罚7个工作日内", Limit(workdays=20)),
        ("自批准之日起20日内", Limit(days=20)),
        ("10天内", Limit(days=10)),
        ("长期公开", Limit()),
        ("及时公开", Limit()),
        ("实时公开", Limit()),
        ("每年", Limit(every=12)),
        ("按年度公开", Limit(every=12)),
        ("每半年公开一次", Limit(every=6)),
        ("每季度", Limit(every=3)),
        ("每月", Limit(every=1)),
        ("每季度结束后10个工作日内", Limit(every=3, workdays=10)),
        ("每年3月31日前", Limit(every=12, month=3, day=31)),
        ("每年2月底前", Limit(every=12, month=2, day=31)),
        ("每月10日前", Limit(every=1, day=10)),
        ("视情况", None),
        ("", None),
    ],
)
def test_what_counties_write_is_understood(text: str, limit: Limit | None) -> None:
    assert limit_of(text) == limit


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not_but_never_fails(text: str) -> None:
    limit = limit_of(text)

    assert limit is None or limit.every in {0, 1, 3, 6, 12}


def test_the_day_of_the_event_is_not_counted_and_make_up_days_are_worked() -> None:
    """2021-10-09 was a Saturday worked in exchange for the national holiday."""
    assert last_day(date(2021, 10, 8), Limit(workdays=20), CALENDAR, 20) == date(2021, 11, 4)
    assert last_day(date(2021, 10, 8), Limit(), CALENDAR, 1) == date(2021, 10, 9)
    assert last_day(date(2021, 10, 8), Limit(days=20), CALENDAR, 1) == date(2021, 10, 28)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("每年", date(2021, 12, 31)),
        ("每半年", date(2021, 6, 30)),
        ("每季度", date(2021, 3, 31)),
        ("每月", date(2021, 2, 28)),
        ("每年3月31日前", date(2021, 3, 31)),
        ("每年1月31日前", date(2022, 1, 31)),
        ("每年2月底前", date(2021, 2, 28)),
        ("每月5日前", date(2021, 3, 5)),
        ("每月31日前", date(2021, 2, 28)),
        ("每季度结束后10个工作日内", date(2021, 4, 15)),
    ],
)
def test_a_periodic_row_is_first_due_in_the_period_in_which_it_begins(text: str, end: date) -> None:
    limit = limit_of(text)

    assert limit
    assert first_due(date(2021, 2, 10), limit, CALENDAR, 20) == Due(date(2021, 2, 10), end)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("每年", Due(date(2022, 1, 1), date(2022, 12, 31))),
        ("每半年", Due(date(2021, 7, 1), date(2021, 12, 31))),
        ("每季度", Due(date(2021, 4, 1), date(2021, 6, 30))),
        ("每月", Due(date(2021, 3, 1), date(2021, 3, 31))),
        ("每年3月31日前", Due(date(2022, 1, 1), date(2022, 3, 31))),
        ("每月31日前", Due(date(2021, 3, 1), date(2021, 3, 31))),
        ("每季度结束后10个工作日内", Due(date(2021, 4, 1), date(2021, 4, 15))),
        ("及时公开", None),
    ],
)
def test_after_its_newest_document_a_periodic_row_is_due_again(text: str, due: Due | None) -> None:
    limit = limit_of(text)

    assert limit
    assert next_due(date(2021, 2, 10), limit, CALENDAR, 20) == due


@given(DAYS, PERIODIC)
def test_periods_follow_each_other_without_gap(day: date, limit: Limit) -> None:
    """What is next due begins on the day after the period of the document, and ends later."""
    first = first_due(day, limit, CALENDAR, 20)
    following = next_due(day, limit, CALENDAR, 20)

    assert following
    assert first.start <= first.end
    assert following.start == first.end + timedelta(days=1)
    assert following.end >= following.start
    assert first_due(following.start, limit, CALENDAR, 20).end == following.end
