"""Books to look at, and what stands in one that was bound."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from plugins.epub import Book, Chapter, Section
from plugins.reading import Body
from plugins.reading.markup import read_body

ROOT = "https://www.example.gov.cn/zwgk/"
NAMESPACES = {
    "x": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = "{http://www.idpf.org/2007/ops}type"
NUMBERS = """\
各乡镇人民政府：

## 一、总则

第一条　见[第二条](2021-002.md#t2)、[本条](#t1)、[旧文](../2020/2020-001.md)、\
[别处](http://例子.中国/路径/[1]?a=100%&b=%E5%85%AC)、[来信](mailto:a@example.gov.cn)。

![2021年收入柱状图](收入.png "图1")

<table><caption>收入</caption>
<tr><th rowspan="2">项目</th><th colspan="2">金额</th></tr>
<tr><td>预算</td><td></td></tr></table>

| 序号 | 事项 |
| ---: | :---: |
| 1 | 甲 |

3. 三
4. 四

![会议录像](会议.mp4 "会议.vtt")

尧都区人民政府
2021年7月1日

（此件公开发布）
"""
RULES = "第一条　甲。\n\n第二条　乙，见[附件](2021-001.md#files)。\n"


def png() -> bytes:
    """A picture of one grey point."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d494844520000000100000001080000000"
        "03a7e9b550000000a49444154789c6368000000820081dd436af40000000049454e44ae426082"
    )


def body_of(source: str, document: str = "policies/2021/2021-001") -> Body:
    """A body as the content's files have it."""
    return read_body(f"content/{document}.md", document, source, 1)[0]


def chapter(number: int, title: str, source: str, **more: Any) -> Chapter:  # noqa: ANN401  # any field of a chapter
    """The chapter of a policy."""
    document = f"policies/2021/2021-{number:03}"
    html = body_of(source, document).html
    return Chapter(f"{number:02}", title, html, f"{ROOT}{document}/", **more)


def book(**more: Any) -> Book:  # noqa: ANN401  # any field of a book
    """An issue with two columns."""
    first = chapter(1, "关于<收入>的通知", NUMBERS, lines=("尧政发〔2021〕1号",), page=1)
    second = chapter(2, "管理办法", RULES, page=1)
    third = chapter(3, "解读", "为什么要改。", page=4)
    issue = Book(
        identifier=f"{ROOT}gazette/2021-01/",
        title="尧都区人民政府公报 2021年第1期（总第1期）",
        publisher="尧都区人民政府办公室",
        published=datetime(2021, 7, 15, 9, 30),
        sections=(Section("区人民政府文件", (first, second)), Section("政策解读", (third,))),
        description="尧都区人民政府公报，2021年第1期。",
        rights="免费赠阅",
        series="尧都区人民政府公报",
        number=1,
        printed=f"{ROOT}gazette/2021-01/2021-01.pdf",
        cover=("尧都区人民政府公报", "2021年第1期（总第1期）"),
        pictures={f"{ROOT}policies/2021/2021-001/收入.png": png()},
    )
    return replace(issue, **more)


def file_of(epub: bytes, name: str) -> bytes:
    """A file in a book."""
    with ZipFile(BytesIO(epub)) as archive:
        return archive.read(f"EPUB/{name}")


def leaf(epub: bytes, name: str) -> ET.Element:
    """A leaf of a book, as XML."""
    return ET.fromstring(file_of(epub, name))  # noqa: S314  # our own


def text_of(epub: bytes, chapter: str) -> str:
    """The text of a chapter (its id), as `Body.text` has it: a blank after each cell."""
    text = leaf(epub, f"chapter-{chapter}.xhtml").find(".//x:div[@id='_text']", NAMESPACES)
    assert text is not None
    return plain(text)


def plain(element: ET.Element) -> str:
    """All text of an element, a blank after each cell."""
    for cell in element.iter():
        if re.search(r"\bt[dh]$", cell.tag.replace("}", " ")):
            cell.tail = f" {cell.tail or ''}"
    return "".join(element.itertext()).strip()
