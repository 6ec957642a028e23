"""A document's Markdown body → HTML, outline, text and links, with the faults of the body.

Official papers are prose, lists and tables. Everything that surprises a clerk is switched off:
four spaces do not make code, a line of hyphens does not make a heading, HTML tags are not passed
through. HTML is taken for tables only, tag by tag, so that nothing unsafe or unclosed can get out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    LinkInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plugins.problems import Mark, Problem, Severity
from plugins.reading import wording
from plugins.reading.form import Form
from plugins.reading.sheet import Body, Sheet
from plugins.reading.tables import TABLE_TAGS, TableReader, written

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>|<!--|<!\[|<\?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TABLE_START = re.compile(r"^<table\b", re.MULTILINE | re.IGNORECASE)
_TABLE_END = re.compile(r"</table>[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NESTED = re.compile(
    r"^(?: {0,3}(?:> ?){6,}| {24,}(?=(?:[-*+]|\d+\.) )| *(?:(?:[-*+]|\d+\.) +){6,}(?![-* ]*$))",
    re.MULTILINE,
)
_SIGN = re.compile(r"[\\`*_!\[<]|  \n")
"""Every inline pattern that is left begins with one of these."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONGEST_LINE = 20_000
_LONGEST_LINK = 2_000
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_LIST_START = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
_LIST_LINE = re.compile(r" *(?:[-*+]|\d+\.) ")
_TABLE_RULE = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_INDENTED_HEADING = re.compile(r"^ {1,3}(?=#{1,6}[ \t])", re.MULTILINE)


def read_body(
    path: str, document_id: str, source: str, first_line: int, *, quoted: bool = False
) -> tuple[Body, list[Problem]]:
    """Convert a body. `path` and `first_line` place the problems; never raises on any text.

    Of words that are `quoted`, slips of style are not told.
    """
    sheet = Sheet(path, document_id, source, first_line)
    spans = list(_table_spans(source))
    sheet.prose = _without(source, spans)
    if any(_hazards(sheet)):
        return Body("", source, (), frozenset(), ()), sheet.problems
    try:
        prepared = _prepare(sheet, spans)
        shown = _as_shown(sheet, spans)  # the tables get frames when they are converted
        converted = _convert(sheet, prepared)
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of its work
        sheet.problems.clear()
        sheet.fault(Mark(first_line), _NESTED_MESSAGE, _NESTED_REMEDY)
        return Body("", source, (), frozenset(), ()), sheet.problems
    for slip in () if quoted else wording.slips(source):
        sheet.fault(sheet.mark(slip.offset), slip.message, slip.remedy, Severity.REMINDER)
    body = Body(
        converted,
        _plain_text(converted),
        tuple(sheet.headings),
        frozenset(sheet.anchors),
        tuple(sheet.links),
        tuple(sheet.outward),
        shown,
    )
    return body, sheet.problems


_NESTED_MESSAGE = "引用或列表嵌套太深"
_NESTED_REMEDY = "减少行首的 > 或空格，最多五层"


