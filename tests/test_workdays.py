"""工作日 as the State Council arranged them, and the years that the office adds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.workdays import Calendar, UnknownYearError

PACKAGED = Calendar({}, {})
MADE_UP_2021 = [(2, 7), (2, 20), (4, 25), (5, 8), (9, 18), (9, 26), (10, 9)]
OFF_2021 = [
    *[(1, 1), (2, 11), (2, 12), (2, 15), (2, 16), (2, 17), (4, 5), (5, 3), (5, 4), (5, 5)],
    *[(6, 14), (9, 20), (9, 21), (10, 1), (10, 4), (10, 5), (10, 6), (10, 7)],
]


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2021, 9, 10), 7, date(2021, 9, 22)),
        (date(2021, 9, 10), 15, date(2021, 10, 8)),
        (date(2021, 9, 10), 20, date(2021, 10, 14)),
        (date(2021, 9, 10), 40, date(2021, 11, 11)),
        (date(2021, 4, 26), 20, date(2021, 5, 26)),
        (date(2021, 4, 26), 0, date(2021, 4, 26)),
    ],
)
def test_a_term_ends_on_its_last_workday(start: date, count: int, due: date) -> None:
    assert PACKAGED.add(start, count) == due


def test_weekend_days_worked_in_exchange_count() -> None:
    assert all(PACKAGED.is_workday(date(2021, *day)) for day in MADE_UP_2021)


def test_holidays_on_weekdays_do_not_count() -> None:
    assert not any(PACKAGED.is_workday(date(2021, *day)) for day in OFF_2021)


def test_every_other_day_of_2021_follows_the_week() -> None:
    day = date(2021, 1, 1)
    while day.year == 2021:
        if (day.month, day.day) not in {*MADE_UP_2021, *OFF_2021}:
            assert PACKAGED.is_workday(day) == (day.weekday() < 5)
        day += timedelta(days=1)


@pytest.mark.parametrize("year", [2003, 2099])
def test_a_year_that_nobody_arranged_is_not_guessed(year: int) -> None:
    with pytest.raises(UnknownYearError) as raised:
        PACKAGED.is_workday(date(year, 3, 4))

    assert raised.value.year == year


def test_a_term_that_reaches_into_an_unknown_year_is_not_guessed() -> None:
    office = Calendar({2098: frozenset()}, {})

    with pytest.raises(UnknownYearError):
        office.add(date(2098, 12, 30), 20)


def test_the_office_adds_a_year_with_its_holidays_and_exchanged_days() -> None:
    office = Calendar(
        {2099: frozenset({date(2099, 1, 1)})},
        {2099: frozenset({date(2099, 1, 3)})},
    )

    assert not office.is_workday(date(2099, 1, 1))  # a Thursday
    assert office.is_workday(date(2099, 1, 2))
    assert office.is_workday(date(2099, 1, 3))  # a Saturday
    assert not office.is_workday(date(2099, 1, 4))


def test_what_the_office_says_of_a_year_goes_before_the_package() -> None:
    office = Calendar({2021: frozenset({date(2021, 3, 1)})}, {})

    assert not office.is_workday(date(2021, 3, 1))
    assert office.is_workday(date(2021, 10, 1))
    assert PACKAGED.is_workday(date(2021, 3, 1))


@given(st.dates(date(2005, 1, 1), date(2025, 6, 1)), st.integers(1, 60))
def test_between_an_event_and_the_end_of_its_term_lie_just_so_many_workdays(
    start: date, count: int
) -> None:
    due = PACKAGED.add(start, count)

    days = [start + timedelta(days=n) for n in range(1, (due - start).days + 1)]
    assert sum(map(PACKAGED.is_workday, days)) == count
    assert PACKAGED.is_workday(due)
