"""Rows: their elements as written, since when they must be published, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st

from plugins.catalog.rows import CatalogRow, State, Status, rows, status
from plugins.library.catalogs import area_of, current
from tests.catalog.area import LIMIT, checked, county, policy, table, two_versions, version
from tests.county import settings


def all_rows(content: Path, now: datetime) -> dict[str, CatalogRow]:
    return {row.id: row for row in rows(checked(content, now).public, settings(now))}


def stands(content: Path, row_id: str, day: date) -> Status:
    """How a row stands in the last minute of a day."""
    now = datetime(day.year, day.month, day.day, 23, 59)
    return status(all_rows(content, now)[row_id], checked(content, now).public, settings(now))


def one(tmp_path: Path, said: Mapping[str, str], *more: Mapping[str, str | bytes]) -> Path:
    return county(tmp_path, {"catalog/safety/2021-02.csv": table({"safety-001": said})}, *more)


def test_a_row_has_its_elements_as_the_table_says(tmp_path: Path) -> None:
    said = {
        "公开依据": "《关于甲、乙的意见》、《安全生产法》；《条例》",
        "公开层级": "县级、乡级",
        "关联事项": "XK-1、XK-2",
        "公开方式": "依申请公开",
    }
    row = all_rows(one(tmp_path, said), datetime(2021, 12, 31))["safety-001"]

    assert row.basis == ("《关于甲、乙的意见》", "《安全生产法》", "《条例》")
    assert (row.area, row.area_key, row.levels) == ("安全生产", "safety", ("县级", "乡级"))
    assert (row.manner, row.cites, row.since) == ("依申请公开", ("XK-1", "XK-2"), date(2021, 2, 1))
    assert row.url == "catalog/rows/safety-001/"


def test_rows_stand_in_the_order_of_areas_and_of_their_tables(tmp_path: Path) -> None:
    content = county(
        tmp_path,
        {
            "catalog/territory/2021-02.md": version(area="国土空间规划"),
            "catalog/territory/2021-02.csv": table({"territory-009": {}, "territory-001": {}}),
        },
    )

    assert list(all_rows(content, datetime(2021, 12, 31))) == [
        "territory-009", "territory-001", "safety-001", "safety-002", "safety-003",
    ]  # fmt: skip


def test_a_row_without_documents_is_due_until_its_last_day_and_then_overdue(tmp_path: Path) -> None:
    """Effective on 2021-02-01; with the spring festival, the 20th 工作日 after it is 03-04."""
    content = one(tmp_path, {})

    assert stands(content, "safety-001", date(2021, 3, 4)) == Status(
        State.DUE, 0, None, date(2021, 3, 4), ()
    )
    assert stands(content, "safety-001", date(2021, 3, 5)).state is State.OVERDUE


def test_a_row_with_a_document_is_published_however_old_it_is(tmp_path: Path) -> None:
    content = one(
        tmp_path,
        {},
        policy("2020-001", "2020-03-02", "safety-001"),
        policy("2021-009", "2021-05-06", "safety-001"),
    )

    assert stands(content, "safety-001", date(2025, 6, 1)) == Status(
        State.PUBLISHED, 2, date(2021, 5, 6), None, (2021, 2020)
    )


def test_documents_that_are_not_public_do_not_count(tmp_path: Path) -> None:
    hidden = {
        path: str(text).replace("主动公开", "依申请公开\ndisclosure_basis: 依据条例第十六条", 1)
        for path, text in policy("2021-009", "2021-05-06", "safety-001").items()
    }

    assert stands(one(tmp_path, {}, hidden), "safety-001", date(2021, 12, 31)).count == 0


@pytest.mark.parametrize(
    ("day", "state", "due"),
    [
        (date(2021, 5, 6), State.PUBLISHED, date(2022, 3, 31)),
        (date(2021, 12, 31), State.PUBLISHED, date(2022, 3, 31)),
        (date(2022, 1, 1), State.DUE, date(2022, 3, 31)),
        (date(2022, 3, 31), State.DUE, date(2022, 3, 31)),
        (date(2022, 4, 1), State.OVERDUE, date(2022, 3, 31)),
    ],
)
def test_a_yearly_row_becomes_due_and_overdue_again(
    tmp_path: Path, day: date, state: State, due: date
) -> None:
    content = one(
        tmp_path, {"公开时限": "每年3月31日前"}, policy("2021-009", "2021-05-06", "safety-001")
    )
    found = stands(content, "safety-001", day)

    assert (found.state, found.due, found.newest) == (state, due, date(2021, 5, 6))


def test_a_row_that_does_not_apply_is_neither_due_nor_published(tmp_path: Path) -> None:
    content = one(
        tmp_path, {"不适用说明": "没有矿山"}, policy("2021-009", "2021-05-06", "safety-001")
    )

    assert stands(content, "safety-001", date(2022, 1, 1)) == Status(
        State.NOT_APPLICABLE, 1, date(2021, 5, 6), None, (2021,)
    )


def test_a_term_that_is_not_understood_counts_as_20_workdays(tmp_path: Path) -> None:
    content = one(tmp_path, {"公开时限": "视情况"})

    assert stands(content, "safety-001", date(2021, 3, 4)).due == date(2021, 3, 4)


def test_where_the_holidays_are_not_known_nothing_is_called_late(tmp_path: Path) -> None:
    content = county(
        tmp_path, {"catalog/safety/2021-02.md": version(day="2031-01-02", embargo="true")}
    )
    now = datetime(2032, 1, 1)
    problems = checked(content, now).problems
    files = {"catalog/safety/2021-02.md": version(day="2031-01-02")}
    for path, text in files.items():
        (content / path).write_text(text, "utf-8")

    assert stands(content, "safety-001", date(2032, 1, 1)) == Status(State.DUE, 0, None, None, ())
    assert any("不知道 2031 年的节假日安排" in problem.message for problem in problems)


def test_the_latest_version_that_has_taken_effect_counts(tmp_path: Path) -> None:
    content = county(tmp_path, two_versions({"safety-001": {}}, {"safety-002": {}}))

    assert list(all_rows(content, datetime(2021, 8, 31, 23, 59))) == ["safety-001"]
    assert list(all_rows(content, datetime(2021, 9, 1, 10, 0))) == ["safety-002"]


def test_a_version_waits_for_the_day_on_which_it_takes_effect(tmp_path: Path) -> None:
    more = two_versions({"safety-001": {}}, {"safety-002": {}}, effective="2021-10-01")
    content = county(tmp_path, more)

    assert list(all_rows(content, datetime(2021, 9, 30, 23, 59))) == ["safety-001"]
    assert list(all_rows(content, datetime(2021, 10, 1))) == ["safety-002"]


def test_a_new_version_does_not_give_an_old_row_a_new_term(tmp_path: Path) -> None:
    then = {"safety-001": {}, "safety-002": {"不适用说明": "没有"}}
    content = county(tmp_path, two_versions(then, {f"safety-00{n}": {} for n in (1, 2, 3)}))
    found = all_rows(content, datetime(2021, 9, 10))

    assert found["safety-001"].since == date(2021, 2, 1)
    assert found["safety-002"].since == date(2021, 9, 1)
    assert found["safety-003"].since == date(2021, 9, 1)


def test_the_area_of_a_row_is_told_by_its_id(tmp_path: Path) -> None:
    library = checked(county(tmp_path)).public

    assert area_of("rural-housing-001", library) == "农村危房改造"
    assert area_of("nowhere-001", library) == ""


DAYS = st.lists(st.dates(date(2021, 1, 4), date(2021, 12, 1)), min_size=1, max_size=4, unique=True)


@with_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DAYS, st.dates(date(2021, 1, 1), date(2021, 12, 31)), st.data())
def test_of_any_versions_the_last_reached_one_gives_its_ids_once(
    days: list[date], today: date, data: st.DataObject
) -> None:
    """Whatever rows the versions have: the current ones are those of the table in force."""
    ids = [f"safety-{n:03}" for n in range(1, 6)]
    versions = {
        day: data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)) for day in days
    }
    files: dict[str, str | bytes] = {}
    for day, having in versions.items():
        name = f"v{day:%Y%m%d}"
        files[f"catalog/safety/{name}.md"] = version(name, day.isoformat())
        files[f"catalog/safety/{name}.csv"] = table({row_id: {} for row_id in having})
    with TemporaryDirectory() as folder:
        content = county(Path(folder), files)
        for ending in ("md", "csv"):
            (content / f"catalog/safety/2021-02.{ending}").unlink()
        now = datetime(today.year, today.month, today.day, 23, 59)
        library = checked(content, now).public
        found = rows(library, settings(now))

    reached = [day for day in days if day <= today]
    assert [row.id for row in found] == (versions[max(reached)] if reached else [])
    for row in found:
        run = sorted(reached, reverse=True)
        length = 0
        while length < len(run) and row.id in versions[run[length]]:
            length += 1
        assert row.since == run[length - 1]
        assert row.limit == LIMIT
    assert (current("安全生产", library, settings(now)) is None) is not bool(reached)
