"""A document's Markdown body → HTML, outline, text and links, with the faults of the body.

Official papers are prose, lists and tables. Everything that surprises a clerk is switched off:
four spaces do not make code, a line of hyphens does not make a heading, HTML tags are not passed
through. HTML is taken for tables only, tag by tag, so that nothing unsafe or unclosed can get out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    ImageInlineProcessor,
    LinkInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor

from plugins.problems import Mark, Problem, Severity
from plugins.reading import numerals, wording
from plugins.reading.front_matter import mark_at

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>|<!--|<!\[|<\?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TABLE_START = re.compile(r"^<table\b", re.MULTILINE | re.IGNORECASE)
_TABLE_END = re.compile(r"</table>[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NESTED = re.compile(
    r"^(?: {0,3}(?:> ?){6,}| {24,}(?=(?:[-*+]|\d+\.) )| *(?:(?:[-*+]|\d+\.) +){6,}(?![-* ]*$))",
    re.MULTILINE,
)
_LONGEST_LINE = 20_000
_DEEPEST = 12
_LONGEST_LINK = 2_000
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_LIST_START = re.compile(r" {0,3}(?:[-*+]|1\.) +\S")
_LIST_LINE = re.compile(r" *(?:[-*+]|\d+\.) ")
_TABLE_RULE = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$")
_INDENTED_HEADING = re.compile(r"^ {1,3}(?=#{1,6}[ \t])", re.MULTILINE)
_PLACEHOLDER = re.compile("\ufdd0table-(\\d+)\ufdd1")
_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]*(.*)$", re.MULTILINE)
_EXPLICIT_ID = re.compile(r"(?<!\s)\s*\{#([A-Za-z0-9][A-Za-z0-9._-]*)\}\s*$")
_ORDINAL = re.compile(
    r"（([一二三四五六七八九十百]+)）|第([一二三四五六七八九十百]+)[编章节]"
    r"|([一二三四五六七八九十百]+)[、\s　]|(\d+)[.．]|（(\d+)）"
)
_ARTICLE = re.compile(
    r"第([零〇一二三四五六七八九十百千]+)条(之[一二三四五六七八九十]+)?(?=[\s　]|$)[\s　]*"
)
_DUTY = re.compile(r"（责任(?:单位|部门)：(?:[^（）]|（[^（）]*）)*）$")
_BODY_LINE = re.compile(r"[\u4e00-\u9fa5（）()·]{2,40}(?:[ 　]+[\u4e00-\u9fa5（）()·]{2,40})*")
_DATE_LINE = re.compile(
    r"(?:[12]\d{3}|[二〇○一九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_ADDRESS = re.compile(r"(?!.*如下)[^。；！？\n]{2,120}：")
_NOTE = re.compile(r"（此件[^（）]{1,20}）")
_CJK = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]"
_SOFT_BREAK = re.compile(rf"(?<={_CJK})[ \t]*\n[ \t]*|(?<![ \t])[ \t]*\n[ \t]*(?={_CJK})")
_FIRST_LEVEL, _LAST_LEVEL = 2, 5
_WEB = {"http", "https"}
_CONTACT = {"mailto", "tel"}
_TABLE_TAGS = {
    "table": set[str](),
    "caption": set[str](),
    "thead": set[str](),
    "tbody": set[str](),
    "tfoot": set[str](),
    "tr": set[str](),
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "strong": set[str](),
    "b": set[str](),
    "br": set[str](),
    "sub": set[str](),
    "sup": set[str](),
    "p": set[str](),
}
_VOID = {"br"}
_CLOSED_BY = {
    "tr": {"tr", "td", "th", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "p": {"p"},
    "tbody": {"thead", "tr", "td", "th", "p"},
    "thead": {"caption"},
    "tfoot": {"tbody", "tr", "td", "th", "p"},
}


@dataclass(frozen=True)
class Heading:
    """One heading of the body; `level` is 2 (一、) to 5 (（1）)."""

    id: str
    text: str
    level: int


@dataclass(frozen=True)
class BodyLink:
    """A link or image of the body that stays inside the site.

    `document` is the id of another document, or empty for this one; `file` a file beside this
    document; `anchor` a place on the page.
    """

    document: str
    file: str
    anchor: str
    mark: Mark


@dataclass(frozen=True)
class Body:
    """A document's body: HTML that is right at the document's own URL, and what was found in it."""

    html: str
    text: str
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[BodyLink, ...]


@dataclass
class _Sheet:
    """What one conversion gathers."""

    path: str
    document_id: str
    source: str
    first_line: int
    prose: str = ""
    """The source with blanks in the place of HTML tables: offsets are the same."""
    problems: list[Problem] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    links: list[BodyLink] = field(default_factory=list)
    tables: list[ET.Element] = field(default_factory=list)
    turns: dict[str, int] = field(default_factory=dict)
    _found: dict[str, int] = field(default_factory=dict)

    def place(self, before: str, words: str) -> Mark:
        """Where these words stand in the text; each call takes the next occurrence."""
        start = self._found.get(words, 0)
        found = (self.prose.find(b + words, start) + len(b) for b in (before, f"{before}<"))
        offset = next((o for o in found if o >= len(before)), -1)
        if offset < 0:
            return Mark(self.first_line)
        self._found[words] = offset
        return self.mark(offset)

    def mark(self, offset: int) -> Mark:
        return mark_at(self.source, offset, self.first_line)

    def fault(
        self, mark: Mark, message: str, remedy: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.problems.append(Problem(self.path, mark, message, remedy, "正文", severity))


def read_body(
    path: str, document_id: str, source: str, first_line: int
) -> tuple[Body, list[Problem]]:
    """Convert a body. `path` and `first_line` place the problems; never raises on any text."""
    sheet = _Sheet(path, document_id, source, first_line)
    spans = list(_table_spans(source))
    sheet.prose = _without(source, spans)
    if any(_hazards(sheet)):
        return Body("", source, (), frozenset(), ()), sheet.problems
    try:
        converted = _converter(sheet).convert(_prepare(sheet, spans))
    except RecursionError:
        sheet.problems.clear()
        sheet.fault(Mark(first_line), _NESTED_MESSAGE, _NESTED_REMEDY)
        return Body("", source, (), frozenset(), ()), sheet.problems
    for slip in wording.slips(source):
        sheet.fault(sheet.mark(slip.offset), slip.message, slip.remedy, Severity.REMINDER)
    body = Body(
        converted,
        _plain_text(converted),
        tuple(sheet.headings),
        frozenset(sheet.anchors),
        tuple(sheet.links),
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


def _hazards(sheet: _Sheet) -> Iterator[bool]:
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


def _prepare(sheet: _Sheet, spans: list[tuple[int, int]]) -> str:
    """Take tables out, note every other tag, and turn character references into characters."""
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        reader = _TableReader(sheet, start)
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


def _note_tags(sheet: _Sheet) -> None:
    """One problem for each tag that is opened; those that close it go with it."""
    opened: set[str] = set()
    for found in _TAG.finditer(sheet.prose):
        tag, name = found[0], (found[1] or "").lower()
        closes = tag.startswith("</") and name in opened
        in_table = "table" in opened and name in _TABLE_TAGS
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


def _converter(sheet: _Sheet) -> Markdown:
    return Markdown(
        extensions=[TableExtension(), SaneListExtension(), _Official(sheet)],
        output_format="html",
        tab_length=4,
    )


class _Official(Extension):
    """Switches off what surprises clerks, and adds the form of official papers."""

    def __init__(self, sheet: _Sheet) -> None:
        super().__init__()
        self.sheet = sheet

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
        md.ESCAPED_CHARS.append("~")
        md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
        md.treeprocessors.register(_Form(md, self.sheet), "official", 0)


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


class _Form(Treeprocessor):
    """Walks the finished tree once: headings, paragraphs, links, images, tables."""

    def __init__(self, md: Markdown, sheet: _Sheet) -> None:
        super().__init__(md)
        self.sheet = sheet
        self.counts = [0] * (_LAST_LEVEL + 1)
        self.level = _FIRST_LEVEL - 1
        self.opening: ET.Element | None = None
        """The first block: the only one that can be the 主送机关."""

    def run(self, root: ET.Element) -> None:
        self.opening = next(iter(root), None)
        self._block(root)
        _sign_above(root)
        heads = list(_ATX.finditer(self.sheet.prose))
        self._check_levels(heads)
        for element in root.iter():
            if element.tag in {"a", "img"}:
                self._link(element)
        for link in self.sheet.links:
            own_anchor = link.anchor and not link.document
            if own_anchor and link.anchor not in self.sheet.anchors:
                known = "、".join(sorted(self.sheet.anchors)[:8]) or "（本文没有标题）"
                self.sheet.fault(
                    link.mark, f"本文没有编号为“{link.anchor}”的地方", f"可用：{known}"
                )

    def _block(self, parent: ET.Element) -> None:
        for place, child in enumerate(list(parent)):
            if re.fullmatch("h[1-6]", child.tag):
                self._heading(child)
            elif child.tag == "p":
                parent[place] = self._paragraph(child)
            elif child.tag == "table":
                parent[place] = _framed(
                    child, self.sheet.headings[-1].text if self.sheet.headings else ""
                )
            elif child.tag == "pre":
                continue
            else:
                _join_lines(child)
                self._block(child)

    def _heading(self, element: ET.Element) -> None:
        _join_lines(element)
        explicit = _take_id(element)
        text = "".join(element.itertext()).strip()
        level = min(max(int(element.tag[1]), _FIRST_LEVEL), _LAST_LEVEL)
        element.tag = f"h{level}"
        number = self._number(level, text)
        anchor = self._unique(explicit or number)
        element.set("id", anchor)
        self.sheet.headings.append(Heading(anchor, text, level))

    def _number(self, level: int, text: str) -> str:
        self.counts[level] = _ordinal(text) or self.counts[level] + 1
        for deeper in range(level + 1, _LAST_LEVEL + 1):
            self.counts[deeper] = 0
        return "s" + ".".join(str(self.counts[n]) for n in range(_FIRST_LEVEL, level + 1))

    def _unique(self, anchor: str) -> str:
        unique = anchor
        while unique in self.sheet.anchors:
            turn = self.sheet.turns.get(anchor, 1) + 1
            self.sheet.turns[anchor] = turn
            unique = f"{anchor}-{turn}"
        self.sheet.anchors.add(unique)
        return unique

    def _check_levels(self, heads: list[re.Match[str]]) -> None:
        previous = _FIRST_LEVEL - 1
        for found in heads:
            level, mark = len(found[1]), self.sheet.mark(found.start())
            words = _EXPLICIT_ID.sub("", found[2]).strip().strip("#").strip()
            if not words:
                self.sheet.fault(mark, "标题行没有文字", "写上标题，或删去这些 #")
            elif level < _FIRST_LEVEL:
                self.sheet.fault(
                    mark, "正文里不用一级标题：标题已经在 title 里", f"改成：## {words}"
                )
            elif level > _LAST_LEVEL:
                self.sheet.fault(
                    mark, "标题最多四层（## 到 #####）", f"改成：{'#' * _LAST_LEVEL} {words}"
                )
            elif level > previous + 1:
                right = "#" * (previous + 1)
                self.sheet.fault(
                    mark, f"标题跳了级：{'#' * level} 前面没有 {right}", f"改成：{right} {words}"
                )
            previous = min(max(level, _FIRST_LEVEL), _LAST_LEVEL)

    def _paragraph(self, element: ET.Element) -> ET.Element:
        if (
            element.text
            and (found := _PLACEHOLDER.fullmatch(element.text.strip()))
            and not len(element)
        ):
            return _framed(
                self.sheet.tables[int(found[1])],
                self.sheet.headings[-1].text if self.sheet.headings else "",
            )
        if (
            len(element) == 1
            and element[0].tag == "img"
            and not (element.text or "").strip()
            and not (element[0].tail or "").strip()
        ):
            return _figure(element)
        lines = (element.text or "").strip().split("\n")
        if not len(element) and _is_signature(lines):
            return _signature(lines)
        _join_lines(element)
        if element.text:
            element.text = element.text.lstrip(" 　")
        whole = "".join(element.itertext())
        if _NOTE.fullmatch(whole):
            element.set("class", "note")
        elif element is self.opening and _ADDRESS.fullmatch(whole) and not _ARTICLE.match(whole):
            element.set("class", "address")
        elif element.text and (found := _ARTICLE.match(element.text)):
            self._article(element, found)
        _mark_duty(element)
        return element

    def _article(self, element: ET.Element, found: re.Match[str]) -> None:
        number = numerals.value(found[1])
        suffix = f"-{numerals.value(found[2][1:])}" if found[2] else ""
        element.set("class", "article")
        element.set("id", self._unique(f"t{number}{suffix}"))
        strong = ET.Element("strong", {"class": "article-number"})
        strong.text = found[0].strip(" 　")
        rest = (element.text or "")[found.end() :]
        strong.tail = f"　{rest}" if rest or len(element) else ""
        element.text = ""
        element.insert(0, strong)

    def _link(self, element: ET.Element) -> None:
        key = "src" if element.tag == "img" else "href"
        written = element.get(key) or ""
        mark = self.sheet.place("](", written)
        if element.tag == "img" and not (element.get("alt") or "").strip():
            self.sheet.fault(
                mark,
                f"图片“{written}”没有文字说明",
                f"在方括号里写图片讲了什么：![2021年收入柱状图]({written})",
            )
        elif (
            element.tag == "a"
            and not "".join(element.itertext()).strip()
            and element.find("img") is None
        ):
            self.sheet.fault(
                mark, f"链接“{written}”没有文字", f"在方括号里写链接的名称：[名称]({written})"
            )
        element.set(key, self._target(written.strip(), mark, image=element.tag == "img"))

    def _target(self, written: str, mark: Mark, *, image: bool) -> str:
        try:
            parts = urlsplit(written)
        except ValueError:
            self.sheet.fault(
                mark, f"“{written}”不是网址", "核对网址，写成 https://www.gov.cn/ 的样子"
            )
            return ""
        if parts.scheme in _WEB and parts.netloc and not image:
            return written
        if parts.scheme in _CONTACT and not image:
            return written
        if parts.scheme or parts.netloc:
            use = "图片" if image else "链接"
            remedy = "图片要放在本文件旁边，只写文件名" if image else "网址以 https:// 开头"
            self.sheet.fault(mark, f"“{written}”不能用作{use}", remedy)
            return ""
        return self._inside(unquote(parts.path), parts.fragment, written, mark)

    def _inside(self, path: str, fragment: str, written: str, mark: Mark) -> str:
        anchor = unquote(fragment)
        hash_ = f"#{quote(anchor)}" if anchor else ""
        if not path:
            if not anchor:
                self.sheet.fault(mark, "链接没有地址", "在圆括号里写网址或文件名")
            self.sheet.links.append(BodyLink("", "", anchor, mark))
            return hash_
        if path.endswith(".md"):
            folder = self.sheet.document_id.rpartition("/")[0]
            rooted = path.removeprefix("{filename}")
            target = (
                rooted.lstrip("/") if rooted.startswith("/") else normpath(f"{folder}/{rooted}")
            )
            target = target.removesuffix(".md")
            self.sheet.links.append(BodyLink(target, "", anchor, mark))
            return "../" * (self.sheet.document_id.count("/") + 1) + quote(target) + "/" + hash_
        if "/" in path or path.startswith("."):
            self.sheet.fault(
                mark,
                f"找不到“{written}”",
                "附件和图片放在本文件旁边，只写文件名；"
                "链接别的文件写到 .md，例如 ../2021/2021-015.md",
            )
            return ""
        self.sheet.links.append(BodyLink("", path, "", mark))
        return quote(path)


def _take_id(heading: ET.Element) -> str:
    """The `{#anchor}` at the end of a heading, taken off; '' if there is none."""
    last = heading[-1] if len(heading) else None
    text = (heading.text if last is None else last.tail) or ""
    found = _EXPLICIT_ID.search(text)
    if not found:
        return ""
    if last is None:
        heading.text = text[: found.start()]
    else:
        last.tail = text[: found.start()]
    return found[1]


def _ordinal(text: str) -> int:
    found = _ORDINAL.match(text)
    if not found:
        return 0
    written = next(group for group in found.groups() if group)
    return int(written) if written.isdigit() else numerals.value(written)


def _join_lines(element: ET.Element) -> None:
    """A line end between Chinese characters is not a space."""
    if element.text:
        element.text = _SOFT_BREAK.sub("", element.text)
    for child in element:
        if child.tail:
            child.tail = _SOFT_BREAK.sub("", child.tail)
        if child.tag not in {"pre", "code"}:
            _join_lines(child)


def _is_signature(lines: list[str]) -> bool:
    """Bodies, each on a line, and the date on the last."""
    *bodies, day = (line.strip(" 　") for line in lines)
    return bool(_DATE_LINE.fullmatch(day)) and all(_BODY_LINE.fullmatch(body) for body in bodies)


def _sign_above(parent: ET.Element) -> None:
    """Bodies that stand in paragraphs of their own right above the date belong to the signature."""
    below: ET.Element | None = None
    for element in reversed(parent):
        signed = below is not None and below.get("class") == "signature"
        plain = element.tag == "p" and "class" not in element.attrib and not len(element)
        if signed and plain and _BODY_LINE.fullmatch((element.text or "").strip(" 　")):
            element.set("class", "signature")
        below = element


def _signature(lines: list[str]) -> ET.Element:
    element = ET.Element("p", {"class": "signature"})
    element.text = lines[0].strip(" 　")
    for line in lines[1:]:
        ET.SubElement(element, "br").tail = line.strip(" 　")
    return element


def _mark_duty(element: ET.Element) -> None:
    last = element[-1] if len(element) else None
    text = (last.tail if last is not None else element.text) or ""
    found = _DUTY.search(text)
    if not found:
        return
    span = ET.SubElement(element, "span", {"class": "duty"})
    span.text = found[0]
    if last is not None:
        last.tail = text[: found.start()]
    else:
        element.text = text[: found.start()]


def _figure(paragraph: ET.Element) -> ET.Element:
    figure = ET.Element("figure")
    image = paragraph[0]
    image.tail = None
    title = image.attrib.pop("title", "")
    figure.append(image)
    if title:
        ET.SubElement(figure, "figcaption").text = title
    return figure


def _framed(table: ET.Element, label: str) -> ET.Element:
    """A table in a frame that scrolls sideways and takes the keyboard."""
    caption = table.find("caption")
    name = "".join(caption.itertext()).strip() if caption is not None else label
    frame = ET.Element(
        "div",
        {
            "class": "table",
            "role": "region",
            "tabindex": "0",
            "aria-label": f"表格：{name}" if name else "表格",
        },
    )
    for cell in table.iter("th"):
        if "scope" not in cell.attrib:
            cell.set("scope", "col")
    for cell in table.iter():
        style = cell.attrib.pop("style", "")
        if "right" in style:
            cell.set("class", "number")
        elif "center" in style:
            cell.set("class", "centre")
    frame.append(table)
    return frame


class _TableReader(HTMLParser):
    """An HTML table → a tree, tag by tag; what may not stand in a table is a fault."""

    def __init__(self, sheet: _Sheet, offset: int) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = sheet
        self.origin = sheet.mark(offset)
        self.root = ET.Element("root")
        self.open = [self.root]
        self.marks = {self.root: self.origin}
        self.told: set[str] = set()

    def _mark(self) -> Mark:
        line, column = self.getpos()
        return Mark(self.origin.line + line - 1, column + 1)

    def _fault(self, message: str, remedy: str) -> None:
        """Said once for a table: what a word processor leaves behind stands in every cell."""
        if message not in self.told:
            self.sheet.fault(self._mark(), message, remedy)
        self.told.add(message)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = _TABLE_TAGS.get(tag)
        if allowed is None:
            self._fault(f"表格里不能用 <{tag}>", f"删去表格里所有的 <{tag}>，保留里面的文字")
            return
        if len(self.open) > _DEEPEST:
            self._fault("表格里的标签套得太深", "按 <table><tr><td> 的层次写")
            return
        while len(self.open) > 1 and self.open[-1].tag in _CLOSED_BY.get(tag, ()):
            self.open.pop()
        element = ET.SubElement(self.open[-1], tag, self._attributes(tag, attrs, allowed))
        self.marks[element] = self._mark()
        if tag not in _VOID:
            self.open.append(element)

    def _attributes(
        self, tag: str, attrs: list[tuple[str, str | None]], allowed: set[str]
    ) -> dict[str, str]:
        kept: dict[str, str] = {}
        for key, value in attrs:
            if key not in allowed:
                self._fault(
                    f"<{tag}> 不能带 {key}", f'删去表格里所有的 {key}="…"；样式由网站统一设置'
                )
            elif not _good_attribute(key, value or ""):
                self._fault(
                    f'<{tag}> 的 {key}="{value}" 不对',
                    "colspan、rowspan 写 1 到 100 的整数，scope 写 col 或 row",
                )
            else:
                kept[key] = value or ""
        return kept

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
        elif tag in _TABLE_TAGS and tag not in _VOID:
            self._fault(f"</{tag}> 没有对应的开头", f"删去 </{tag}>")

    def handle_comment(self, data: str) -> None:
        self._fault("表格里不能写注释", f"删去注释“{data.strip()[:20]}”")

    def handle_data(self, data: str) -> None:
        here = self.open[-1]
        if here.tag in {"table", "thead", "tbody", "tfoot", "tr", "root"}:
            if words := data.strip():
                before = data[: data.index(words[0])]
                mark = self._mark()
                column = mark.column if "\n" not in before else 1
                column += len(before.rpartition("\n")[2])
                self.sheet.fault(
                    Mark(mark.line + before.count("\n"), column),
                    f"“{words[:20]}”没有放在单元格里",
                    "放进 <td> 和 </td> 之间",
                )
            return
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data

    def finish(self) -> ET.Element:
        table = self.root.find("table")
        if table is None or self.root[0] is not table or not any(True for _ in table.iter("tr")):
            self.sheet.fault(self.origin, "表格没有行", "写 <table><tr><td>内容</td></tr></table>")
            table = ET.Element("table")
            ET.SubElement(ET.SubElement(table, "tr"), "td")
        self._check_nesting(table)
        return table

    def _check_nesting(self, parent: ET.Element) -> None:
        for child in parent:
            if parent.tag not in _PARENTS[child.tag]:
                self.sheet.fault(
                    self.marks.get(child, self.origin),
                    f"<{child.tag}> 不能直接放在 <{parent.tag}> 里",
                    "按 <table><tr><td> 的层次写",
                )
            self._check_nesting(child)
        if parent.tag == "tr" and len(parent) == 0:
            mark = self.marks.get(parent, self.origin)
            self.sheet.fault(mark, "表格有一行没有单元格", "删去空行 <tr></tr>")


_PARENTS = {
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "table": set[str](),
    "p": {"td", "th"},
    "strong": {"td", "th", "p", "caption", "sub", "sup"},
    "b": {"td", "th", "p", "caption"},
    "br": {"td", "th", "p", "caption", "strong", "b"},
    "sub": {"td", "th", "p", "strong"},
    "sup": {"td", "th", "p", "strong"},
}


def _good_attribute(key: str, value: str) -> bool:
    if key == "scope":
        return value in {"col", "row", "colgroup", "rowgroup"}
    return bool(re.fullmatch(r"[1-9]\d?|100", value))


def headings_of(body: Body) -> Iterator[Heading]:
    """The headings that a contents list shows: the two upper levels."""
    return (h for h in body.headings if h.level <= _FIRST_LEVEL + 1)
