"""Long legal texts → short passages of whole paragraphs, each long enough to be a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins import privacy
from plugins.reading.wording import slips, title_slip
from plugins.trial.converting import ARTICLE, HEADING, Converted, blocks, fitting_level

ENOUGH = 1000
"""A passage ends with the paragraph that brings it to so many bytes."""
TOO_MUCH = 1600
"""A paragraph that would make a passage longer than this begins the next one."""
_TITLE_MARKS = re.compile(r"[《》〈〉“”（）()，。；：！？,;!?\s]+")
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Passage:
    """A part of a legal text: the name of the text, which part it is, and its Markdown blocks."""

    text: str
    part: str
    blocks: tuple[str, ...]


def passages_of(texts: Iterable[Converted]) -> list[Passage]:
    """All passages of all texts that an editor would be told nothing about."""
    return [passage for text in texts for passage in _passages(text) if _is_tidy(passage)]


def _passages(text: Converted) -> Iterator[Passage]:
    name = _TITLE_MARKS.sub("", text.source.title)[:_LONGEST_NAME]
    for place, group in enumerate(_groups(blocks(text.source)), 1):
        yield Passage(name, _part(group, place), tuple(_with_fitting_headings(group)))


def _groups(found: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for block in found:
        length = len(block.encode())
        if group and (size >= ENOUGH or size + length > TOO_MUCH):
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group


def _part(group: list[str], place: int) -> str:
    """`第三条至第五条`, or the passage's place where the text has no articles."""
    articles = [found[0] for block in group if (found := ARTICLE.match(block))]
    if not articles:
        return f"第{place}部分"
    return articles[0] if len(articles) == 1 else f"{articles[0]}至{articles[-1]}"


def _with_fitting_headings(group: Iterable[str]) -> Iterator[str]:
    """A passage may begin in the middle of a chapter: its headings begin at the first level."""
    level = 1
    for block in group:
        if found := HEADING.fullmatch(block):
            level = fitting_level(len(found[1]), level)
            yield f"{'#' * level} {found[2]}"
        else:
            yield block


def _is_tidy(passage: Passage) -> bool:
    """Whether nothing in it looks like a personal number or a slip, which a check would print."""
    body = "\n\n".join(passage.blocks)
    has_words = any(not HEADING.fullmatch(block) for block in passage.blocks)
    found = any(True for _ in slips(body)) or any(True for _ in privacy.scan(body))
    return has_words and not found and not title_slip(passage.text)
