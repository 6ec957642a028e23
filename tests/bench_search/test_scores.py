import pytest

from plugins.bench_search.queries import Query
from plugins.bench_search.scores import Loads, Outcome, Part, percentile, quality, rank

WANTED = frozenset({"a", "b"})


def outcome(*found: str) -> Outcome:
    return Outcome(Query("title", "词", WANTED), found, Loads())


def test_the_first_right_answer_counts() -> None:
    assert rank(["x", "b", "a"], WANTED) == 2
    assert rank(["x", "y"], WANTED) == 0
    assert rank([], WANTED) == 0


def test_only_ten_answers_count() -> None:
    assert rank([*"cdefghijk", "a"], WANTED) == 10
    assert rank([*"cdefghijkl", "a"], WANTED) == 0


def test_quality_is_counted_over_all_queries() -> None:
    found = quality([outcome("a"), outcome("x", "b"), outcome("x"), outcome()])

    assert found.count == 4
    assert found.mrr == pytest.approx((1 + 1 / 2) / 4)
    assert found.recall == pytest.approx(2 / 4)
    assert found.zero == 1


def test_nothing_asked_has_no_quality() -> None:
    assert quality([]).mrr == 0.0
    assert quality([]).count == 0


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        ([3, 1, 2], 0.5, 2),
        ([4, 3, 2, 1], 0.5, 2),
        (list(range(1, 101)), 0.95, 95),
        (list(range(1, 21)), 0.95, 19),
        ([7], 0.95, 7),
        ([1, 2], 0.0, 1),
        ([1, 2], 1.0, 2),
    ],
)
def test_percentiles_are_values_that_were_measured(
    values: list[float], share: float, found: float
) -> None:
    assert percentile(values, share) == found


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_loads_are_added_up() -> None:
    loads = Loads({Part.BOOT: 5, Part.EXCERPT: 7}, 3)

    assert loads.total == 12
    assert loads.of(Part.INDEX) == 0
