"""What is odd in a legal text: found, counted and listed, never mended in silence."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from plugins.reading import numerals
from plugins.trial.converting import (
    COMMENT,
    CONTROL,
    HAN,
    HEADING,
    UNSEEN,
    Converted,
    fitting_level,
)
from plugins.trial.facts import NO_DAY, day_of, events, file_day
from plugins.trial.sources import DATED, Line, Source

_SHOWN = 30
_ARTICLE = re.compile(r"第([零〇一二三四五六七八九十百千]+)条(之[一二三四五六七八九十]+)?(.?)")
_HALF_WIDTH = re.compile(r"[()]")
_SYNTAX = re.compile(r"[\\`*_\[\]{}<>&]|^(?:[-+]|\d+[.)])(?=\s)|^[>~]|^#+(?![#\s　])")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百]+[编章节](?:[\s　]+\S.{0,20}|)")
_WRITTEN_DAY = re.compile(r"\d{4}\s*[年.-]\s*\d{1,2}")
_BRACKETS = ("（）", "《》", "〈〉", "〔〕")
_QUOTES = ("“”", "‘’")
_WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True, order=True)
class Oddity:
    """One odd place. `line` is 0 where the whole file is meant."""

    kind: str
    path: str
    line: int
    detail: str


def oddities(texts: Sequence[Converted]) -> list[Oddity]:
    """Everything odd in a corpus, by kind and place."""
    found = [oddity for text in texts for look in _LOOKS for oddity in look(text)]
    return sorted([*found, *_same_titles(texts)])


def _missing_parts(text: Converted) -> Iterator[Oddity]:
    source = text.source
    if source.encoding != "utf-8":
        yield Oddity("不是 UTF-8 编码", source.path, 0, f"按 {source.encoding} 读")
    if not source.has_title:
        yield Oddity("没有标题行", source.path, 0, f"用文件名作标题：{source.title}")
    if not source.has_head_end:
        yield Oddity("没有 INFO END 标记", source.path, 0, "把开头的日期行当作题注")
    if not any(HAN.search(line.text) for line in source.body):
        yield Oddity("正文为空", source.path, 0, "只有标题和题注")


def _days(text: Converted) -> Iterator[Oddity]:
    source, facts = text.source, text.facts
    dated = [line for line in source.head if DATED.match(line.text)]
    if not dated:
        used = f"用 {facts.published}" if facts.has_day else f"文件名里也没有，暂作 {NO_DAY}"
        yield Oddity("没有日期行", source.path, 0, used)
    for line in source.head:
        if kind := _odd_head_line(line, is_dated=line in dated):
            yield _at(kind, source, line)
    if facts.effective_too_early:
        detail = f"{facts.effective_too_early} 施行，{facts.signed} 成文；不填施行日期"
        yield Oddity("施行早于成文", source.path, 0, detail)


def _odd_head_line(line: Line, *, is_dated: bool) -> str:
    if not is_dated:
        return "日期认不出" if _WRITTEN_DAY.match(line.text) else "题注里没有日期的行"
    if day_of(line) is None:
        return "日期不存在"
    return "" if DATED.sub("", line.text, count=1) else "日期行没有写做了什么"


def _day_in_name(text: Converted) -> Iterator[Oddity]:
    source = text.source
    named, happened = file_day(source), {event.day for event in events(source)}
    if source.file_day and named is None:
        yield Oddity("文件名里的日期不存在", source.path, 0, source.file_day)
    elif named is None:
        yield Oddity("文件名里没有日期", source.path, 0, f"用 {text.facts.published}")
    elif happened and named not in happened:
        yield Oddity("文件名里的日期不在日期行中", source.path, 0, f"{named}")


def _identity(text: Converted) -> Iterator[Oddity]:
    source, facts = text.source, text.facts
    if facts.issuer_is_guessed:
        yield Oddity("看不出发文机关", source.path, 0, f"按文件夹算作{facts.issuers[0]}")
    if facts.unfit_number:
        yield Oddity("文号放不进本站的写法", source.path, 0, facts.unfit_number)
    if text.number_taken_by:
        detail = f"{facts.number}，{text.number_taken_by} 已用；不填"
        yield Oddity("文号与另一篇相同", source.path, 0, detail)


def _characters(text: Converted) -> Iterator[Oddity]:
    source = text.source
    for line in _lines(source):
        for found in CONTROL.finditer(line.text):
            yield _at("控制字符", source, line, f"U+{ord(found[0]):04X}，删去")
        for found in UNSEEN.finditer(line.text):
            yield _at("看不见的字符", source, line, f"U+{ord(found[0]):04X}，删去")
        for place, character in enumerate(line.text):
            if character == "\ufffd" or unicodedata.category(character) == "Co":
                around = line.text[max(0, place - 6) : place + 7]
                detail = f"U+{ord(character):04X}：{around}"
                yield _at("乱码（私用区或替换字符）", source, line, detail)


def _marks(text: Converted) -> Iterator[Oddity]:
    source = text.source
    for line in _lines(source):
        for found in COMMENT.finditer(line.text):
            yield _at("HTML 注释", source, line, found[0])
        words = COMMENT.sub("", line.text)
        if _HALF_WIDTH.search(words):
            yield _at("半角括号", source, line)
        if not words.startswith("|") and (sign := _SYNTAX.search(words)):
            yield _at("会改变原文的 Markdown 符号", source, line, words[sign.start() :])
        if odd := _unpaired(words.translate(_WIDE)):
            yield _at("括号不成对", source, line, f"{odd}：{_shown(words)}")


def _unpaired(words: str) -> str:
    """Brackets of a line that do not come in equal numbers; a numbered `1）` is no bracket."""
    words = re.sub(r"^[\w一二三四五六七八九十]{1,3}）", "", words)
    return "".join(p for p in _BRACKETS if words.count(p[0]) != words.count(p[1]))


def _quotes(text: Converted) -> Iterator[Oddity]:
    """A quotation opens anew in each of its paragraphs, so closing marks may be fewer only."""
    words = "\n".join(line.text for line in _lines(text.source))
    for pair in _QUOTES:
        opening, closing = pair[0], pair[1]
        if words.count(closing) > words.count(opening):
            detail = f"{opening} {words.count(opening)} 个，{closing} {words.count(closing)} 个"
            yield Oddity("后引号多于前引号", text.source.path, 0, detail)


def _headings(text: Converted) -> Iterator[Oddity]:
    level = 1
    for line in text.source.body:
        found = HEADING.fullmatch(line.text)
        if found:
            wanted, previous = len(found[1]), level
            level = fitting_level(wanted, previous)
            if wanted > level:
                yield _at("标题跳级", text.source, line)
            elif wanted < level:
                yield _at("正文里有一级标题", text.source, line)
        elif line.text.strip("#") == "":
            yield _at("标题行没有文字", text.source, line)
        elif _CHAPTER.fullmatch(line.text):
            yield _at("编章节的名称不是标题", text.source, line)


def _articles(text: Converted) -> Iterator[Oddity]:
    """条 count upwards one by one; an amended text may put 之一 in between."""
    seen: set[tuple[int, str]] = set()
    last = 0
    for line in text.source.body:
        found = _ARTICLE.match(line.text)
        if not found:
            continue
        if found[3].strip():
            yield _at("条号后没有空格", text.source, line)
            continue
        number = numerals.value(found[1])
        key = number, found[2] or ""
        name = found[0].strip()
        if key in seen:
            yield _at("条号重复", text.source, line, f"{name}不止一处")
        elif not found[2] and number != last + 1:
            kind = "条号跳号" if number > last else "条号倒退"
            yield _at(kind, text.source, line, f"{name}前面是第 {last} 条")
        seen.add(key)
        last = number


def _same_titles(texts: Sequence[Converted]) -> Iterator[Oddity]:
    owners: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        owners[text.source.title].append(text.source.path)
    for title, paths in owners.items():
        for path in paths if len(paths) > 1 else ():
            yield Oddity("标题重复", path, 0, f"共 {len(paths)} 篇：{title}")


def _lines(source: Source) -> Iterator[Line]:
    yield from source.head
    yield from source.body


def _at(kind: str, source: Source, line: Line, detail: str = "") -> Oddity:
    return Oddity(kind, source.path, line.number, _shown(detail or line.text))


def _shown(words: str) -> str:
    seen = "".join(c if c.isprintable() else f"<{ord(c):04X}>" for c in words)
    return seen if len(seen) <= _SHOWN else seen[:_SHOWN] + "……"


_LOOKS: tuple[Callable[[Converted], Iterator[Oddity]], ...] = (
    _missing_parts,
    _days,
    _day_in_name,
    _identity,
    _characters,
    _marks,
    _quotes,
    _headings,
    _articles,
)
