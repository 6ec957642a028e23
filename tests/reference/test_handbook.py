"""The handbook's examples are real: each goes through the checks in a tiny county."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest

from plugins.problems import Mark, Problem, Severity, report
from plugins.reading import read_document
from plugins.reading.data import read_vocabularies
from plugins.records import RECORD_TYPES
from tests.reference.county import BASIS, ROOT, found_county, problems_of, write

DAY = "2022-12-31"
HANDBOOK = (ROOT / "docs" / "handbook.md").read_text("utf-8")
BLOCK = re.compile(
    r"(?:^`content/(?P<path>[^`]+)`：\n\n)?^```(?P<kind>[^\n]+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
BLOCKS = [(m["path"] or "", m["kind"], m["text"]) for m in BLOCK.finditer(HANDBOOK)]
FAULTS = re.findall(r"^\| `([^`]+)` \| ([^|`]+) \| `([^`]+)` \|$", HANDBOOK, re.MULTILINE)


def blocks(kind: str, *, named: bool) -> list[tuple[str, str]]:
    return [(p, text) for p, k, text in BLOCKS if k == kind and bool(p) is named]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The tiny county with every whole example, and the files that examples speak of."""
    content = found_county(tmp_path)
    for path, text in blocks("markdown", named=True):
        write(content, path.removesuffix(".md"), text)
    for path, text in blocks("csv", named=True):
        (content / path).write_text(text, "utf-8")
    return content


def test_every_whole_example_passes_without_even_a_reminder(county: Path) -> None:
    assert [str(p) for p in problems_of(county, DAY)] == []


def test_there_is_a_whole_example_of_every_kind_of_document() -> None:
    shown = {path.partition("/")[0] for path, _ in blocks("markdown", named=True)}

    assert shown == {record.folder for record in RECORD_TYPES}


@pytest.mark.parametrize("body", [text for _, text in blocks("markdown", named=False)])
def test_a_piece_of_body_passes_as_it_stands(county: Path, body: str) -> None:
    put_files(county)
    write(county, "policies/2021/2021-050", f"{head_of(BASIS)}\n{body}")

    assert told_of("policies/2021/2021-050", county) == []


@pytest.mark.parametrize("lines", [text for _, text in blocks("yaml", named=False)])
def test_some_lines_of_a_front_matter_pass_as_they_stand(county: Path, lines: str) -> None:
    put_files(county)
    write(county, "policies/2021/2021-050", with_lines(BASIS, lines))

    assert told_of("policies/2021/2021-050", county) == []


def test_a_word_may_be_added_to_a_vocabulary_as_shown() -> None:
    (((path, lines), *_),) = [
        [b for b in blocks("yaml", named=True) if b[0].startswith("vocabularies/")]
    ]
    name = path.rpartition("/")[2]
    folder = ROOT / "content" / "vocabularies"
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    files[name] += lines.encode()

    vocabularies, problems = read_vocabularies(files, "content/vocabularies")

    assert problems == []
    assert "人才引进" in vocabularies[name.removesuffix(".yaml")]


def test_the_allow_list_lets_a_number_be_in_the_one_file(county: Path) -> None:
    (lines,) = [text for path, text in blocks("yaml", named=True) if "allowlist" in path]
    number = re.findall(r"\d{11}", lines)[0]
    example = county / "policies/2021/2021-020.md"
    example.write_text(example.read_text("utf-8") + f"\n值班手机{number}。\n", "utf-8")
    assert [p.severity for p in problems_of(county, DAY)] == [Severity.ERROR]

    (county / "privacy_allowlist.yaml").write_text(lines, "utf-8")

    assert problems_of(county, DAY) == []


def test_the_report_shown_is_what_the_faulty_file_brings(county: Path) -> None:
    shown = {kind.partition(" ")[2]: text for _, kind, text in BLOCKS if kind.startswith("text ")}
    write(county, "policies/2021/2021-040", shown["有错的文件"])

    told = report(problems_of(county, DAY))

    assert told + "\n" == shown["提示"]


def test_the_handbook_shows_common_faults() -> None:
    assert len(FAULTS) >= 10


@pytest.mark.parametrize(("wrong", "message", "right"), FAULTS)
def test_a_common_fault_is_found_and_its_mend_is_good(
    county: Path, wrong: str, message: str, right: str
) -> None:
    key = right.partition(":")[0]
    write(county, "policies/2021/2021-050", with_lines(BASIS, wrong, key))
    assert message.strip() in report(problems_of(county, DAY))

    write(county, "policies/2021/2021-050", with_lines(BASIS, right, key))

    assert f"（{key}）" not in report(problems_of(county, DAY))


@pytest.mark.parametrize("severity", list(Severity))
def test_the_problem_matcher_of_vs_code_understands_a_report(severity: Severity) -> None:
    (text,) = [text for _, text in blocks("json", named=False)]
    matchers = json.loads(text)["tasks"][0]["problemMatcher"]
    words = {"error": Severity.ERROR, "warning": Severity.REMINDER}
    problem = Problem("content/a.md", Mark(3, 7), "不对：坏", "改", "文号（number）", severity)
    line = str(problem).splitlines()[0]

    (found,) = [
        (re.fullmatch(m["pattern"]["regexp"], line), m)
        for m in matchers
        if words[m["severity"]] is severity
    ]

    match, matcher = found
    assert match is not None
    groups = {name: match[matcher["pattern"][name]] for name in ("file", "line", "column")}
    assert groups == {"file": "content/a.md", "line": "3", "column": "7"}
    other = [m for m in matchers if m is not matcher]
    assert not any(re.fullmatch(m["pattern"]["regexp"], line) for m in other)


def test_addresses_of_headings_are_as_the_handbook_says() -> None:
    text = "## 一、甲\n\n### （一）乙\n\n### （二）丙\n\n#### 3.丁\n\n第十二条 戊。\n"
    vocabularies = read_vocabularies({}, "")[0]

    document = read_document("pages/a", "a.md", f"{PAGE}{text}".encode(), vocabularies).document

    assert document is not None
    assert {"s1", "s1.2", "s1.2.3", "t12"} <= document.body.anchors


PAGE = "---\ntitle: 甲\npublished: 2021-01-01\nsummary: 乙\n---\n"


def put_files(content: Path) -> None:
    folder = content / "policies" / "2021"
    openpyxl.Workbook().save(folder / "form.xlsx")
    (folder / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def told_of(document_id: str, content: Path) -> list[str]:
    problems = problems_of(content, DAY)
    return [str(p) for p in problems if p.path == f"content/{document_id}.md"]


def head_of(text: str) -> str:
    return text[: text.index("---\n", 4) + 4]


def with_lines(text: str, lines: str, *more: str) -> str:
    """A document with these lines in place of those that have the same keys."""
    replaced = {line.partition(":")[0].partition("：")[0] for line in lines.splitlines()} | {*more}
    kept = [line for line in head_of(text).splitlines()[1:-1] if line.split(":")[0] not in replaced]
    return "\n".join(["---", *kept, lines.rstrip("\n"), "---", text[len(head_of(text)) :]])
