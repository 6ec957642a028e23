"""What an editor is told: where, which field, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum


class StoppedError(Exception):
    """Why a command cannot do what was asked, and how to mend it; its text is told as it is."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message}\n    改法：{remedy}" if remedy else message)


class Severity(Enum):
    """错误 stops publishing; 提醒 is listed and the site is published all the same."""

    ERROR = "错误"
    REMINDER = "提醒"


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file; lines and columns count from 1, columns in characters."""

    line: int = 1
    column: int = 1


def mark_at(text: str, offset: int, first_line: int = 1) -> Mark:
    """Line and column of an offset in a text."""
    start = text.rfind("\n", 0, offset) + 1
    return Mark(first_line + text.count("\n", 0, offset), offset - start + 1)


@dataclass(frozen=True)
class Problem:
    """One thing for an editor to mend.

    `path` is relative to the project and uses forward slashes; `subject` is the field as
    the editor knows it, label then key: `发文字号（number）`, or empty.
    """

    path: str
    mark: Mark
    message: str
    remedy: str
    subject: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The report's two lines, as editors and their tools read them."""
        where = f"{self.path}:{self.mark.line}:{self.mark.column}"
        subject = f"{self.subject}：" if self.subject else ""
        return f"{where}: {self.severity.value}：{subject}{self.message}\n    改法：{self.remedy}"

    def as_reminder(self) -> Problem:
        """The same problem, no longer in the way of publishing."""
        return replace(self, severity=Severity.REMINDER)


_LINES = 6
_WORDS = 8
"""How many lines, and how many words, one problem names before it only counts them."""


def in_lines(lines: Sequence[int]) -> str:
    """第 2、5、9 行; of many the first few and their number: 第 2、3、4、5、6、7 行等 24 行."""
    named = f"第 {'、'.join(map(str, lines[:_LINES]))} 行"
    return named if len(lines) <= _LINES else f"{named}等 {len(lines)} 行"


def with_lines(found: Mapping[str, Sequence[int]]) -> str:
    """Words of a table with their lines: “甲局”（第 2、5 行）、“乙所”（第 7 行）.

    One word on one line stands alone: the problem's own place is that line.
    """
    places = list(found.values())
    if len(places) == 1 and len(places[0]) == 1:
        return some(f"“{word}”" for word in found)
    return some(f"“{word}”（{in_lines(lines)}）" for word, lines in found.items())


def some(words: Iterable[str]) -> str:
    """Words with 、 between them; of many the first few, and how many there are: …等 24 个."""
    listed = list(words)
    named = "、".join(listed[:_WORDS])
    return named if len(listed) <= _WORDS else f"{named}等 {len(listed)} 个"


def gathered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems that differ by their lines alone as one, at the first, which names the lines.

    What must be mended in each place by itself stays one by one: its words are not the same.
    """
    alike: dict[Problem, list[Mark]] = {}
    for problem in problems:
        alike.setdefault(replace(problem, mark=Mark()), []).append(problem.mark)
    for problem, marks in alike.items():
        lines = sorted({mark.line for mark in marks})
        said = problem.message if len(lines) == 1 else f"{problem.message}（{in_lines(lines)}）"
        yield replace(problem, mark=min(marks), message=said)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before reminders; sorted by path, place and words, each said once."""

    def place(problem: Problem) -> tuple[object, ...]:
        is_reminder = problem.severity is Severity.REMINDER
        return is_reminder, problem.path, problem.mark, problem.subject, problem.message

    return sorted(set(problems), key=lambda problem: (*place(problem), problem.remedy))


def report(problems: Iterable[Problem]) -> str:
    """All problems of a run and a last line that counts them; empty when there are none.

    Errors stand first, and the last line says so where reminders follow.
    """
    ordered = in_order(problems)
    if not ordered:
        return ""
    errors = [p for p in ordered if p.severity is Severity.ERROR]
    reminders = len(ordered) - len(errors)
    files = len({p.path for p in ordered})
    counts = f"共 {len(errors)} 处错误、{reminders} 处提醒，涉及 {files} 个文件。"
    verdict = "有错误，不能发布。" if errors else "提醒不影响发布。"
    where = "错误列在最前面。" if errors and reminders else ""
    return "\n".join([*map(str, ordered), counts + verdict + where])
