"""XHTML is well-formed, and says what the HTML said."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.epub.xhtml import anchors, xhtml
from tests.epub.shelf import NUMBERS, RULES, body_of, plain

PIECES = st.sampled_from(
    [
        *NUMBERS.split("\n\n"),
        *RULES.split("\n\n"),
        "## 二、附则 {#rules}",
        "**重**要<br>的 *话* `x < y` & &amp;copy; &nbsp; 丙\x85丁",
        "> 引文\n> - 一\n> - 二",
        "a < b & c > d \"e\" 'f'",
        "- - -",
        "![录音](会议.mp3)",
        '[链接](https://www.gov.cn/?a="b"&c=<d> "标题 & \'题\'")',
        "<table><tr><td>甲<br>乙<sup>2</sup><p>丙</td></tr></table>",
        "    四个空格\n    不是代码",
        "```\n围栏 <p>\n```",
    ]
)
BODIES = st.lists(PIECES | st.text(max_size=30), max_size=8).map("\n\n".join)


def same(address: str) -> str:
    return address


def element(html: str) -> ET.Element:
    whole = f'<div xmlns:epub="http://www.idpf.org/2007/ops">{xhtml(html, same, same)}</div>'
    return ET.fromstring(whole)  # noqa: S314  # our own


@given(BODIES | st.text(max_size=200))
@settings(max_examples=300)
@example("<table><tr><td></table>\n<table><script>")
@example("&#1; &#xD; &#xFFFF; &copy &lt;b&gt;")
@example("a\rb\x0cc\ufffe\u2028d")
def test_whatever_our_reading_gives_becomes_xml_with_the_same_text(source: str) -> None:
    body = body_of(source)

    made = plain(element(body.html))

    assert made == "".join(filter(fits_xml, body.text)).strip()


def fits_xml(character: str) -> bool:
    """XML 1.0, production 2."""
    code = ord(character)
    return character in "\t\n\r" or 0x20 <= code < 0xD800 or (code > 0xDFFF and code & ~1 != 0xFFFE)


@given(BODIES)
@settings(max_examples=100)
def test_every_anchor_of_a_body_is_one_of_the_xml(source: str) -> None:
    body = body_of(source)

    ids = {each.get("id") for each in element(body.html).iter() if each.get("id")}

    assert ids == body.anchors == anchors(body.html)


def test_void_elements_are_closed_and_empty_cells_are_not_cut_short() -> None:
    made = xhtml("<p>甲<wbr>乙<br>丙</p><hr><td></td>", same, same)

    assert made == "<p>甲<wbr/>乙<br/>丙</p><hr/><td></td>"


def test_cells_that_span_others_still_do() -> None:
    cells = element(body_of(NUMBERS).html).findall(".//th")

    assert [(cell.get("rowspan"), cell.get("colspan")) for cell in cells][:2] == [
        ("2", None),
        (None, "2"),
    ]


def test_what_was_left_open_is_closed_and_what_was_never_opened_is_left_out() -> None:
    assert xhtml("<p>甲<b>乙</i></p>丙</div>", same, same) == "<p>甲<b>乙</b></p>丙"


def test_a_film_gives_way_to_the_link_inside_it() -> None:
    made = xhtml(body_of("![会议录像](会议.mp4 '会议.vtt')").html, same, same)

    assert "<video" not in made
    assert "<track" not in made
    assert ">下载：会议录像</a>" in made


def test_notes_say_what_they_are_to_readers() -> None:
    made = element('<sup><a class="footnote-ref" href="#fn:1">1</a></sup>').find(".//a")

    assert made is not None
    assert made.get("role") == "doc-noteref"
    assert made.get("{http://www.idpf.org/2007/ops}type") == "noteref"


def test_attributes_that_xml_cannot_hold_are_left_out() -> None:
    made = element("<p a\"b='1' id='x' 1='2'>甲</p>").find("p")

    assert made is not None
    assert made.attrib == {"id": "x"}
