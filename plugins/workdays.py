"""Working-day arithmetic (工作日) with the State Council's holidays and make-up days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

_SATURDAY = 5


class UnknownYearError(LookupError):
    """The year's holidays are not known: neither in the package nor in the office's file."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


@lru_cache(maxsize=4096)
def _packaged(day: date) -> bool:
    """The package looks through all its years for each question: ask about a day once."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise UnknownYearError(day.year) from None


@dataclass(frozen=True)
class Calendar:
    """The office's own years, which go before the package's: year → days.

    `holidays` are days off, `workdays` are weekend days worked in exchange (调休).
    """

    holidays: Mapping[int, frozenset[date]]
    workdays: Mapping[int, frozenset[date]]
    _terms: dict[tuple[date, int], date] = field(default_factory=dict, repr=False, compare=False)
    """Terms that were counted before: many papers are made on one day."""

    def is_workday(self, day: date) -> bool:
        """Whether offices are open. Raises UnknownYearError where the arrangement is not known."""
        if day.year in self.holidays:
            if day in self.workdays.get(day.year, ()):
                return True
            return day.weekday() < _SATURDAY and day not in self.holidays[day.year]
        return _packaged(day)

    def add(self, day: date, count: int) -> date:
        """The last day of a term of `count` 工作日; the day of the event is not counted.

        Raises UnknownYearError if the term reaches into a year that is not known.
        """
        asked = day, count
        if asked not in self._terms:
            while count > 0:
                day += timedelta(days=1)
                if self.is_workday(day):
                    count -= 1
            self._terms[asked] = day
        return self._terms[asked]
