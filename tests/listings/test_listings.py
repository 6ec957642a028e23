"""Lists lead to every document, whatever its body or the length of the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import paging
from plugins.checking import check_content
from tests.county import OFFICE, POLICY, SOUND, build, settings, write_county

BUREAU = OFFICE.replace("某县人民政府办公室", "某县财政局").replace("某政办发", "某财发")


def test_two_bodies_with_files_of_one_name_have_lists_of_their_own(tmp_path: Path) -> None:
    policy = POLICY.replace("5号", "6号").replace("某政办发", "某财发")
    policy = policy.replace("issuer: 某县人民政府办公室", "issuer: 某县财政局")
    files = {"organs/money/office.md": BUREAU, "policies/2021/2021-006.md": policy}

    build(write_county(tmp_path / "content", SOUND | files), tmp_path / "output")

    lists = tmp_path / "output/policies/issuer"
    assert "2021-005" in (lists / "office/index.html").read_text("utf-8")
    assert "2021-006" in (lists / "money/office/index.html").read_text("utf-8")


def test_a_public_document_of_a_body_whose_page_is_hidden_stops_the_build(tmp_path: Path) -> None:
    hidden = {"organs/office.md": OFFICE.replace("title:", "draft: true\ntitle:")}

    errors = check_content(write_county(tmp_path / "content", SOUND | hidden), settings()).errors

    assert {e.message for e in errors} == {"“某县人民政府办公室”的机构页现在不公开"}


def test_a_long_list_is_split_by_year_and_month_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "WHOLE", 3)
    monkeypatch.setattr(paging, "HEAD", 2)
    many = {
        f"policies/2021/2021-{n:03d}.md": POLICY.replace("5号", f"{n}号").replace(
            "2021-07", f"2021-{n - 10:02d}"
        )
        for n in range(11, 17)
    }

    build(write_county(tmp_path / "content", SOUND | many), tmp_path / "output")

    kind = tmp_path / "output/policies/kind/tongzhi"
    whole = (kind / "index.html").read_text("utf-8")
    months = "".join(p.read_text("utf-8") for p in sorted(kind.glob("2021/??/index.html")))
    assert whole.count('class="card"') <= 3
    for document in many:
        assert f"{document.removesuffix('.md')}/" in months


def test_joint_papers_stand_in_the_list_of_each_of_their_bodies(tmp_path: Path) -> None:
    joint = POLICY.replace(
        "subject:", "joint_issuers: 某县财政局\nlead: 某县人民政府办公室\nsubject:"
    )
    files = {"organs/money.md": BUREAU, "policies/2021/2021-005.md": joint}

    build(write_county(tmp_path / "content", SOUND | files), tmp_path / "output")

    for body in ("office", "money"):
        page = tmp_path / f"output/policies/issuer/{body}/index.html"
        assert "2021-005" in page.read_text("utf-8")
