"""The list pages of Hugo's site: there a folder is a list only if it has such a page.

Documents bring lists of their years and months. The others are the same on every site: a page for
each word of the vocabularies that our engine has a list of its own for, full or empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from plugins.bench.contents import Contents
from plugins.reading.names import VOCABULARY_FOLDER

_PUBLISHED = re.compile(r"^published: '?(\d{4})-(\d\d)", re.MULTILINE)
_HTML = ("html",)
_YEAR = ("html", "documents", "table", "finding")
"""A year has lists for machines, and no feed of its own."""
_FEEDS = ("html", "atom", "feed")


class Section(NamedTuple):
    """A list page: its folder, title and layout, in which formats it is written, what else it has.

    Without a layout it is one of a type of document.
    """

    path: str
    title: str
    layout: str = ""
    formats: tuple[str, ...] = _FEEDS
    params: tuple[tuple[str, str], ...] = ()

    def markdown(self) -> str:
        """Its `_index.md`."""
        lines = ["---", f"title: {self.title}"]
        if self.layout:
            lines.append(f"layout: {self.layout}")
        lines.append(f"outputs: [{', '.join(self.formats)}]")
        lines += [f"{key}: {value}" for key, value in self.params]
        return "\n".join([*lines, "---", ""])


_FAMILIES = (
    ("columns", "columns/statutory", "法定主动公开内容：{}", _FEEDS),
    ("enterprise_kinds", "enterprise/kind", "企业政策：{}", _FEEDS),
    ("applies_to", "enterprise/for", "企业政策：{}", _FEEDS),
    ("plan_periods", "plans/period", "{}时期规划", _HTML),
)
"""Vocabulary, folder, titles and formats of the lists that there are of each word."""
_ALONE = (
    ("columns", "政府信息公开", _HTML),
    ("columns/guide", "政府信息公开指南", _HTML),
    ("columns/rules", "政府信息公开制度", _HTML),
    ("columns/regulations", "规章", _HTML),
    ("columns/regulations/ended", "失效规章", _HTML),
    ("columns/statutory", "法定主动公开内容", _HTML),
    ("columns/reports", "政府信息公开年报", _HTML),
    ("columns/request", "依申请公开", _HTML),
    ("interpretations", "政策解读", _FEEDS),
    ("questions", "政策问答", _FEEDS),
    ("plans", "规划计划", _FEEDS),
    ("notices", "公告公示", _FEEDS),
    ("lists", "清单", _FEEDS),
    ("catalog", "标准目录", _FEEDS),
    ("catalog/find", "查找事项", _HTML),
    ("catalog/evaluation", "评估", _HTML),
    ("topics", "专题", _HTML),
    ("enterprise", "企业政策", _HTML),
    ("packages", "政策包", _HTML),
    ("pages", "常设页面", _HTML),
    ("rates", "公开率", _HTML),
    ("search", "检索", _HTML),
    ("sitemap", "站点地图", _HTML),
    ("feeds", "订阅和数据", _HTML),
)
"""Folder, title and formats of the lists that belong to no vocabulary."""
_GATHERED = {"columns/statutory/policy": "/policies", "columns/statutory/organ": "/organs"}
"""Lists that show what stands in another folder."""


def write_sections(contents: Contents, folder: Path) -> None:
    """Write every list page into a content folder of Hugo's."""
    for section in sections(contents):
        path = folder / section.path / "_index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(section.markdown(), encoding="utf-8")


def sections(contents: Contents) -> Iterator[Section]:
    """Every list page of the site of some content."""
    yield Section("policies", "政策文件")
    yield Section("organs", "机构", formats=_HTML)
    months = sorted({_month_of(contents.file(document_id)) for document_id in contents.ids})
    for year in dict.fromkeys(year for year, _ in months):
        yield Section(f"policies/{year}", f"{year}年", "year", _YEAR)
    for year, month in months:
        title = f"{int(month)}月"
        key = ("month", f"{year}年{title}")
        yield Section(f"policies/{year}/{month}", title, "month", _HTML, (key,))
    for path, title, formats in _ALONE:
        yield Section(path, title, "gathered", formats)
    for vocabulary, path, title, formats in _FAMILIES:
        for term in _terms(contents.folder / VOCABULARY_FOLDER / f"{vocabulary}.yaml"):
            yield _of_word(f"{path}/{term['key']}", title.format(term["name"]), formats, term)


def _month_of(file: Path) -> tuple[str, str]:
    found = _PUBLISHED.search(file.read_text(encoding="utf-8"))
    if not found:
        raise ValueError(f"{file}: no day of publication")
    return found[1], found[2]


def _terms(file: Path) -> list[dict[str, str]]:
    terms: list[dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return terms


def _of_word(path: str, title: str, formats: tuple[str, ...], term: dict[str, str]) -> Section:
    params = [("lead", term["note"])] if "note" in term else []
    if path in _GATHERED:
        params.append(("gathers", _GATHERED[path]))
    return Section(path, title, "gathered", formats, tuple(params))
