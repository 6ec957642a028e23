"""What citizens may not see gives nothing to a search: no term, no row, no word of a facet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.county import POLICY, SOUND, build, write_county
from tests.search.eyes import traces

TITLE = "某县人民政府办公室关于做好节水工作的通知"
WORD = "鱻麤龘靐"
"""Stands in no other text, nor do two of its characters side by side."""
CLOSED = {
    "a draft": ("disclosure: 主动公开", "disclosure: 主动公开\ndraft: true"),
    "what is published later": (
        "published: 2021-07-15 09:30",
        "published: 2022-07-15 09:30\nembargo: true",
    ),
    "what is given on request": (
        "disclosure: 主动公开",
        "disclosure: 依申请公开\ndisclosure_basis: 涉及第三方商业秘密",
    ),
}


def secret(change: tuple[str, str] = ("", "")) -> str:
    """A policy that holds the word wherever a word can stand."""
    return (
        POLICY.replace("〕5号", "〕6号")
        .replace(TITLE, f"{TITLE}（{WORD}）")
        .replace("居民用水要节约。", f"居民用水要节约，{WORD}。")
        .replace("summary: ", f"summary: {WORD}，")
        .replace("[节水, 通知]", f"[节水, {WORD}]")
        .replace(*change)
    )


@pytest.mark.parametrize("closed", CLOSED)
def test_no_word_of_a_closed_document_is_anywhere_in_the_index(tmp_path: Path, closed: str) -> None:
    files = SOUND | {"policies/2021/2021-006.md": secret(CLOSED[closed])}
    build(write_county(tmp_path / "content", files), tmp_path / "output")

    assert traces(WORD, tmp_path / "output") == set()


def test_a_word_of_an_open_document_is_found_that_is_gone_once_it_is_withdrawn(
    tmp_path: Path,
) -> None:
    """The same eyes see it where it may be seen; and one build later nothing is left."""
    files = SOUND | {"policies/2021/2021-006.md": secret()}
    content = write_county(tmp_path / "content", files)
    build(content, tmp_path / "output")
    assert len(traces(WORD, tmp_path / "output")) >= 2

    draft = secret(CLOSED["a draft"])
    (content / "policies/2021/2021-006.md").write_text(draft, "utf-8")
    build(content, tmp_path / "output")

    assert traces(WORD, tmp_path / "output") == set()


def test_no_part_of_a_long_text_stays_once_it_is_withdrawn(tmp_path: Path) -> None:
    long = secret(("居民用水要节约，", "居民用水要节约。\n\n" * 4000))
    content = write_county(tmp_path / "content", SOUND | {"policies/2021/2021-006.md": long})
    build(content, tmp_path / "output")
    held = {file.name for file in (tmp_path / "output/search/x").iterdir()}
    assert held & traces(WORD, tmp_path / "output")

    draft = long.replace(*CLOSED["a draft"])
    (content / "policies/2021/2021-006.md").write_text(draft, "utf-8")
    build(content, tmp_path / "output")

    assert traces(WORD, tmp_path / "output") == set()
    assert [*(tmp_path / "output/search").rglob("x/*")] == []
