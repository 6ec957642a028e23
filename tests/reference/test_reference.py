"""The generated parts of the documentation are what the code says today."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from plugins import reference
from plugins.__main__ import COMMANDS, OPTIONS
from plugins.library.rules import RULES
from plugins.problems import Problem, Severity
from plugins.records import RECORD_TYPES, Interpretation, Record
from plugins.records.fields import declared
from tests.reference.county import BASIS, found_county, problems_of, write

TYPES = pytest.mark.parametrize("record", RECORD_TYPES, ids=lambda record: record.folder)


def test_every_generated_file_is_as_the_code_renders_it(root: Path) -> None:
    stale = [
        name
        for name, text in reference.render().items()
        if not (root / name).is_file() or (root / name).read_text("utf-8") != text
    ]

    assert stale == [], "the code has changed: run `make reference` and commit these files"


def test_no_generated_file_is_left_behind(root: Path) -> None:
    made = {Path(name) for name in reference.render()}

    found = {path.relative_to(root) for path in (root / "docs" / "schema").iterdir()}

    assert found <= made


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert reference.render() == reference.render()


@TYPES
def test_every_field_and_every_part_of_a_field_has_its_row(record: type[Record]) -> None:
    _, _, after = reference.fields().partition(f"（content/{record.folder}/）")
    section = after.partition("\n## ")[0]

    for key, info, _ in declared(record):
        row = next(line for line in section.splitlines() if line.startswith(f"| `{key}` |"))
        assert f"| {info.title} |" in row
        assert ("| 必填 |" in row) == info.is_required()


@TYPES
def test_a_schema_knows_the_keys_that_a_front_matter_may_have(record: type[Record]) -> None:
    schema = json.loads(reference.schema(record))

    assert list(schema["properties"]) == list(record.model_fields)
    assert schema["required"] == [k for k, info, _ in declared(record) if info.is_required()]
    assert schema["additionalProperties"] is False
    assert "x-gongkai" not in json.dumps(schema)


def test_a_schema_lets_one_item_stand_without_a_list() -> None:
    schema = json.loads(reference.schema(Interpretation))

    one, many = schema["properties"]["interprets"]["anyOf"]

    assert many == {"type": "array", "items": one}


def test_every_command_and_option_is_told_in_both_languages() -> None:
    page = reference.commands()

    for command in COMMANDS:
        assert f"| `{command.name}` | {command.chinese} | {command.english} |" in page
    for _, details in OPTIONS.values():
        assert details["help"] in page


def test_every_rule_has_its_title_and_every_title_its_rule() -> None:
    assert list(reference.RULE_TITLES) == [rule.__name__ for rule in RULES]


def test_every_rule_says_something() -> None:
    for rule, sentences in reference.sentences_by_rule().items():
        assert any(sentence.message != "……" for sentence in sentences), rule


@pytest.mark.parametrize("module", [module for module, _ in reference.SOURCES])
def test_every_module_that_speaks_to_editors_is_heard(module: str) -> None:
    assert reference.sentences_of(module)


def test_every_module_that_makes_problems_is_listed(root: Path) -> None:
    listed = {module for module, _ in reference.SOURCES} | set(map(reference.module_of, RULES))
    plumbing = {"problems.py", "reference.py", "checking.py", "starting.py"}

    for path in sorted((root / "plugins").rglob("*.py")):
        name = path.relative_to(root / "plugins").as_posix()
        if name not in listed | plumbing and reference.sentences_of(name):
            told = reference.sentences_of(name)
            assert not [s for s in told if s.remedy != "……"], f"add {name} to SOURCES"


def test_a_county_full_of_faults_says_nothing_that_is_not_listed(tmp_path: Path) -> None:
    content = found_county(tmp_path)
    for document_id, text in FAULTY.items():
        write(content, document_id, text)
    (content / "policies/2021/gbk.md").write_bytes("---\ntitle: 通知\n---\n".encode("gb18030"))

    problems = problems_of(content)

    forms = list(patterns())
    assert len(problems) > len(FAULTY)
    assert [str(p) for p in problems if not any(is_listed(p, form) for form in forms)] == []


def patterns() -> list[tuple[re.Pattern[str], Severity]]:
    """Every listed sentence, message and remedy on two lines, as the report shows it."""
    told = [s for module, _ in reference.SOURCES for s in reference.sentences_of(module)]
    told += [s for sentences in reference.sentences_by_rule().values() for s in sentences]
    return [
        (
            re.compile("\n".join(form(words) for words in (s.message, s.remedy))),
            Severity.REMINDER if s.reminds else Severity.ERROR,
        )
        for s in told
        if (s.message + s.remedy).strip("…： ")
    ]


def form(words: str) -> str:
    """A regular expression for listed words: an ellipsis is anything, “或者” parts two ways."""
    ways = words.split("；或者：")
    return "(?:" + "|".join(re.escape(way).replace("……", ".*") for way in ways) + ")"


def is_listed(problem: Problem, listed: tuple[re.Pattern[str], Severity]) -> bool:
    told = listed[0].fullmatch(f"{problem.message}\n{problem.remedy}")
    return bool(told) and problem.severity in {listed[1], Severity.REMINDER}


FAULTY = {
    "policies/2021/2021-015": BASIS.replace("尧政办发〔2021〕15号", "尧政办发[2021]15号"),
    "policies/2021/2021-016": BASIS.replace("kind: 通知", "kind: 通之").replace("signed", "sined"),
    "policies/2021/2021-017": BASIS.replace("title: ", "title："),
    "policies/2021/2021-018": BASIS.replace("signed: 2021-07-12", "signed: 2021-13-12"),
    "policies/2021/2021-019": BASIS.replace("主动公开", "不予公开", 1)
    .replace("15号", "16号")
    .replace("summary:", "repeals: policies/2021/2021-020\nsummary:"),
    "policies/2021/2021-020": BASIS.replace("15号", "17号").replace(
        "summary:", "repeals: policies/2021/2021-019\nsummary:"
    )
    + "\n##### （1）太深\n\n### （二）、多余\n\n[去](../nowhere.md) ![](x.png) <b>粗</b>\n"
    "\n2021年07月05日，附件1:表格，尧政发[2021]5号\n\n<table><tr><td colspan=0>一</td></table>\n",
    "policies/2021/2021-021": BASIS.replace("issuer: 临汾市尧都区人民政府办公室", "issuer: 某局")
    .replace("15号", "18号")
    .replace("2021-07-15", "2022-07-15"),
    "policies/2021/2021-022": BASIS.replace("15号", "19号").replace(
        "summary:", "joint_issuers: 临汾市尧都区财政局\nattachments: 没有.xlsx\nsummary:"
    ),
    "policies/2021/2021-023": BASIS.replace("---\n\n## 一", "\n## 一"),
    "interpretations/2021/2021-001": "---\ntitle: 解读，一\nissuer: 临汾市尧都区人民政府办公室\n"
    "disclosure: 主动公开\npublished: 2021-07-20\ninterprets: policies/2021/2021-09\n"
    "kinds: 文字解读\n---\n\n## 一、政策背景\n\n联系电话 139 1234 5678。\n",
    "topics/2021": "---\ntitle: 专题\npublished: 2021-01-01\n---\n",
    "poems/one": "---\ntitle: 诗\n---\n",
}
