"""What an editor is told: where, which field, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum


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


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by path, place and words, each said once."""
    return sorted(set(problems), key=lambda p: (p.path, p.mark, p.subject, p.message, p.remedy))


def report(problems: Iterable[Problem]) -> str:
    """All problems of a run and a last line that counts them; empty when there are none."""
    ordered = in_order(problems)
    if not ordered:
        return ""
    errors = [p for p in ordered if p.severity is Severity.ERROR]
    reminders = len(ordered) - len(errors)
    files = len({p.path for p in ordered})
    counts = f"共 {len(errors)} 处错误、{reminders} 处提醒，涉及 {files} 个文件。"
    verdict = "有错误，不能发布。" if errors else "提醒不影响发布。"
    return "\n".join([*map(str, ordered), counts + verdict])
