"""Registers small enough to stand inside a test; the county is that of `tests.county`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from plugins.checking import check_content
from plugins.problems import Problem
from plugins.records.fields import declared
from plugins.records.registers import Liaison, Row, Submission
from plugins.settings import Settings
from tests.county import NOW, SOUND, settings, write_county

OFFICE = "某县人民政府办公室"
LIAISON = {
    "单位": OFFICE,
    "姓名": "示例一",
    "职务": "科员",
    "办公电话": "0357-2000001",
    "启用日期": "2021-01-04",
}
SUBMISSION = {
    "单位": OFFICE,
    "文件": "policies/2021/2021-005",
    "发文字号": "某政办发〔2021〕5号",
    "成文日期": "2021-07-12",
    "公开属性": "主动公开",
    "是否规范性文件": "否",
    "解读材料有无": "有",
    "电子版": "可编辑和PDF",
    "报送日期": "2021-07-15",
    "联络员": "示例一",
    "接收人": "示例编辑",
}
"""About the one paper of the sound county, sent in time by its 联络员."""
Cells = dict[str, str]


def register(kind: type[Row], *rows: Cells) -> dict[str, str]:
    """A register's file as a spreadsheet program saves it: path under content/ → text."""
    names = [info.title or key for key, info, _ in declared(kind)]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return {kind.file: out.getvalue()}


def registers(liaisons: Sequence[Cells], submissions: Sequence[Cells]) -> dict[str, str]:
    """Both registers of a sound county."""
    return SOUND | register(Liaison, *liaisons) | register(Submission, *submissions)


def on(day: str, period: str = "") -> Settings:
    """Settings at noon of a day."""
    return replace(settings(datetime.fromisoformat(f"{day} 12:00")), period=period)


def problems_of(folder: Path, files: Mapping[str, str], now: datetime = NOW) -> list[Problem]:
    """What a check says of a county."""
    content = write_county(folder / "content", dict(files))
    return list(check_content(content, settings(now)).problems)


def told(problems: list[Problem]) -> list[tuple[int, str, str, str]]:
    """Line, column's name, level and message of each problem."""
    return [(p.mark.line, p.subject, p.severity.value, p.message) for p in problems]
