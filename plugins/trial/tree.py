"""A content folder made of converted texts, with the county's own vocabularies."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plugins import privacy
from plugins.problems import Problem
from plugins.reading.data import read_vocabularies
from plugins.reading.names import ALLOWANCES, COLUMNS, VOCABULARY_FOLDER, WORKDAYS
from plugins.trial.converting import Converted, markdown

_OUTSIDE = "outside_organs"
_FIT_KEYS = {
    "最高人民法院": "supreme-court",
    "最高人民检察院": "supreme-procuratorate",
    "中华人民共和国国务院": "state-council",
    "中华人民共和国中央军事委员会": "central-military-commission",
    "中国共产党中央委员会": "central-committee",
}


def write_tree(county: Path, texts: Sequence[Converted], content: Path) -> int:
    """Write every text and data file under `content`; returns how many bodies were unknown."""
    write_lists(county, content)
    unknown = _unknown_bodies(county, texts)
    _name_bodies(content / VOCABULARY_FOLDER / f"{_OUTSIDE}.yaml", unknown)
    for text in texts:
        path = content / f"{text.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(markdown(text), encoding="utf-8")
    allowances = list(_allowances(content, texts))
    (content / ALLOWANCES).write_text("".join(allowances), encoding="utf-8")
    return len(unknown)


def write_lists(county: Path, content: Path) -> None:
    """Word lists and working days as the county has them, and its columns without their owners."""
    content.mkdir(parents=True, exist_ok=True)
    shutil.copytree(county / VOCABULARY_FOLDER, content / VOCABULARY_FOLDER)
    if (county / WORKDAYS).is_file():
        shutil.copy(county / WORKDAYS, content / WORKDAYS)
    if (county / COLUMNS).is_file():
        with (county / COLUMNS).open(encoding="utf-8-sig", newline="") as table:
            keys = [row[0] for row in csv.reader(table) if row]
        (content / COLUMNS).write_text("".join(f"{key}\n" for key in keys), encoding="utf-8")


def _name_bodies(path: Path, unknown: dict[str, str]) -> None:
    """Add bodies to a vocabulary; one without any entry is written as `[]`."""
    listed = re.sub(r"^\[\]\s*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = "".join(f"- name: {name}\n  key: {key}\n" for name, key in unknown.items())
    path.write_text(f"{listed.rstrip()}\n{rows}", encoding="utf-8")


def _unknown_bodies(county: Path, texts: Iterable[Converted]) -> dict[str, str]:
    """Issuing bodies that the county has not named yet, each with a key for its URL."""
    files = {p.name: p.read_bytes() for p in (county / VOCABULARY_FOLDER).glob("*.yaml")}
    vocabularies, _ = read_vocabularies(files, VOCABULARY_FOLDER)
    known = vocabularies[_OUTSIDE]
    taken = {term.key for term in known.terms}
    named = {name for text in texts for name in text.facts.issuers if name not in known}
    keys: dict[str, str] = {}
    for place, name in enumerate(sorted(named), 1):
        fit = _FIT_KEYS.get(name, "")
        keys[name] = fit if fit and fit not in taken else f"flfg-organ-{place:03d}"
    return keys


def _allowances(content: Path, texts: Iterable[Converted]) -> Iterator[str]:
    """A published law may print numbers that look personal: allowed, text by text."""
    for text in texts:
        path = f"{text.id}.md"
        found = privacy.scan((content / path).read_text(encoding="utf-8"))
        for value in sorted({finding.value for finding in found}):
            yield f"- value: '{value}'\n  reason: 法规原文里的号码\n  path: {path}\n"


def source_of(problem: Problem, texts: dict[str, Converted]) -> str:
    """The file of the corpus that a problem goes back to, or an empty text."""
    text = texts.get(problem.path.removeprefix("content/").removesuffix(".md"))
    return text.source.path if text else ""
