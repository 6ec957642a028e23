"""Personal data found in the files of the content: texts, data files, attachments, names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from plugins import privacy
from plugins.privacy import Allowance, Finding
from plugins.problems import Mark, Problem, Severity, mark_at
from plugins.reading.decoding import decode


@dataclass(frozen=True)
class Leak:
    """A personal number in a file, or a file that cannot be looked into (`finding` is None)."""

    path: str
    """Path under content/."""
    mark: Mark
    where: str
    """正文, 附件, 文件名 …"""
    finding: Finding | None
    reason: str = ""

    def allowed_by(self, allowances: Iterable[Allowance]) -> bool:
        """Whether an entry of the allow-list, with its reason, lets this one be."""
        if self.finding is None:
            return False
        listed = tuple(allowances)
        names = (self.path, self.path.removesuffix(".md"))  # a document may be named by its id
        return any(privacy.allowed(self.finding, name, listed) for name in names)

    def problem(self, shown: str, allow_list: str) -> Problem:
        """What the editor is told; the number itself is masked, for reports are kept in logs."""
        if self.finding is None:
            return Problem(
                shown, self.mark, self.reason, "换成能打开的文件；不需要的附件删去", self.where
            )
        value = privacy.masked(self.finding.value)
        return Problem(
            shown,
            self.mark,
            f"这里有{self.finding.kind.value}“{value}”，不能公开",
            f"删去或遮盖后再提交；确实不是个人信息的，写进 {allow_list} 并说明理由",
            self.where,
            Severity.ERROR,
        )


def leaks_in_text(path: str, data: bytes) -> list[Leak]:
    """Personal numbers in a text file, with their places; also in its name."""
    text = decode(path, data)
    if not isinstance(text, str):  # not clean UTF-8: reported elsewhere, yet looked into
        text = data.decode("gb18030", errors="replace")
    found = [Leak(path, mark_at(text, f.start), "个人信息", f) for f in privacy.scan(text)]
    return _in_name(path) + found


def leaks_in_file(path: str, data: bytes) -> list[Leak]:
    """Personal numbers in the text of an attachment or data file, and in its name."""
    if path.lower().endswith((".yaml", ".yml", ".md", ".txt", ".csv")):
        return leaks_in_text(path, data)
    from plugins.reading.attachments import (  # noqa: PLC0415  # it brings in much, for few files
        UnreadableAttachment,
        text_of,
        unfit,
    )

    if reason := unfit(path.rpartition("/")[2], data):
        return [*_in_name(path), Leak(path, Mark(), "附件", None, reason)]
    try:
        text = text_of(path.rpartition("/")[2], data)
    except UnreadableAttachment as unreadable:
        return [*_in_name(path), Leak(path, Mark(), "附件", None, str(unreadable))]
    return _in_name(path) + [Leak(path, Mark(), "附件", f) for f in privacy.scan(text)]


def _in_name(path: str) -> list[Leak]:
    return [Leak(path, Mark(), "文件名", found) for found in privacy.scan(path.rpartition("/")[2])]
