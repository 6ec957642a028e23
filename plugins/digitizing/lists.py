"""The list of a 历史公报 as a CSV file → its articles; or what is wrong in which line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from plugins.identifiers import parse_document_number, repair_document_number
from plugins.problems import Problem, Severity
from plugins.reading.registers import Register, read_register
from plugins.reading.table import read_table
from plugins.records import ListedArticle
from plugins.records.base import Fault


class Listing(NamedTuple):
    """The articles of a list in its order, what was written otherwise, and all problems."""

    articles: tuple[ListedArticle, ...]
    repaired: tuple[str, ...]
    register: Register[ListedArticle]
    file: Path

    @property
    def problems(self) -> list[Problem]:
        """Problems with the place in this file."""
        return [_here(problem, self.file) for problem in self.register.problems]

    def problem(self, fault: Fault) -> Problem | None:
        """What an issue finds wrong in its list, at the line of the list; None if elsewhere."""
        match fault.way:
            case ("listed", int(place), str(name)):
                entered = self.register.rows[place]
                severity = Severity.REMINDER if fault.reminder else Severity.ERROR
                found = self.register.problem(entered, fault.message, fault.remedy, name, severity)
                return _here(found, self.file)
        return None


def read_list(file: Path, data: bytes) -> Listing:
    """The list in a CSV file: 栏目, 标题, 发文字号, 发文机关, 成文日期, 起页, 止页."""
    register = read_register(read_table(file.name, data), ListedArticle)
    written = [entered.said for entered in register.rows]
    articles = tuple(map(_repaired, written))
    repaired = (
        f"发文字号“{old.number}”写成了 {new.number}"
        for old, new in zip(written, articles, strict=True)
        if old != new
    )
    return Listing(articles, tuple(repaired), register, file)


def _repaired(article: ListedArticle) -> ListedArticle:
    """An article with its 发文字号 written as it should be: 〔〕, no zeros."""
    written = article.number
    if not written or parse_document_number(written):
        return article
    right = repair_document_number(written)
    return article.model_copy(update={"number": right}) if right else article


def _here(problem: Problem, file: Path) -> Problem:
    return replace(problem, path=str(file))
