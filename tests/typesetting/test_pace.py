"""What is kept from one layout to the next changes no byte of any PDF."""

from __future__ import annotations

import gc
import hashlib
import inspect
from pathlib import Path

import pydyf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.typesetting import Faces, Sheet, typeset

SEEN = {
    "Layout.setup": "fb227a55094f41d4",
    "ComputedStyle.__missing__": "b318d8efc8ac79d7",
    "_font_style_cache_key": "d6b09d54b8258d58",
    "PDF.page_references": "060bf90aad55931b",
    "PDF.write": "242cd38f92ecd33f",
    "Stream.data": "bdc2bc513f286de7",
    "Dictionary.data": "1a6ebf2b6bc6adcb",
    "strut": "b57885b70dd08efe",
    "resolve_percentages": "71673078096fcf87",
    "resolve_one_percentage": "4cfaa9ad134e4f7b",
    "percentage": "ebe404ccd9da50bf",
    "adjust_box_sizing": "88f3351db0280d16",
    "split_first_line": "39ad1016863ca34d",
    "get_font_description": "85734b8947b9bf64",
}
STYLE = """
@page {
  size: 120mm 90mm;
  margin: 10mm;
  @top-left { content: string(title); width: 50% }
  @bottom-right { content: counter(page) }
}
html { font: 11pt/18pt 宋体; font-feature-settings: "chws" }
p { margin-inline-start: 1em; padding: 2pt; overflow-wrap: break-word; text-align: justify }
h2 { string-set: title content(); font-family: 黑体; letter-spacing: 0.1em; break-after: avoid }
.narrow { width: 3em }
.plain { white-space: pre-wrap }
.left { direction: rtl }
em { font-style: normal; text-decoration: underline; font-variant-caps: small-caps }
td { border: 1pt solid; border-inline-start-width: 3pt }
.one { border-collapse: collapse; width: 60%; min-height: 2em }
.note { float: footnote }
.note, .narrow { font-size: 8pt }
"""
ADDRESS = "https://www.example.gov.cn/"
WORDS = st.text("公开、信息。（一）“条例”Act 2021-07 naïve/", min_size=1, max_size=90)


def _page(*paragraphs: str) -> Sheet:
    body = "".join(paragraphs)
    html = f"<html lang='zh-CN'><title>甲</title><body>{body}</body></html>"
    return Sheet(html, STYLE, ADDRESS)


def _without_pace(sheet: Sheet, faces: Faces, work: Path) -> bytes:
    from weasyprint.css import ComputedStyle  # noqa: PLC0415  # slow to load
    from weasyprint.layout import inline  # noqa: PLC0415  # the same
    from weasyprint.text import line_break  # noqa: PLC0415  # the same

    from plugins.typesetting import pace  # noqa: PLC0415  # brings it in

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace, "install", lambda: None)
        patch.setattr(line_break.Layout, "setup", pace._setup)
        patch.setattr(ComputedStyle, "__missing__", pace._missing)
        patch.setattr(line_break, "_font_style_cache_key", pace._font_style_cache_key)
        patch.setattr(inline, "split_first_line", pace._split_first_line)
        patch.setattr(pydyf.PDF, "page_references", pace._page_references)
        patch.setattr(pydyf.PDF, "write", pace._write)
        pace.replace(pace.strut, pace._strut)
        pace.replace(pace.resolve_percentages, pace._resolve_percentages)
        return typeset(sheet, faces, work)


