"""The list of all addresses that were ever public."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins import addresses
from plugins.checking import check_content
from tests.county import POLICY, SOUND, settings, write_county

WAITING = POLICY.replace("5号", "6号").replace(
    "published: 2021-07-15 09:30", "embargo: true\npublished: 2022-03-01 09:00"
)
DRAFT = POLICY.replace("5号", "7号").replace("number:", "draft: true\nnumber:")
PUBLIC = ["interpretations/2021/2021-001/", "organs/office/", "policies/2021/2021-005/"]


def county(tmp_path: Path) -> Path:
    files = {
        **SOUND,
        "policies/2021/2021-006.md": WAITING,
        "policies/2021/2021-007.md": DRAFT,
    }
    return write_county(tmp_path / "content", files)


def added(content: Path, moment: datetime) -> list[str]:
    made = settings(moment)
    return addresses.add(check_content(content, made), made, content)


def test_what_is_public_is_added_once_in_order(tmp_path: Path) -> None:
    content = county(tmp_path)

    assert added(content, datetime(2021, 12, 31)) == PUBLIC
    assert (content / "addresses.txt").read_text("utf-8") == addresses.HEAD + "".join(
        f"{address}\n" for address in PUBLIC
    )
    assert added(content, datetime(2021, 12, 31)) == []
    assert added(content, datetime(2022, 3, 1, 9)) == ["policies/2021/2021-006/"]
    assert [p.name for p in content.iterdir() if p.name.startswith(".")] == []


def test_addresses_that_are_gone_stay_in_the_list(tmp_path: Path) -> None:
    content = county(tmp_path)
    (content / "addresses.txt").write_text("policies/2020/2020-001/\n", "utf-8")

    assert added(content, datetime(2021, 12, 31)) == PUBLIC
    assert "\npolicies/2020/2020-001/\n" in (content / "addresses.txt").read_text("utf-8")


def test_a_preview_of_a_day_ahead_writes_nothing_that_is_not_public_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "clock", lambda: datetime(2021, 12, 31))

    assert added(county(tmp_path), datetime(2022, 6, 1)) == PUBLIC
