"""A kept result is used again exactly while all that was read for it is the same."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.memory import Derivation, Derivations
from plugins.tracing import Trace, note, note_reached

NOON = datetime(2021, 7, 15, 12, 0)
ONE = datetime(2021, 7, 15, 13, 0)
TWO = datetime(2021, 7, 15, 14, 0)


def kept_after(*facts: str, moment: datetime | None = None) -> dict[str, Derivation]:
    """The results of a build at one o'clock, whose only work reads these facts."""

    def work() -> str:
        for fact in facts:
            note(fact)
        if moment:
            note_reached(moment, ONE)
        return "old"

    first = Derivations({}, set(), ONE)
    first.derive("work", work)
    return first.kept


def test_work_is_done_once_while_nothing_that_it_read_has_changed() -> None:
    second = Derivations(kept_after("record a"), {"record b"}, ONE)

    assert second.derive("work", lambda: "new") == "old"
    assert second.kept == kept_after("record a")


@pytest.mark.parametrize("changed", ["record a", "of pages"])
def test_work_is_done_again_when_any_fact_that_it_read_has_changed(changed: str) -> None:
    second = Derivations(kept_after("record a", "of pages"), {changed}, ONE)

    assert second.derive("work", lambda: "new") == "new"
    assert second.kept["work"].result == "new"


def test_work_that_asked_whether_a_moment_has_come_is_done_again_when_it_has() -> None:
    kept = kept_after(moment=TWO)

    assert Derivations(kept, set(), NOON).derive("work", lambda: "new") == "old"
    assert Derivations(kept, set(), TWO.replace(minute=0)).derive("work", lambda: "new") == "new"


def test_work_for_which_a_moment_had_come_is_done_again_before_that_moment() -> None:
    kept = kept_after(moment=ONE)

    assert Derivations(kept, set(), TWO).derive("work", lambda: "new") == "old"
    assert Derivations(kept, set(), ONE).derive("work", lambda: "new") == "old"
    assert Derivations(kept, set(), NOON).derive("work", lambda: "new") == "new"


def test_a_moment_between_two_minutes_is_told_from_the_minute() -> None:
    kept = kept_after(moment=ONE.replace(second=30))

    assert Derivations(kept, set(), ONE.replace(second=29)).good("work")
    assert not Derivations(kept, set(), ONE.replace(second=30, microsecond=1)).good("work")


def test_a_result_that_was_asked_for_in_other_words_is_not_good() -> None:
    first = Derivations({}, set(), ONE)
    first.keep("index.html", b"one", Trace(), "old")
    second = Derivations(first.kept, set(), ONE)

    assert second.good("index.html", b"one")
    assert second.good("index.html")
    assert not second.good("index.html", b"other")
    assert not second.good("other.html")


def test_what_nobody_asks_for_any_more_is_not_kept() -> None:
    second = Derivations(kept_after("record a"), set(), ONE)

    second.derive("other work", lambda: "new")

    assert list(second.kept) == ["other work"]