def test_a_document_with_every_kind_of_text_has_the_same_bytes(faces: Faces, work: Path) -> None:
    text = "各镇人民政府、街道办事处，区政府各部门：现将《办法》印发给你们，请认真贯彻执行。"
    sheet = _page(
        *(f"<h2 id='s{n}'>第{n}章　<em>总则 General</em></h2><p>{text * n}</p>" for n in range(9)),
        f"<p class='narrow'>{text} Llanfairpwllgwyngyll</p>",
        f"<p class='plain'>{text}\n\t甲　乙 {text}</p>",
        f"<p class='left' lang='en'>Regulations on the Disclosure of Information {text}</p>",
        f"<table><tr><th>甲</th><td>{text}</td></tr></table>",
        f"<table class='one'><tr><th>甲</th><td>{text}</td></tr></table>",
        "<svg width='200' height='40'><title>甲</title><text y='20'>公开流程 Act</text></svg>",
        f"<p>{text}<span class='note'>{text}</span><a href='#s3'>第三章</a></p>",
    )

    assert typeset(sheet, faces, work) == _without_pace(sheet, faces, work)


def test_what_was_set_before_changes_no_byte(faces: Faces, work: Path) -> None:
    wide = _page("<h2>总则</h2><p>某县人民政府公报，某县人民政府办公室编辑出版。</p>" * 9)
    other = STYLE.replace("padding: 2pt", "padding: 5%; box-sizing: border-box; max-width: 20em")
    narrow = Sheet(wide.html, other.replace("11pt/18pt", "12pt/18pt"), ADDRESS)
    first = [typeset(sheet, faces, work) for sheet in (wide, narrow)]

    again = [typeset(sheet, faces, work) for sheet in (narrow, wide)]

    assert again == first[::-1]
    assert first[1] == _without_pace(narrow, faces, work)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(WORDS, min_size=1, max_size=6), width=st.integers(1, 30))
def test_any_words_are_broken_into_the_same_lines(
    faces: Faces, work: Path, texts: list[str], width: int
) -> None:
    sheet = _page(*(f"<p style='width:{width}em'>{text * 3}</p>" for text in texts))

    assert typeset(sheet, faces, work) == _without_pace(sheet, faces, work)


def test_what_is_replaced_is_what_was_looked_at() -> None:
    from weasyprint.layout import percent  # noqa: PLC0415  # slow to load
    from weasyprint.text import fonts  # noqa: PLC0415  # the same

    from plugins.typesetting import pace  # noqa: PLC0415  # brings WeasyPrint in

    replaced = {
        "Layout.setup": pace._setup,
        "ComputedStyle.__missing__": pace._missing,
        "_font_style_cache_key": pace._font_style_cache_key,
        "PDF.page_references": pace._page_references.fget,
        "PDF.write": pace._write,
        "Stream.data": pydyf.Stream.data.fget,
        "Dictionary.data": pydyf.Dictionary.data.fget,
        "strut": pace._strut,
        "resolve_percentages": pace._resolve_percentages,
        "resolve_one_percentage": percent.resolve_one_percentage,
        "percentage": percent.percentage,
        "adjust_box_sizing": percent.adjust_box_sizing,
        "split_first_line": pace._split_first_line,
        "get_font_description": fonts.get_font_description,  # what it reads is a key of ours
    }

    found = {
        name: hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16]
        for name, function in replaced.items()
    }

    assert found == SEEN


def test_work_with_room_gives_what_it_gives_without_and_goes_as_deep() -> None:
    from plugins.typesetting.pace import with_room  # noqa: PLC0415  # brings WeasyPrint in

    def depth(left: int, *, so_far: int = 0) -> int:
        return depth(left - 1, so_far=so_far + 1) if left else so_far

    assert with_room(depth)(500, so_far=1) == 501
    with pytest.raises(RecursionError):
        with_room(depth)(1_000_000)


@pytest.mark.parametrize("running", [True, False])
def test_setting_leaves_the_search_for_circles_as_it_was(
    faces: Faces, work: Path, *, running: bool
) -> None:
    before = gc.isenabled()
    gc.unfreeze()  # of what went before in this process
    (gc.enable if running else gc.disable)()
    try:
        typeset(_page("<p>甲</p>"), faces, work)

        assert gc.isenabled() is running
        assert gc.get_freeze_count() == 0
    finally:
        (gc.enable if before else gc.disable)()
