"""A package gathers what one event asks for, and says how each document stands today."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from plugins.checking import check_content
from tests.county import INTERPRETATION, POLICY, SOUND, build, settings, write_county

PACKAGE = """---
title: 用水户政策包
published: 2021-08-01 09:00
summary: 用水的政策。
applies_to: [小微企业, 农民]
trigger: 新装水表
documents:
  - document: policies/2021/2021-005
    note: 先看这一份。
  - interpretations/2021/2021-001
  - policies/2021/2021-006
contacts: 某县人民政府办公室
---

先看第一份。
"""
EXPIRED = (
    POLICY.replace("5号", "6号")
    .replace("节水", "用水")
    .replace("signed:", "expires: 2021-10-01\nsigned:")
)
FILES = SOUND | {"policies/2021/2021-006.md": EXPIRED, "packages/water.md": PACKAGE}
FEED = "output/feeds/packages/water.json"


def _page(folder: Path, name: str = "") -> str:
    return (folder / "output/packages/water" / name / "index.html").read_text("utf-8")


def _told(folder: Path, files: dict[str, str]) -> list[tuple[int, str]]:
    checked = check_content(write_county(folder / "content", files), settings())
    return [(p.mark.line, p.message) for p in checked.problems]


def test_a_package_shows_its_documents_in_order_with_notes_and_standing(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")
    page = _page(tmp_path)

    order = [page.index(f"{n}/") for n in ("2021-005", "interpretations/2021/2021-001", "2021-006")]
    assert order == sorted(order)
    assert "先看这一份。" in page
    assert "失效</span>" in page
    assert "其中1件已经不再执行" in page
    assert "0357-2000001" in page


@pytest.mark.parametrize("name", ["", "sheet", "full"])
def test_every_form_marks_what_is_no_longer_in_force_from_the_day_on(
    tmp_path: Path, name: str
) -> None:
    content = write_county(tmp_path / "content", FILES)

    build(content, tmp_path / "output", settings(datetime(2021, 9, 30, 23, 59)))
    assert "失效" not in _page(tmp_path, name)
    build(content, tmp_path / "output", settings(datetime(2021, 10, 1, 0, 0)))
    assert "失效" in _page(tmp_path, name)


def test_the_full_texts_stand_one_after_another_with_ids_of_their_own(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")
    page = _page(tmp_path, "full")

    assert page.count("居民用水要节约。") + page.count("居民用水要用水。") == 2
    assert "水资源紧缺。" in page
    assert 'id="d1-s1"' in page
    assert 'id="d2-s1"' in page
    assert page.count("某政办发〔2021〕5号") == 1


def test_the_code_on_the_sheet_is_a_picture_of_its_own(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")
    code = (tmp_path / "output/packages/water/qr.svg").read_bytes()

    assert ET.fromstring(code).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  # our own
    assert b"style" not in code
    assert 'src="../../../packages/water/qr.svg"' in _page(tmp_path, "sheet")


def test_the_code_follows_the_sites_address(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", FILES)
    code = tmp_path / "output/packages/water/qr.svg"

    build(content, tmp_path / "output")
    before = code.read_bytes()
    build(content, tmp_path / "output", settings(site_url="https://www.example.gov.cn/zwgk"))

    assert code.read_bytes() != before


def test_the_feed_is_a_json_feed_of_the_documents(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")
    feed = json.loads((tmp_path / FEED).read_text("utf-8"))

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://www.example.gov.cn/feeds/packages/water.json"
    assert [item["id"] for item in feed["items"]] == [
        "tag:www.example.gov.cn,2021:policies/2021/2021-005",
        "tag:www.example.gov.cn,2021:interpretations/2021/2021-001",
        "tag:www.example.gov.cn,2021:policies/2021/2021-006",
    ]
    assert feed["items"][0]["url"] == "https://www.example.gov.cn/policies/2021/2021-005/"
    assert feed["items"][0]["date_published"] == "2021-07-15T09:30:00+08:00"
    assert "失效" in feed["items"][2]["tags"]


def test_packages_are_found_by_whom_they_are_for_and_from_their_documents(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")
    output = tmp_path / "output"

    for name in ("packages", "packages/for/small-firms", "packages/for/farmers"):
        assert "用水户政策包" in (output / name / "index.html").read_text("utf-8")
    assert "所在政策包" in (output / "policies/2021/2021-005/index.html").read_text("utf-8")


def test_what_no_longer_holds_is_told_at_its_line(tmp_path: Path) -> None:
    assert _told(tmp_path, FILES) == [(11, "policies/2021/2021-006 不再执行：失效")]


def test_an_interpretation_of_a_text_that_is_gone_no_longer_holds(tmp_path: Path) -> None:
    of_old = INTERPRETATION.replace("policies/2021/2021-005", "policies/2021/2021-006")

    told = _told(tmp_path, FILES | {"interpretations/2021/2021-001.md": of_old})

    assert (10, "interpretations/2021/2021-001 不再执行：所解读的文件已失效") in told


def test_a_package_in_which_nothing_holds_is_told(tmp_path: Path) -> None:
    only = PACKAGE.replace(
        "  - document: policies/2021/2021-005\n    note: 先看这一份。\n"
        "  - interpretations/2021/2021-001\n",
        "",
    )

    told = _told(tmp_path, FILES | {"packages/water.md": only})

    assert (8, "里面没有一份现行有效的公开文件") in told


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("policies/2021/2021-006", "policies/2021/2021-005", "“policies/2021/2021-005”列了两次"),
        ("policies/2021/2021-006", "organs/office", "organs/office 不能放在这里"),
        ("contacts:", "updated: 2021-07-01\ncontacts:", "2021-07-01 早于发布日期 2021-08-01"),
    ],
)
def test_slips_in_a_package_are_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    told = _told(tmp_path, FILES | {"packages/water.md": PACKAGE.replace(old, new)})

    assert message in [words for _, words in told]


def test_what_is_not_public_is_in_no_form_of_a_package(tmp_path: Path) -> None:
    closed = EXPIRED.replace(
        "disclosure: 主动公开", "disclosure: 不予公开\ndisclosure_basis: 依据条例第十六条。"
    ).replace("居民", "机密的居民")

    build(
        write_county(tmp_path / "content", FILES | {"policies/2021/2021-006.md": closed}),
        tmp_path / "output",
    )

    for form in ("", "sheet", "full"):
        assert "2021-006" not in _page(tmp_path, form)
        assert "机密" not in _page(tmp_path, form)
    assert "2021-006" not in (tmp_path / FEED).read_text("utf-8")
