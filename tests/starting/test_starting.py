"""A new document's skeleton: what it holds, and that it becomes a sound document when filled."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from plugins import starting
from plugins.problems import Severity
from plugins.reading import read_document
from plugins.records import RECORD_TYPES, Catalog, ListVersion, Policy, Record, Vocabularies
from plugins.records.catalog import COLUMNS
from plugins.records.fields import declared
from plugins.records.vocabularies import VOCABULARIES, Vocabulary
from plugins.settings import Settings
from tests.reference.county import BASIS, found_county, problems_of, settings, write

TYPES = pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.folder)
ANSWERS = {
    "title": "临汾市尧都区人民政府办公室关于做好政务公开工作的通知",
    "contents": "[{column: 区人民政府文件, documents: policies/2021/2021-015}]",
}
TITLES = {"organs": "临汾市尧都区档案馆", "gazette": "尧都区人民政府公报2021年第1期（总第1期）"}
DATED = [record for record in RECORD_TYPES if record.by_year]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return found_county(tmp_path)


def new(content: Path, kind: str, document_id: str | None) -> int:
    return starting.command(argparse.Namespace(kind=kind, id=document_id, content=content))


def id_for(record: type[Record]) -> str:
    usual = "2021/2021-016" if record.by_year else "new-one"
    own = {"lists": "power/2021-01", "catalog": "safety/2021-01", "gazette": "2021-01"}
    return own.get(record.folder, usual)


def filled(record: type[Record], skeleton: str) -> str:
    """The skeleton as a clerk leaves it: every required key answered, no draft any more."""
    for key, info, _ in declared(record):
        if info.is_required():
            answer = ANSWERS.get(key) or (info.examples or [""])[0]
            if key == "title":
                answer = TITLES.get(record.folder, answer)
            skeleton = skeleton.replace(f"\n{key}:\n", f"\n{key}: {answer}\n")
    return skeleton.replace("\ndraft: true\n", "\n")


@TYPES
def test_a_filled_skeleton_passes_the_checks(record: type[Record], content: Path) -> None:
    write(content, "policies/2021/2021-015", BASIS)
    assert new(content, record.folder, id_for(record)) == 0
    if record is ListVersion:
        (content / "lists/power/2021-01.csv").write_text("职权编码\nXK-001\n", "utf-8")
    if record is Catalog:
        row = "safety-001,甲,,乙,《丙》,实时公开,某局,政府网站,全社会,主动,县级,,"
        table = f"{','.join(COLUMNS)}\n{row}\n"
        (content / "catalog/safety/2021-01.csv").write_text(table, "utf-8")
    document_id = f"{record.folder}/{id_for(record)}"
    text = (content / f"{document_id}.md").read_text("utf-8")

    write(content, document_id, filled(record, text))

    errors = [p for p in problems_of(content) if p.severity is Severity.ERROR]
    assert errors == []


@TYPES
def test_an_unfilled_skeleton_stands_in_nobodys_way(record: type[Record], content: Path) -> None:
    new(content, record.folder, id_for(record))

    problems = problems_of(content)

    assert {p.severity for p in problems} == {Severity.REMINDER}
    path = f"content/{record.folder}/{id_for(record)}.md"
    told = " ".join(p.subject for p in problems if p.path == path)
    for key, info, _ in declared(record):
        assert (f"（{key}）" in told) == info.is_required(), key


@TYPES
def test_a_skeleton_names_every_field(record: type[Record]) -> None:
    text = starting.skeleton(record, _none())

    for key, info, _ in declared(record):
        assert info.title
        assert info.title in text or key == "draft"
        mark = "" if info.is_required() or key == "draft" else "# "
        assert re.search(rf"^{mark}{key}:", text, re.MULTILINE), key


@TYPES
def test_the_forms_of_lists_and_groups_are_read_when_their_hashes_are_taken_away(
    record: type[Record],
) -> None:
    text = starting.skeleton(record, _none())
    live = re.sub(r"^# ((?:[a-z_]+: .*|  .*))$", r"\1", text, flags=re.MULTILINE)
    live = re.sub(r"^([a-z_]+:) .*(?:每项一行|的样子)：$", r"\1", live, flags=re.MULTILINE)

    reading = read_document(f"{record.folder}/{id_for(record)}", "x.md", live.encode(), _none())

    assert [p for p in reading.problems if not p.subject] == []
    assert [p for p in reading.problems if "应是" in p.message] == []


def test_a_type_may_be_named_by_folder_by_label_and_in_english() -> None:
    for name in ("policies", "政策文件", "policy"):
        assert starting.record_named(name) is Policy


@pytest.mark.parametrize(
    "written",
    ["2021/2021-016", "policies/2021/2021-016", "content/policies/2021/2021-016.md", "2021-016"],
)
def test_an_id_may_be_typed_in_all_the_ways_that_people_do(written: str) -> None:
    assert starting.id_of(Policy, written) == "policies/2021/2021-016"


def test_an_existing_file_is_left_as_it_is(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(content, "policies/2021/2021-015", BASIS)

    assert new(content, "policies", "2021/2021-015") == 1

    assert (content / "policies/2021/2021-015.md").read_text("utf-8") == BASIS
    assert "已经存在，没有改动它" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "document_id", "words"),
    [
        ("polices", "2021/2021-016", "是不是想写：policies"),
        ("长诗", "2021/2021-016", "topics（专题）"),
        ("policies", "2021/文件", "小写英文字母"),
        ("policies", "../../2021-016", "小写英文字母"),
        ("policies", "2021/2021", "留给列表页"),
        ("topics", None, "--id"),
    ],
)
def test_a_wrong_kind_or_id_is_refused_with_its_mend(
    content: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    document_id: str | None,
    words: str,
) -> None:
    before = sorted(content.rglob("*"))

    assert new(content, kind, document_id) == 1

    told = capsys.readouterr().err
    assert words in told
    assert "改法：" in told
    assert sorted(content.rglob("*")) == before


def test_a_missing_content_folder_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path / "nowhere", "policies", "2021/2021-016") == 1

    assert "找不到内容文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("record", DATED, ids=lambda record: record.folder)
def test_without_an_id_the_next_number_of_the_year_is_taken(
    record: type[Record], content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "settings_from", _settings_of_2021)
    write(content, f"{record.folder}/2021/2021-007", "---\n---\n")

    assert starting.next_id(record, content) == f"{record.folder}/2021/2021-008"


def test_the_first_number_of_a_year_is_001(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "settings_from", _settings_of_2021)

    assert starting.next_id(Policy, content) == "policies/2021/2021-001"


def test_what_to_do_next_is_said(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(content, "政策文件", "2021/2021-016") == 0

    said = capsys.readouterr().out
    assert "policies/2021/2021-016.md" in said
    assert "python -m plugins check" in said


def _settings_of_2021(_conf: Path) -> Settings:
    return settings("2021-12-31")


def _none() -> Vocabularies:
    return Vocabularies({name: Vocabulary(name, label, ()) for name, label in VOCABULARIES.items()})
