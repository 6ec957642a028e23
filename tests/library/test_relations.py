"""A target that is deleted is missed by every file that names it, at the line that does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from plugins.checking import check_content
from plugins.library import Library, check_document
from plugins.problems import Problem
from plugins.records import RECORD_TYPES, Record
from plugins.records.fields import declared, note_of
from tests.building import richer
from tests.county import settings, write_county

from .conftest import Write

Way = tuple[str, ...]


class Field(NamedTuple):
    """A field that names documents: `("topics", "topic")` of policies, which may name topics."""

    kind: type[Record]
    way: Way
    target: str

    @property
    def text(self) -> str:
        """The field as YAML, its value on the second line after the title; what it names is `x`."""
        key, *inner = self.way
        value = f"{self.target}/2021/x"
        for name in reversed(inner[1:]):
            value = f"[{{{name}: {value}}}]"
        more = {"contents": ", column: 区人民政府文件", "omitted": ", reason: 甲"}.get(key, "")
        first = f"  - {{{inner[0]}: {value}{more}}}" if inner else f"  {value}"
        return "\n".join(["title: 甲", f"{key}:", first])


def _relations(
    model: type[BaseModel], way: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The way to every field of a record, or of groups inside it, that names documents."""
    for key, info, note in declared(model):
        groups = list(_groups(info))
        if not groups:
            yield from (((*way, key), folder) for folder in note.relation)
        for group in groups:
            yield from _relations(group, (*way, key))


def _groups(info: FieldInfo) -> Iterator[type[BaseModel]]:
    waiting: list[object] = [info.annotation]
    for kind in waiting:  # grows while it is walked
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
        waiting += get_args(kind)


def _name_of(field: Field) -> str:
    return f"{field.kind.folder}-{'.'.join(field.way)}-{field.target}"


FIELDS = [Field(kind, *found) for kind in RECORD_TYPES for found in _relations(kind)]


def test_the_fields_are_those_that_are_declared_as_relations() -> None:
    """Nothing is passed over: also a field that a new record brings, or one inside a group."""
    ways = {(field.kind.folder, ".".join(field.way)) for field in FIELDS}
    plain = {
        (kind.folder, key)
        for kind in RECORD_TYPES
        for key, info in kind.model_fields.items()
        if note_of(info).relation and not list(_groups(info))
    }

    assert plain < ways
    assert {("policies", "topics.topic"), ("packages", "documents.document")} < ways
    assert {("questions", "basis.document"), ("interpretations", "follows")} < ways


def _missed(library: Library, named: str) -> list[Problem]:
    found = [p for document in library for p in check_document(document, library, settings())]
    return [problem for problem in found if f"找不到 {named}.md" in problem.message]


@pytest.mark.parametrize(
    "field", FIELDS, ids=lambda f: f"{f.kind.folder}-{'.'.join(f.way)}-{f.target}"
)
def test_every_field_that_names_a_deleted_document_says_so_at_its_line(
    library: Write, field: Field
) -> None:
    source, named = f"{field.kind.folder}/2021/a", f"{field.target}/2021/x"
    documents = {"organs/a": "title: 甲局", source: field.text}

    assert _missed(library({**documents, named: "title: 乙"}), named) == []
    without = library(documents)
    (problem,) = _missed(without, named)
    assert problem.path == f"content/{source}.md"
    assert problem.mark.line == without[source].mark("title").line + 2


NAMED = (
    "policies/2018/2018-001",
    "policies/2019/2019-001",
    "policies/2019/2019-002",
    "policies/2021/2021-005",
    "interpretations/2021/2021-001",
    "plans/2021/2021-001",
    "notices/2021/2021-002",
    "topics/openness",
    "pages/request",
    "catalog/safety/2021-01",
)


@pytest.mark.parametrize("named", NAMED)
def test_whatever_names_a_deleted_document_is_told_with_its_line(
    tmp_path: Path, named: str
) -> None:
    """Front matter, links of bodies and redirects of a whole county, found by their text."""
    content = write_county(tmp_path / "content", richer.files())
    (content / f"{named}.md").unlink()
    written = re.compile(rf"{named}(?![\w-])|\((?:\.\./)*[\w/-]*{Path(named).name}\.md[#)]")
    expected = {
        (f"content/{path.relative_to(content).as_posix()}", number)
        for path in [*content.rglob("*.md"), content / "redirects.yaml"]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if written.search(line)
    }

    found = {(p.path, p.mark.line) for p in check_content(content, settings()).problems}

    assert expected
    assert expected <= found


def test_a_row_that_leaves_the_catalog_is_missed_by_what_names_it(tmp_path: Path) -> None:
    files = richer.files()
    files["columns.csv"] = "编号,名称,收录\nlaw,执法信息,safety-002\n"
    content = write_county(tmp_path / "content", files)
    table = content / "catalog/safety/2021-01.csv"
    kept = [line for line in table.read_text("utf-8").splitlines() if "safety-002" not in line]
    table.write_text("\n".join(kept), "utf-8")

    found = {p.path for p in check_content(content, settings()).errors if "safety-002" in p.message}

    assert found == {"content/policies/2021/2021-005.md", "content/columns.csv"}
