"""A tiny county in a temporary folder: vocabularies, a few organs, and what a test adds."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from plugins.checking import check_content, settings_from
from plugins.problems import Problem
from plugins.settings import Settings
from tests.county import plain_columns

ROOT = Path(__file__).parent.parent.parent
ORGANS = ("district-government", "government-office", "housing", "finance")


def settings(day: str = "2021-12-31") -> Settings:
    """The sample county's settings on a given day."""
    return replace(settings_from(ROOT / "pelicanconf.py", day))


def found_county(folder: Path) -> Path:
    """An empty content folder with vocabularies and a few organs; returns it."""
    content = folder / "content"
    shutil.copytree(ROOT / "content" / "vocabularies", content / "vocabularies")
    for name in ORGANS:
        write(content, f"organs/{name}", (ROOT / f"content/organs/{name}.md").read_text("utf-8"))
    write(content, "pages/request", REQUEST)
    (content / "columns.csv").write_text(plain_columns(), encoding="utf-8")
    return content


def write(content: Path, document_id: str, text: str) -> None:
    """Put one document into a county."""
    path = content / f"{document_id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems_of(content: Path, day: str = "2021-12-31") -> list[Problem]:
    """Everything that a check of this county says."""
    return list(check_content(content, settings(day)).problems)


REQUEST = """---
title: 依申请公开
block: 依申请公开
published: 2021-01-04 09:00
summary: 申请公开政府信息的办法。
---

申请公开政府信息，可以当面提交、邮寄或者通过网络提交。
"""

BASIS = """---
title: 临汾市尧都区人民政府办公室关于印发临汾市尧都区公文公开办法的通知
issuer: 临汾市尧都区人民政府办公室
number: 尧政办发〔2021〕15号
category: 其他文件
kind: 通知
disclosure: 主动公开
signed: 2021-07-12
published: 2021-07-15 09:00
summary: 规定公文公开的程序。
---

## 一、总体要求

公文在起草时确定公开属性。
"""
