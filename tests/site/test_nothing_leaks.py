"""What may not be public leaves no trace: no page, list, count, feed, name or attachment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.records import RECORD_TYPES, Record
from plugins.records.fields import declared
from tests.catalog import area
from tests.county import INTERPRETATION, POLICY, SOUND, build, settings, tree_of, write_county
from tests.search.eyes import traces

CANARY = "金丝雀"
REASONS = {
    "draft": "draft: true",
    "embargo": "embargo: true\npublished: 2022-03-01 09:00",
    "on-request": "disclosure: 依申请公开\ndisclosure_basis: 第十五条",
    "closed": "disclosure: 不予公开\ndisclosure_basis: 第十六条",
}
NEEDED = {
    "policies": "category: 其他文件\nkind: 通知\nsigned: 2021-12-01\nissuer: 某县人民政府办公室",
    "interpretations": (
        "interprets: policies/2021/2021-005\nkinds: 文字解读\nissuer: 某县人民政府办公室\n"
        "waived:\n"
        + "\n".join(
            f"  - slot: {slot}\n    reason: {CANARY}"
            for slot in ("政策背景", "决策依据", "出台目的", "重要举措", "新旧政策差异")
        )
    ),
    "plans": (
        "period: 十四五\nkind: 专项规划\nlevel: 区级\nsigned: 2021-12-01\n"
        "issuer: 某县人民政府办公室"
    ),
    "notices": "kind: 公示\nissuer: 某县人民政府办公室",
    "questions": (
        "applies_to: 企业\nmatter: 其他\nbasis: [{law: 某法第一条}]\nanswered: 2021-12-01\n"
        "review_by: 2022-12-01\norigin: 窗口\nissuer: 某县人民政府办公室"
    ),
    "lists": (
        "kind: 权责清单\ntable: canary.csv\nkey: 职权编码\nissuer: 某县人民政府办公室\n"
        f"basis: {CANARY}依据"
    ),
    "catalog": (
        "area: 安全生产\neffective: 2021-12-02\ntable: canary.csv\nissuer: 某县人民政府办公室\n"
        f"basis: {CANARY}依据"
    ),
    "topics": "",
    "packages": f"applies_to: 农民\ntrigger: {CANARY}\ndocuments: policies/2021/2021-005",
    "gazette": (
        "year: 2021\nissue: 1\ntotal: 1\n"
        "contents: [{column: 区人民政府文件, documents: policies/2021/2021-005}]"
    ),
    "pages": "",
    "organs": f"short_name: {CANARY}局\nkind: 区政府部门",
}
"""Keys that a record of each type cannot do without, beyond those of every record."""


PLACES = {"lists": "lists/power", "catalog": "catalog/safety", "gazette": "gazette"}
"""Folders of those types that are not filed by year."""
NAMES = {"gazette": "2021-01"}
"""Files whose names follow from what is in them."""
TITLES = {"gazette": f"{CANARY}公报2021年第1期（总第1期）"}
TABLES = {
    "lists": f"职权编码,职权名称\nXK-001,{CANARY}许可\n".encode(),
    "catalog": area.table({"safety-001": {"公开内容（要素）": f"{CANARY}内容"}}),
}
"""What lies beside a document whose rows stand in a table."""


def _texts(record_type: type[Record]) -> str:
    """A canary in every optional field that takes free text."""
    taken = NEEDED[record_type.folder] + "".join(REASONS.values())
    lines = []
    for key, info, note in declared(record_type):
        free = "Text" in str(info.annotation) or info.annotation in {str, str | None}
        bound = note.relation or note.organ or note.vocabulary
        known = {"number", "index_number", "credit_code", "title"}
        if free and not bound and key not in known and f"{key}:" not in taken:
            lines.append(f"{key}: {CANARY}{key}")
    lines.append(f"keywords: [{CANARY}词]")
    lines.append(f"review:\n  first: {CANARY}审\n  final: {CANARY}签")
    lines.append(f"attachments:\n  - file: {CANARY}.csv\n    title: {CANARY}表")
    return "\n".join(lines)


def _hidden(record_type: type[Record], reason: str) -> str:
    published = "" if reason == "embargo" else "published: 2021-12-02 09:00\n"
    needs_disclosure = "disclosure" in reason or issubclass_publication(record_type)
    open_to_all = (
        "disclosure: 主动公开\n" if needs_disclosure and "disclosure" not in REASONS[reason] else ""
    )
    basis = REASONS[reason]
    if not issubclass_publication(record_type):
        basis = "\n".join(x for x in basis.split("\n") if not x.startswith("disclosure_basis"))
    heading = f"## 一、{CANARY}标题\n\n" if record_type.formal_title else ""
    title = TITLES.get(record_type.folder, f"{CANARY}文件")
    return (
        f"---\ntitle: {title}\n{published}{open_to_all}{basis}\n"
        f"{NEEDED[record_type.folder]}\n{_texts(record_type)}\n---\n\n"
        f"{heading}{CANARY}正文 [{CANARY}]({CANARY}.csv)\n"
    )


def issubclass_publication(record_type: type[Record]) -> bool:
    return "disclosure_basis" in record_type.model_fields


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site without any canary."""
    folder = tmp_path_factory.mktemp("without")
    build(write_county(folder / "content"), folder / "output")
    return tree_of(folder / "output")


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda kind: kind.folder)
def test_a_hidden_document_changes_no_byte_of_the_site(
    tmp_path: Path, without: dict[str, str], record_type: type[Record], reason: str
) -> None:
    folder = PLACES.get(record_type.folder, f"{record_type.folder}/2021")
    canary: dict[str, str | bytes] = {
        f"{folder}/{NAMES.get(record_type.folder, 'canary-bird')}.md": _hidden(record_type, reason),
        f"{folder}/{CANARY}.csv": f"{CANARY},1\n",
    }
    if record_type.folder in TABLES:
        canary[f"{folder}/canary.csv"] = TABLES[record_type.folder]

    build(write_county(tmp_path / "with", SOUND | canary), tmp_path / "site-with")

    assert tree_of(tmp_path / "site-with") == without


