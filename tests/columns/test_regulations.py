"""法规规章: what is in force, and whether its text is the official one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.columns.regulations import report
from plugins.library.official import bare, first_difference
from tests.county import SOUND, build, settings, write_county

BODY = "第一条　爱护水源。\n\n第二条　本办法自2021年3月1日起施行。\n"
DIGEST = sha256("第一条爱护水源。第二条本办法自2021年3月1日起施行。".encode()).hexdigest()
COPY = "某市水源保护办法\n第一条 爱护\n水源。\r\n第二条　本办法自2021年3月1日起施行。\n"


def regulation(*more: str, body: str = BODY, title: str = "某市水源保护办法") -> str:
    """A 规章 of the city, and further lines of its front matter."""
    lines = [
        f"title: {title}",
        "published: 2021-03-05 09:30",
        "disclosure: 主动公开",
        "issuer: 临汾市人民政府",
        "contact: 某县人民政府办公室",
        "category: 规章",
        "kind: 命令（令）",
        "signed: 2021-02-01",
        "summary: 保护水源。",
        *more,
    ]
    return "\n".join(["---", *lines, "---", "", body])


def county(*more: str, body: str = BODY, copy: str | bytes = "") -> dict[str, str | bytes]:
    """A sound county with one 规章, and its official copy beside it."""
    files: dict[str, str | bytes] = dict(SOUND)
    files["policies/2021/2021-001.md"] = regulation(*more, body=body)
    return files | ({"policies/2021/official.txt": copy} if copy else {})


def told(tmp_path: Path, files: Mapping[str, str | bytes]) -> list[str]:
    problems = check_content(write_county(tmp_path / "content", files), settings()).problems
    return [f"{p.mark.line} {p.severity.value} {p.message}" for p in problems]


OFFICIAL = ("official_source: 某市规章库", "official_copy: official.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_text_agrees_with_its_copy_however_that_breaks_its_lines(
    tmp_path: Path, encoding: str
) -> None:
    files = county(*OFFICIAL, f"official_digest: {DIGEST}", copy=COPY.encode(encoding))

    assert told(tmp_path, files) == []


def test_a_text_that_differs_from_its_copy_is_an_error_with_the_place(tmp_path: Path) -> None:
    other = COPY.replace("3月1日", "5月1日")
    files = county(*OFFICIAL, f"official_digest: {DIGEST}", copy=other)

    first, second = told(tmp_path, files)

    assert first.startswith("12 错误 正文与存档的官方文本不一致，从第 2 段开始：")
    assert "自2021年3月" in first
    assert "自2021年5月" in first
    assert second == "13 错误 与存档的官方文本的摘要不一致"


def test_a_text_without_a_copy_is_held_to_its_digest(tmp_path: Path) -> None:
    lines = ("official_source: 某市规章库", f"official_digest: {DIGEST}")

    assert told(tmp_path / "same", county(*lines)) == []
    changed = county(*lines, body=BODY.replace("爱护", "保护"))
    assert told(tmp_path / "other", changed) == ["12 错误 与正文的摘要不一致"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["official_version: 2021-02-01"], "11 错误 没有写官方文本的来源"),
        (
            ["official_source: 某市规章库", "official_version: 2022-02-01"],
            "12 错误 2022-02-01 还没有到",
        ),
        (["official_source: 库", "official_address: www.gov.cn"], "12 错误 “www.gov.cn”不是网址"),
        (["official_source: 库", "official_digest: abc"], "12 错误 “abc”不是 SHA-256 摘要"),
        (["official_source: 库", "official_copy: none.txt"], "12 错误 找不到文件“none.txt”"),
    ],
)
def test_a_slip_in_the_fields_is_told_at_its_line(
    tmp_path: Path, lines: list[str], message: str
) -> None:
    assert told(tmp_path, county(*lines)) == [message]


def test_a_paper_of_the_district_has_no_official_text_elsewhere(tmp_path: Path) -> None:
    own = regulation("official_source: 库").replace("category: 规章", "category: 其他文件")

    assert "11 错误 “其他文件”不用写官方文本" in told(
        tmp_path, SOUND | {"policies/2021/2021-001.md": own}
    )


def test_what_is_repealed_leaves_the_column_on_that_day_and_can_still_be_reached(
    tmp_path: Path,
) -> None:
    new = regulation(
        "effective: 2022-01-10", "repeals: policies/2021/2021-001", title="某市水源保护条例"
    )
    content = write_county(
        tmp_path / "content",
        SOUND | {"policies/2021/2021-001.md": regulation(), "policies/2021/2021-002.md": new},
    )

    for moment, in_force, ended in (
        (datetime(2022, 1, 9, 12), True, False),
        (datetime(2022, 1, 10, 0), False, True),
    ):
        output = tmp_path / f"output-{moment:%d}"
        build(content, output, settings(moment))
        current = (output / "columns/regulations/index.html").read_text("utf-8")
        over = (output / "columns/regulations/ended/index.html").read_text("utf-8")
        assert ("policies/2021/2021-001/" in current) is in_force
        assert ("policies/2021/2021-001/" in over) is ended
        assert ('columns/regulations/ended/"' in current) is ended
        assert "本区不制定规章" in current


def test_the_column_shows_source_version_and_digest(tmp_path: Path) -> None:
    lines = (
        *OFFICIAL,
        f"official_digest: {DIGEST}",
        "official_address: https://www.example.gov.cn/rules?id=1",
        "official_version: 2021-02-01",
    )
    output = tmp_path / "output"
    build(write_county(tmp_path / "content", county(*lines, copy=COPY)), output)

    for page in ("columns/regulations", "policies/2021/2021-001"):
        text = (output / page / "index.html").read_text("utf-8")
        for word in ("某市规章库", "2021年2月1日", DIGEST):
            assert word in text, (page, word)
    listed = (output / "columns/regulations/index.html").read_text("utf-8")
    assert 'href="https://www.example.gov.cn/rules?id=1"' in listed
    assert (output / "policies/2021/2021-001/official.txt").read_text("utf-8") == COPY.replace(
        "\r\n", "\n"
    )


def test_the_report_asks_for_what_a_text_in_force_lacks(tmp_path: Path) -> None:
    checked = check_content(
        write_county(tmp_path / "content", county("official_source: 某市规章库")), settings()
    )

    (made,) = report(checked.public, settings())

    assert made.findings == 1
    assert made.rows[0][0] == "补：版本日期、摘要、存档"


def test_blanks_of_every_kind_do_not_count() -> None:
    assert bare("\ufeff第一条\u3000甲 乙\r\n丙\u00a0丁") == "第一条甲乙丙丁"
    assert first_difference("甲\n乙丙", "甲乙 丙") is None


def test_a_text_that_ends_too_soon_parts_in_its_last_paragraph() -> None:
    found = first_difference("甲乙\n丙丁", "甲乙丙丁戊")

    assert found is not None
    assert found.paragraph == 2
    assert found.official.endswith("戊")
