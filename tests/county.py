"""A whole county small enough to stand inside a test, and the way to build it without Pelican."""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from plugins.building import Builder
from plugins.folders import Folders
from plugins.problems import Problem, in_order, report
from plugins.progress import Progress
from plugins.publishing import Published
from plugins.settings import County, Footer, Settings

ROOT = Path(__file__).parent.parent
THEME = ROOT / "themes" / "gongkai"
NOW = datetime(2021, 12, 31, 12, 0)  # the builder's moments are local by definition

OFFICE = """---
title: 某县人民政府办公室
short_name: 县政府办
kind: 区政府办公室
published: 2021-01-04 09:00
summary: 协助县政府领导处理日常工作。
phone: 0357-2000001
answers: 政务公开科 0357-2000001
document_codes:
  - 某政办发
---

负责县政府日常工作。
"""

POLICY = """---
title: 某县人民政府办公室关于做好节水工作的通知
published: 2021-07-15 09:30
disclosure: 主动公开
issuer: 某县人民政府办公室
subject: 综合政务\\政务公开
category: 其他文件
kind: 通知
number: 某政办发〔2021〕5号
signed: 2021-07-12
summary: 部署全县节水工作。
keywords: [节水, 通知]
---

各乡镇人民政府：

## 一、节约用水

居民用水要节约。

某县人民政府办公室
2021年7月12日
"""

INTERPRETATION = """---
title: 《关于做好节水工作的通知》解读
published: 2021-07-16 10:00
disclosure: 主动公开
issuer: 某县人民政府办公室
interprets: policies/2021/2021-005
kinds: 文字解读
summary: 说明节水工作的安排。
---

## 一、政策背景

水资源紧缺。

## 二、决策依据

上级要求。

## 三、出台目的

节约用水。

## 四、重要举措

更换器具。

## 五、新旧政策差异

首次制定。
"""

SOUND = {
    "organs/office.md": OFFICE,
    "policies/2021/2021-005.md": POLICY,
    "interpretations/2021/2021-001.md": INTERPRETATION,
}
"""A sound county: no error, no reminder."""


def plain_columns() -> str:
    """A table of columns with every one that is there by law, and nothing said of any."""
    with (ROOT / "content" / "columns.csv").open(encoding="utf-8", newline="") as table:
        return "编号\n" + "".join(f"{row['编号']}\n" for row in csv.DictReader(table))


def write_county(folder: Path, files: Mapping[str, str | bytes] = SOUND) -> Path:
    """Write a content folder with the project's own vocabularies; the folder's path.

    Where `files` has no table of columns, it gets one that says nothing of them.
    """
    shutil.copytree(ROOT / "content" / "vocabularies", folder / "vocabularies")
    for name, text in ({"columns.csv": plain_columns()} | dict(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def settings(now: datetime = NOW, site_url: str = "") -> Settings:
    """Settings of the tiny county."""
    county = County(
        site_name="某县人民政府网",
        zone_name="某县政务公开专区",
        authority="某县人民政府",
        seal="某",
        site_domain="www.example.gov.cn",
        site_id_code="1400000000",
        footer=Footer(sponsor="某县人民政府办公室"),
    )
    return Settings(county=county, now=now, site_url=site_url)


compiled_templates: list[Path] = []
"""Where all builds of a run keep compiled templates, found by their text; set in conftest.py."""


def share_templates(cache: Path) -> None:
    """Let builds with this cache find what other builds of the run have compiled.

    Of a build of a few files, compiling the theme is two thirds.
    """
    for shared in compiled_templates:
        cache.mkdir(parents=True, exist_ok=True)
        if not (cache / "templates").exists():
            (cache / "templates").symlink_to(shared)


class ContentError(Exception):
    """The content cannot be published; carries every problem of the run."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__(report(self.problems))


def build(
    content: Path, target: Path, made: Settings | None = None, theme: Path = THEME
) -> Published:
    """Check and publish; raises ContentError where the content has errors."""
    folders = Folders(content, target, theme, target.parent / ".cache")
    share_templates(folders.cache)
    builder = Builder(folders)
    try:
        built = builder.build(made or settings(), Progress(is_terminal=False))
    finally:
        builder.close()
    if built.published is None:
        raise ContentError(built.checked.problems)
    return built.published


def tree_of(folder: Path) -> dict[str, str]:
    """Every file of a folder, path → digest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