def test_the_canary_sings_where_the_document_is_public(tmp_path: Path) -> None:
    shown = _hidden(RECORD_TYPES[0], "draft").replace("draft: true", "draft: false")
    canary = {
        "policies/2021/canary-bird.md": shown,
        f"policies/2021/{CANARY}.csv": f"{CANARY},1\n",
    }

    build(write_county(tmp_path / "content", SOUND | canary), tmp_path / "output")

    page = (tmp_path / "output/policies/2021/canary-bird/index.html").read_text("utf-8")
    assert f"{CANARY}正文" in page
    assert (tmp_path / f"output/policies/2021/canary-bird/{CANARY}.csv").exists()


def test_internal_fields_of_a_public_document_stay_in_the_office(tmp_path: Path) -> None:
    review = f"review:\n  first: {CANARY}一\n  second: {CANARY}二\n  final: {CANARY}三\n---\n\n各乡"
    content = write_county(
        tmp_path / "content",
        SOUND | {"policies/2021/2021-005.md": POLICY.replace("---\n\n各乡", review)},
    )

    build(content, tmp_path / "output")

    for path in (tmp_path / "output").rglob("*"):
        assert CANARY not in path.name
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()
    assert traces(CANARY, tmp_path / "output") == set()


def test_every_internal_field_is_known_to_the_test_above() -> None:
    internal = {key for kind in RECORD_TYPES for key, _, note in declared(kind) if note.internal}

    assert internal == {"review", "disclosure_basis"}


def test_an_embargoed_document_appears_when_its_minute_has_come(tmp_path: Path) -> None:
    timed = POLICY.replace(
        "published: 2021-07-15 09:30", "embargo: true\npublished: 2022-01-05 16:00"
    )
    content = write_county(
        tmp_path / "content", {**SOUND, "policies/2021/2021-006.md": timed.replace("5号", "6号")}
    )
    page = tmp_path / "output/policies/2021/2021-006/index.html"

    build(content, tmp_path / "output", settings(datetime(2022, 1, 5, 15, 59)))
    before = page.exists()
    build(content, tmp_path / "output", settings(datetime(2022, 1, 5, 16, 0)))

    assert (before, page.exists()) == (False, True)


def test_a_file_that_no_public_document_names_is_not_published(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND | {"policies/2021/draft.xlsx.txt": "稿"})

    build(content, tmp_path / "output")

    assert not list((tmp_path / "output").rglob("draft*"))


def test_a_public_link_to_a_hidden_document_stops_the_build(tmp_path: Path) -> None:
    linking = POLICY.replace("居民用水", "居民[用水](2021-006.md)")
    hidden = POLICY.replace("5号", "6号").replace("signed", "draft: true\nsigned")
    content = write_county(
        tmp_path / "content",
        SOUND | {"policies/2021/2021-005.md": linking, "policies/2021/2021-006.md": hidden},
    )

    errors = check_content(content, settings()).errors

    assert [str(e.message) for e in errors] == ["链接的 policies/2021/2021-006 现在不公开"]


def test_an_interpretation_does_not_go_out_before_its_document(tmp_path: Path) -> None:
    early = INTERPRETATION.replace("2021-005", "2021-006")
    hidden = POLICY.replace("5号", "6号").replace("signed", "draft: true\nsigned")
    content = write_county(
        tmp_path / "content",
        SOUND | {"interpretations/2021/2021-002.md": early, "policies/2021/2021-006.md": hidden},
    )

    errors = check_content(content, settings()).errors

    assert [e.subject for e in errors] == ["解读的文件（interprets）第 1 项"]