def _table_spans(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of every HTML table that begins its line and ends its line."""
    end = 0
    while (start := _TABLE_START.search(source, end)) and (
        stop := _TABLE_END.search(source, start.end())
    ):
        end = stop.end()
        yield start.start(), end


def _without(source: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        source = source[:start] + re.sub(r"[^\n]", " ", source[start:end]) + source[end:]
    return source


def _hazards(sheet: Sheet) -> Iterator[bool]:
    """What no official paper holds, and what would cost the converter minutes."""
    offset = 0
    for line in sheet.prose.split("\n"):
        if len(line.rstrip()) > _LONGEST_LINE:
            message = f"这一行有 {len(line)} 个字，太长"
            sheet.fault(sheet.mark(offset), message, "分成几段，段与段之间空一行")
            yield True
        offset += len(line) + 1
    for found in _NESTED.finditer(sheet.prose):
        sheet.fault(sheet.mark(found.start()), _NESTED_MESSAGE, _NESTED_REMEDY)
        yield True


def _plain_text(converted: str) -> str:
    spaced = converted.replace("</td>", "</td> ").replace("</th>", "</th> ")
    return html.unescape(re.sub(r"<[^>]*>", "", spaced)).strip()


def _as_shown(sheet: Sheet, spans: list[tuple[int, int]]) -> str:
    """The source as everybody may read it: no comments, of HTML tables only what was let in."""
    pieces: list[str] = []
    end = 0
    for (start, stop), table in zip(spans, sheet.tables, strict=True):
        pieces += [sheet.source[end:start], written(table)]
        end = stop
    return _COMMENT.sub("", "".join([*pieces, sheet.source[end:]])).strip("\n")


def _prepare(sheet: Sheet, spans: list[tuple[int, int]]) -> str:
    """Take tables out, note every other tag, and turn character references into characters."""
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        reader = TableReader(sheet, start)
        reader.feed(sheet.source[start:stop])
        reader.close()
        sheet.tables.append(reader.finish())
        pieces += [sheet.prose[end:start], f"\n\ufdd0table-{len(sheet.tables) - 1}\ufdd1\n"]
        end = stop
    _note_tags(sheet)
    text = _INDENTED_HEADING.sub("", "".join([*pieces, sheet.prose[end:]]))
    return html.unescape("\n".join(_set_apart(text.split("\n"))))


def _set_apart(lines: list[str]) -> Iterator[str]:
    """A list, a table or a rule begins a block of its own, also right under a line of text."""
    before, in_list = "", False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        rule = _RULE.match(line)
        starts_list = _LIST_START.match(line) and not in_list
        starts_table = "|" in line and "|" not in before and _TABLE_RULE.match(following)
        if before.strip() and (rule or starts_list or starts_table):
            yield ""
        yield line
        if rule:
            yield ""
        before = "" if rule else line
        in_list = bool(before.strip() and (in_list or _LIST_LINE.match(line)))


def _note_tags(sheet: Sheet) -> None:
    """One problem for each tag that is opened; those that close it go with it."""
    opened: set[str] = set()
    for found in _TAG.finditer(sheet.prose):
        tag, name = found[0], (found[1] or "").lower()
        closes = tag.startswith("</") and name in opened
        in_table = "table" in opened and name in TABLE_TAGS
        if _BREAK.fullmatch(tag) or closes or in_table:
            continue
        opened.add(name)
        mark = sheet.mark(found.start())
        if name == "table":
            message = "表格没有写完整"
            remedy = "让 <table> 在一行的开头，</table> 在一行的末尾，两者都要有"
        elif tag == "<!--":
            message, remedy = "正文里不能写注释", "删去从 <!-- 到 --> 的内容"
        else:
            end = f"和 </{name}>" if name and not tag.startswith("</") else ""
            message = f"正文里不能用 HTML：{tag[:80]}"
            remedy = f"删去它{end}，保留文字；要显示尖括号，写全角的＜＞"
        sheet.fault(mark, message, remedy)


def _convert(sheet: Sheet, text: str) -> str:
    converter, form = _converter()
    form.begin(sheet)
    return converter.reset().convert(text)


@cache
def _converter() -> tuple[Markdown, Form]:
    """The converter of this process: setting one up costs as much as converting a short paper."""
    official = _Official()
    converter = Markdown(
        extensions=[SaneListExtension(), official],
        output_format="html",
        tab_length=4,
    )
    return converter, official.form


class _Official(Extension):
    """Switches off what surprises clerks, and adds the form of official papers."""

    form: Form

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the library's name
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("setextheader")
        md.parser.blockprocessors.deregister("code")
        md.parser.blockprocessors.deregister("reference")
        for pattern in (
            "html",
            "entity",
            "automail",
            "short_reference",
            "short_image_ref",
            "reference",
            "image_reference",
        ):
            md.inlinePatterns.deregister(pattern)
        md.ESCAPED_CHARS += ["~", "|"]
        md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        md.treeprocessors.register(_Plain(md), "plain", 25)  # right before the inline patterns
        self.form = Form(md)
        md.parser.blockprocessors.register(_Table(md.parser, self.form), "table", 75)
        md.treeprocessors.register(self.form, "official", 0)


class _Table(TableProcessor):
    """A table in Markdown; the library would drop cells beyond the last column without a word."""

    def __init__(self, parser: BlockParser, form: Form) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self.form = form

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        columns = len(self.separator)
        for line in blocks[0].split("\n"):
            cells = self._split_row(line.strip(" "))  # type: ignore[attr-defined]  # not in its stubs
            if any(cell.strip() for cell in cells[columns:]):
                sheet = self.form.sheet
                sheet.fault(
                    sheet.mark(max(sheet.prose.find(line), 0)),
                    f"表格这一行有 {len(cells)} 格，表头只有 {columns} 格",
                    "多出的格不会显示：删去它，或者在表头和下面的 --- 里各补一格",
                )
        super().run(parent, blocks)


class _Plain(Treeprocessor):
    """Takes text without any sign out of the inline patterns' way: most paragraphs are such."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.text and not _SIGN.search(element.text):
                element.text = AtomicString(element.text)


class _NearBy(LinkInlineProcessor):
    """Looks for a link's end close by only: else a thousand open brackets cost minutes."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802  # the library's
        near = data[index : index + _LONGEST_LINK]
        if "](" not in near:
            return "", index, False
        text, end, handled = super().getText(near, 0)
        return text, index + end, handled

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  # the library's
        near = data[index : index + _LONGEST_LINK]
        if ")" not in near:
            return "", None, index, False
        href, title, end, handled = super().getLink(near, 0)
        return href, title, index + end, handled


class _Link(_NearBy):
    pass


class _Image(_NearBy, ImageInlineProcessor):
    pass
