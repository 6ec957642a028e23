"""HTML tables, tag by tag, and the frame in which every table scrolls.

HTML is taken for tables only, for they need cells that span others; what may not stand in a table
is a fault, so that nothing unsafe or unclosed can get out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from plugins.problems import Mark
from plugins.reading.sheet import Sheet

_DEEPEST = 12
TABLE_TAGS = {
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
_ROWS = {"table", "thead", "tbody", "tfoot"}
"""What holds rows, and no words of its own."""
_CLOSED_BY = {
    "tr": {"tr", "td", "th", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "p": {"p"},
    "tbody": {"thead", "tr", "td", "th", "p"},
    "thead": {"caption"},
    "tfoot": {"tbody", "tr", "td", "th", "p"},
}


def framed(table: ET.Element, label: str) -> ET.Element:
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
    _join_rows(table)
    frame.append(table)
    return frame


def written(table: ET.Element) -> str:
    """A table that was read, as HTML again: its tags, attributes and words, and nothing else."""
    table = deepcopy(table)
    for group in table.iter():
        if group.tag in _ROWS:
            group.text = "\n"
            for child in group:
                child.tail = "\n"
    return ET.tostring(table, encoding="unicode", method="html").strip("\n")


def _join_rows(table: ET.Element) -> None:
    """Mark the rows out of which a cell reaches into the next: on paper no page ends there."""
    for group in (table, *table.iter("thead"), *table.iter("tbody"), *table.iter("tfoot")):
        reach = 0
        for row in group.findall("tr"):
            spans = (int(cell.get("rowspan", "1")) for cell in row)
            reach = max(reach - 1, *(span - 1 for span in spans), 0)
            if reach:
                row.set("class", "joined")


class TableReader(HTMLParser):
    """An HTML table → a tree, tag by tag; what may not stand in a table is a fault."""

    def __init__(self, sheet: Sheet, offset: int) -> None:
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
        """Open an element; cells and rows close those before them, as in HTML."""
        allowed = TABLE_TAGS.get(tag)
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
        """Close an element and all that is open in it."""
        names = [element.tag for element in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]
        elif tag in TABLE_TAGS and tag not in _VOID:
            self._fault(f"</{tag}> 没有对应的开头", f"删去 </{tag}>")

    def handle_comment(self, data: str) -> None:
        """A comment would be published for everybody to read."""
        self._fault("表格里不能写注释", f"删去注释“{data.strip()[:20]}”")

    def handle_data(self, data: str) -> None:
        """Text belongs into a cell."""
        here = self.open[-1]
        if here.tag in {*_ROWS, "tr", "root"}:
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
        """The table as a tree; an empty one in the place of what is none."""
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
