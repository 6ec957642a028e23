"""The form of official papers (GB/T 9704-2012): headings, 主送机关, 条, signature, links."""

from __future__ import annotations

import re
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from plugins.problems import Mark
from plugins.reading import numerals
from plugins.reading.media import PLAYED, PLAYERS, media_label, suffix_of
from plugins.reading.sheet import BodyLink, Heading, OutwardLink, Sheet
from plugins.reading.tables import framed

PLACEHOLDER = re.compile("\ufdd0table-(\\d+)\ufdd1")
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


class Form(Treeprocessor):
    """Walks the finished tree once: headings, paragraphs, links, images, tables."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.begin(Sheet("", "", "", 1))

    def begin(self, sheet: Sheet) -> None:
        """The next tree is that of this sheet."""
        self.sheet = sheet
        self.counts = [0] * (_LAST_LEVEL + 1)
        self.opening: ET.Element | None = None
        """The first block: the only one that can be the 主送机关."""

    def run(self, root: ET.Element) -> None:
        """Give the tree its form, and gather what it holds."""
        self.opening = next(iter(root), None)
        self._block(root)
        _sign_above(root)
        heads = list(_ATX.finditer(self.sheet.prose))
        self._check_levels(heads)
        for element in [each for each in root.iter() if each.tag in {"a", "img"}]:
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
                parent[place] = framed(
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
            and (found := PLACEHOLDER.fullmatch(element.text.strip()))
            and not len(element)
        ):
            return framed(
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
        what = media_label(written) if suffix_of(written) in PLAYED else "图片"
        if element.tag == "img" and not (element.get("alt") or "").strip():
            self.sheet.fault(
                mark,
                f"{what}“{written}”没有文字说明",
                f"在方括号里写{what}讲了什么：![2021年收入柱状图]({written})",
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
        if element.tag == "img" and suffix_of(written) in PLAYED:
            self._player(element, written, mark)

    def _player(self, element: ET.Element, written: str, mark: Mark) -> None:
        """A film or a recording, played where it stands, and only when the reader asks for it."""
        player = PLAYERS.get(suffix_of(written))
        if player is None:
            self.sheet.fault(
                mark,
                f"浏览器放不了“{written}”",
                "转成 mp4（视频）或 mp3（音频）；或改成链接：[下载视频](…)",
            )
            return
        source, name = element.attrib.pop("src"), element.attrib.pop("alt", "")
        captions = element.attrib.pop("title", "")
        element.tag = player
        element.attrib |= {
            "src": source,
            "controls": "controls",
            "preload": "metadata",
            "aria-label": name,
        }
        if captions:
            attributes = {
                "kind": "captions",
                "src": self._target(captions, mark, image=True),
                "srclang": "zh",
                "label": "字幕",
                "default": "default",
            }
            ET.SubElement(element, "track", attributes)
        ET.SubElement(element, "a", {"href": source}).text = f"下载：{name}"

    def _target(self, written: str, mark: Mark, *, image: bool) -> str:
        try:
            parts = urlsplit(written)
        except ValueError:
            self.sheet.fault(
                mark, f"“{written}”不是网址", "核对网址，写成 https://www.gov.cn/ 的样子"
            )
            return ""
        if parts.scheme in _WEB and parts.netloc and not image:
            self.sheet.outward.append(OutwardLink(written, mark))
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
    is_captions = image.get("title", "").endswith(".vtt")
    title = "" if is_captions else image.attrib.pop("title", "")
    figure.append(image)
    if title:
        ET.SubElement(figure, "figcaption").text = title
    return figure
