"""From an official paper in Markdown to HTML: its forms, its faults, and nothing unsafe."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.problems import Mark, Problem, Severity
from plugins.reading.markup import read_body
from plugins.reading.sheet import Body

FIRST_LINE = 20
TABLE_ATTRIBUTES = {"class", "scope", "colspan", "rowspan"}
ALLOWED = {
    "p": {"class", "id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "strong": {"class"},
    "span": {"class"},
    "em": set[str](),
    "b": set[str](),
    "sub": set[str](),
    "sup": set[str](),
    "code": set[str](),
    "ul": set[str](),
    "ol": {"start"},
    "li": set[str](),
    "blockquote": set[str](),
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "video": {"src", "controls", "preload", "aria-label"},
    "audio": {"src", "controls", "preload", "aria-label"},
    "track": {"kind", "src", "srclang", "label", "default"},
    "figure": set[str](),
    "figcaption": set[str](),
    "div": {"class", "role", "tabindex", "aria-label"},
    "table": set[str](),
    "caption": set[str](),
    "thead": set[str](),
    "tbody": set[str](),
    "tfoot": set[str](),
    "tr": set[str](),
    "th": TABLE_ATTRIBUTES,
    "td": TABLE_ATTRIBUTES,
    "br": set[str](),
    "hr": set[str](),
}
VOID = {"br", "hr", "img", "track"}
SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|#|\.\./|(?![a-zA-Z][a-zA-Z0-9+.-]*:|/))")


def read(source: str) -> tuple[Body, list[Problem]]:
    return read_body(
        "content/policies/2021/2021-001.md", "policies/2021/2021-001", source, FIRST_LINE
    )


def html_of(source: str) -> str:
    """HTML of a body that has no fault, its line ends taken out."""
    body, problems = read(source)
    assert [p for p in problems if p.severity is Severity.ERROR] == []
    return body.html.replace("\n", "")


def faults_of(source: str) -> list[tuple[int, int, str]]:
    """Line and column within the body, and message, of every problem."""
    _, problems = read(source)
    return [(p.mark.line - FIRST_LINE + 1, p.mark.column, p.message) for p in problems]


class Reader(HTMLParser):
    """Reads HTML and notes all that may not be in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key not in ALLOWED.get(tag, set()):
                self.faults.append(f"<{tag} {key}>")
            if key in {"href", "src"} and not SAFE_ADDRESS.match(value or ""):
                self.faults.append(f"{key}={value}")
            if key == "id":
                self.ids.append(value or "")
        if tag not in ALLOWED:
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}>")


def unsafe_parts(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    doubles = [anchor for anchor in reader.ids if reader.ids.count(anchor) > 1]
    return [*reader.faults, *reader.open, *doubles]


# Forms of official papers (GB/T 9704-2012)


def test_headings_are_numbered_by_what_is_written_in_them() -> None:
    body, problems = read(
        "## 一、总则\n\n### （一）目的\n\n#### 1.范围\n\n##### （1）对象\n\n### （三）原则\n\n"
        "## 三、附则\n\n## 第五章 监督\n\n## 没有序号\n"
    )

    assert problems == []
    assert [(h.id, h.level, h.text) for h in body.headings] == [
        ("s1", 2, "一、总则"),
        ("s1.1", 3, "（一）目的"),
        ("s1.1.1", 4, "1.范围"),
        ("s1.1.1.1", 5, "（1）对象"),
        ("s1.3", 3, "（三）原则"),
        ("s3", 2, "三、附则"),
        ("s5", 2, "第五章 监督"),
        ("s6", 2, "没有序号"),
    ]
    assert [h.id for h in body.headings if h.level <= 3] == ["s1", "s1.1", "s1.3", "s3", "s5", "s6"]


def test_an_anchor_can_be_given_and_no_anchor_stands_twice() -> None:
    body, _ = read("## 附则 {#rules}\n\n## **附**则 {#rules}\n\n## 一、甲\n\n## 一、乙\n")

    assert [h.id for h in body.headings] == ["rules", "rules-2", "s1", "s1-2"]
    assert [h.text for h in body.headings] == ["附则", "附则", "一、甲", "一、乙"]


def test_a_heading_may_be_indented_and_need_no_blank_lines_around_it() -> None:
    assert html_of("前文\n  ## 一、总则\n后文") == '<p>前文</p><h2 id="s1">一、总则</h2><p>后文</p>'


def test_articles_have_anchors_by_their_numbers() -> None:
    assert html_of("第一条　为了公开，\n制定本办法。\n\n第十二条之一 适用。\n\n　　第三条\n") == (
        '<p class="article" id="t1"><strong class="article-number">第一条</strong>'
        "　为了公开，制定本办法。</p>"
        '<p class="article" id="t12-1"><strong class="article-number">第十二条之一</strong>'
        "　适用。</p>"
        '<p class="article" id="t3"><strong class="article-number">第三条</strong></p>'
    )


def test_a_sentence_that_only_mentions_an_article_is_no_article() -> None:
    assert html_of("第一条规定了范围。") == "<p>第一条规定了范围。</p>"


def test_only_the_opening_paragraph_says_who_is_addressed() -> None:
    address = '<p class="address">各乡镇人民政府，区直各部门：</p>'

    assert html_of("各乡镇人民政府，\n区直各部门：") == address
    assert 'class="address"' not in html_of("现将有关事项通知如下：")
    assert 'class="address"' not in html_of("## 一、甲\n\n各乡镇人民政府：")
    assert 'class="address"' not in html_of("为了公开。\n\n各乡镇人民政府：")


def test_issuer_and_date_at_the_end_are_a_signature() -> None:
    assert html_of("甲局\n乙局\n二〇二一年七月十二日") == (
        '<p class="signature">甲局<br>乙局<br>二〇二一年七月十二日</p>'
    )
    assert html_of("2021年7月12日") == '<p class="signature">2021年7月12日</p>'


def test_the_note_on_disclosure_and_the_bodies_in_charge_are_marked() -> None:
    assert html_of("（此件公开发布）") == '<p class="note">（此件公开发布）</p>'
    assert html_of("抓好**落实**。（责任单位：区财政局（牵头）、各乡镇）") == (
        "<p>抓好<strong>落实</strong>。"
        '<span class="duty">（责任单位：区财政局（牵头）、各乡镇）</span></p>'
    )


def test_numbered_lists_keep_their_numbers() -> None:
    assert html_of("3. 甲\n4. 乙") == '<ol start="3"><li>甲</li><li>乙</li></ol>'


def test_a_list_or_table_right_under_a_line_of_text_is_one_all_the_same() -> None:
    assert (
        html_of("有关事项如下：\n- 甲\n- 乙")
        == "<p>有关事项如下：</p><ul><li>甲</li><li>乙</li></ul>"
    )
    assert html_of("如下。\n1. 甲\n2. 乙") == "<p>如下。</p><ol><li>甲</li><li>乙</li></ol>"
    assert "<td>1</td>" in html_of("如下。\n| 项目 |\n|---|\n| 1 |")
    assert html_of("- 甲\n    - 乙\n- 丙") == "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>"


def test_columns_of_figures_are_set_to_the_right_and_every_table_can_scroll() -> None:
    assert html_of("## 一、收入\n\n| 项目 | 万元 |\n|---|---:|\n| 税收 | 12 |\n") == (
        '<h2 id="s1">一、收入</h2>'
        '<div aria-label="表格：一、收入" class="table" role="region" tabindex="0"><table>'
        '<thead><tr><th scope="col">项目</th><th class="number" scope="col">万元</th></tr></thead>'
        '<tbody><tr><td>税收</td><td class="number">12</td></tr></tbody></table></div>'
    )


def test_html_tables_may_join_cells() -> None:
    source = (
        "<table>\n<caption>表1 收支</caption>\n"
        '<tr><th rowspan="2">项目</th><th colspan="2" scope="colgroup">金额<br>万元</th></tr>\n'
        "<tr><td>a &lt; b</td><td>H<sub>2</sub>O</td></tr>\n</table>"
    )

    assert html_of(source) == (
        '<div aria-label="表格：表1 收支" class="table" role="region" tabindex="0"><table>'
        '<caption>表1 收支</caption><tr class="joined"><th rowspan="2" scope="col">项目</th>'
        '<th colspan="2" scope="colgroup">金额<br>万元</th></tr>'
        "<tr><td>a &lt; b</td><td>H<sub>2</sub>O</td></tr></table></div>"
    )


def test_an_html_table_with_its_end_tags_left_out_comes_out_whole() -> None:
    html = html_of("<TABLE><TR><TD>甲<TD>乙<TR><TD>丙</TABLE>")

    assert html.endswith("<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table></div>")


def test_words_of_neighbouring_cells_do_not_run_together_in_the_text() -> None:
    body, _ = read("<table><tr><td>甲</td><td>乙</td></tr></table>")

    assert body.text == "甲 乙"


def test_a_picture_alone_becomes_a_figure() -> None:
    assert html_of('![收入柱状图](a.png "图1")') == (
        '<figure><img alt="收入柱状图" src="a.png"><figcaption>图1</figcaption></figure>'
    )


# What would surprise a clerk does not happen


def test_four_spaces_do_not_make_code() -> None:
    assert html_of("    为了公开。\n\n\t制定本办法。") == "<p>为了公开。</p><p>制定本办法。</p>"


def test_hyphens_or_equals_signs_under_a_line_make_no_heading() -> None:
    assert html_of("为了公开\n---\n制定") == "<p>为了公开</p><hr><p>制定</p>"
    assert "<h" not in html_of("为了公开\n===\n制定")


def test_line_ends_between_chinese_characters_vanish() -> None:
    body, _ = read("为了\n公开，\n**依法**\n制定 ABC\nDEF")

    assert body.html == "<p>为了公开，<strong>依法</strong>制定 ABC\nDEF</p>"


def test_the_waves_between_numbers_stay() -> None:
    assert html_of("5~10元，8\\~9月，~~不删~~") == "<p>5~10元，8~9月，~~不删~~</p>"


def test_square_brackets_alone_are_text() -> None:
    assert html_of("[甲][1]\n\n[1]: https://a.cn") == "<p>[甲][1]</p><p>[1]: https://a.cn</p>"


def test_what_looks_like_a_tag_by_its_characters_only_is_text() -> None:
    assert html_of("a < b，<甲> &lt;b&gt; &#60;i&#62;") == (
        "<p>a &lt; b，&lt;甲&gt; &lt;b&gt; &lt;i&gt;</p>"
    )


# Links


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.gov.cn/?a=1&b=2", "https://www.gov.cn/?a=1&amp;b=2"),
        ("mailto:a@b.gov.cn", "mailto:a@b.gov.cn"),
        ("tel:0357-2000000", "tel:0357-2000000"),
        ("2021-002.md", "../../../policies/2021/2021-002/"),
        ("../../pages/guide.md#s1", "../../../pages/guide/#s1"),
        ("{filename}/pages/guide.md", "../../../pages/guide/"),
        ("附件 1.xlsx", "%E9%99%84%E4%BB%B6%201.xlsx"),
        ("<附件 1.xlsx>", "%E9%99%84%E4%BB%B6%201.xlsx"),
    ],
)
def test_a_link_leads_where_it_is_meant_to_from_the_page(written: str, address: str) -> None:
    assert html_of(f"[看]({written})") == f'<p><a href="{address}">看</a></p>'


def test_links_inside_the_site_are_noted_with_their_places() -> None:
    body, _ = read("见[通知](2021-002.md#s2)、\n[表](<附表 1.xlsx>)。\n\n## 一、甲\n\n[上文](#s1)")

    assert [(link.document, link.file, link.anchor) for link in body.links] == [
        ("policies/2021/2021-002", "", "s2"),
        ("", "附表 1.xlsx", ""),
        ("", "", "s1"),
    ]
    assert [link.mark for link in body.links] == [Mark(20, 7), Mark(21, 6), Mark(25, 6)]


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert",
        "JavaScript:alert",
        "java&#115;cript:alert",
        "&#106;avascript:alert",
        "data:text/html;x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.com/a",
        "http:",
        "https://[",
        "../a.xlsx",
        "/a.xlsx",
    ],
)
def test_an_address_that_leads_nowhere_good_is_a_fault_and_is_left_out(written: str) -> None:
    body, problems = read(f"[看]({written})")

    assert len(problems) == 1
    assert body.html == '<p><a href="">看</a></p>'


# Faults and their places


def test_faults_of_a_table_stand_where_they_are_and_once_for_each_kind() -> None:
    source = (
        '公开。\n\n<table width="9">\n<tr><td style="x">甲</td><td style="y">乙</td></tr>\n'
        '<tr></tr>\n  合计\n<tr><td colspan="0"><i>丙</i></td></tr></span></td>\n</table>\n'
    )

    assert faults_of(source) == [
        (3, 1, "<table> 不能带 width"),
        (4, 5, "<td> 不能带 style"),
        (6, 3, "“合计”没有放在单元格里"),
        (7, 5, '<td> 的 colspan="0" 不对'),
        (7, 21, "表格里不能用 <i>"),
        (7, 46, "</td> 没有对应的开头"),
        (5, 1, "表格有一行没有单元格"),
    ]


def test_a_tag_in_the_text_is_not_mistaken_for_the_same_tag_in_a_table() -> None:
    source = "<table><tr><td><b>甲</b></td></tr></table>\n\n公<b>开</b>\n"

    assert faults_of(source) == [(3, 2, "正文里不能用 HTML：<b>")]


def test_what_looks_like_a_heading_inside_a_table_is_none() -> None:
    assert faults_of("<table>\n<tr><td>\n# 号\n</td></tr>\n</table>") == []


def test_a_table_that_does_not_end_is_one_fault() -> None:
    assert faults_of("<table>\n<tr><td>甲</td></tr>\n<tr><td>乙</td></tr>") == [
        (1, 1, "表格没有写完整")
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("> " * 9 + "甲", "引用或列表嵌套太深"),
        ("- " * 9 + "甲", "引用或列表嵌套太深"),
        ("\n".join(" " * 4 * depth + "- 甲" for depth in range(9)), "引用或列表嵌套太深"),
        ("公开。" * 8000, "这一行有 24000 个字，太长"),
        ("<table><tr><td>" + "<strong>" * 99 + "</td></tr></table>", "表格里的标签套得太深"),
    ],
)
def test_what_no_official_paper_holds_is_refused_before_it_costs_minutes(
    source: str, message: str
) -> None:
    assert message in {said for _, _, said in faults_of(source)}


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "[](",
        "[a](b",
        "(",
        "（",
        "*",
        "**a ",
        "_",
        "`",
        "#",
        "|",
        ">",
        "<",
        "<table\n",
        "<!--",
        "\\",
        "~",
        "&",
        "&#",
        "“",
        "《",
        " ",
        "中 ",
        "- a\n",
        "1. ",
        "* * *\n",
        "|-|\n",
        "## 一、甲\n\n",
        "第一条 甲\n\n",
        "（责任单位：",
        "附件1",
        "政发[2021",
        "2021年1月",
        "<td>",
        "<table>\n",
        "\n",
        "{#a ",
    ],
)
def test_runs_of_one_thing_are_read_like_any_text(piece: str) -> None:
    for source in (piece * (30_000 // len(piece)), (piece * 40 + "\n") * (700 // len(piece))):
        body, _ = read(source)
        assert unsafe_parts(body.html) == []


# Any text at all

PIECES = st.sampled_from(
    [
        "## ",
        "# ",
        "#### ",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "| ",
        "|---|",
        "\n|-|-|\n",
        "**",
        "*",
        "_",
        "`",
        "[",
        "](",
        ")",
        "![",
        "](a.png)",
        "](b.md#s1)",
        "](javascript:a)",
        "<",
        ">",
        "<b>",
        "</b>",
        "<script>",
        "<table>",
        "\n<table>",
        "</table>\n",
        "<tr>",
        "<td>",
        "</td>",
        '<td colspan="2">',
        '<td onclick="x">',
        "<!--",
        "-->",
        "&lt;",
        "&#60;",
        "&amp;",
        '"',
        "'",
        "\\",
        "{#x}",
        "第一条　",
        "（一）",
        "一、",
        "（责任单位：甲）",
        "2021年7月12日",
        "公开",
        "依法制定",
        "各部门：",
        "abc",
        "onerror=",
        "style=",
        "<a href=x>",
        "<http://a>",
        "===",
        "---",
        "\u3000",
        "~",
    ]
)
BODIES = st.lists(PIECES, max_size=40).map("".join)


@given(BODIES | st.text(max_size=200))
@settings(max_examples=200)
@example("<table><tr><td></table>\n<table><script>")
@example('[a](b.md "x" onerror=y)')
@example("<table><tr><td>&lt;script&gt;</td></tr></table>")
@example("&#2;klzzwxh:0000&#3;")
def test_nothing_but_known_tags_and_attributes_ever_gets_out(source: str) -> None:
    body, problems = read(source)

    assert unsafe_parts(body.html) == []
    lines = source.count("\n") + 1
    for problem in problems:
        assert FIRST_LINE <= problem.mark.line < FIRST_LINE + lines
        assert problem.mark.column >= 1


@given(BODIES)
@settings(max_examples=200)
def test_no_chinese_word_of_a_body_is_lost(source: str) -> None:
    body, problems = read(source)
    markup = [r"\{#x\}"] if "{#x}" in source else []

    if not any(problem.severity is Severity.ERROR for problem in problems):
        written = re.findall(
            r"[\u4e00-\u9fff]", unescape(re.sub("|".join(markup) or "(?!)", "", source))
        )
        said = re.findall(r"[\u4e00-\u9fff]", body.text)
        pictures = re.findall(r"[\u4e00-\u9fff]", "".join(re.findall(r'alt="([^"]*)"', body.html)))
        assert sorted(said + pictures) == sorted(written)


@given(BODIES)
@settings(max_examples=100)
def test_the_headings_and_anchors_of_a_body_are_those_of_its_html(source: str) -> None:
    body, _ = read(source)

    reader = Reader()
    reader.feed(body.html)
    assert set(reader.ids) == set(body.anchors)
    assert {h.id for h in body.headings} <= set(body.anchors)


def test_a_film_is_played_where_it_stands_when_the_reader_asks_for_it() -> None:
    body, problems = read('![短片：怎样申请](a.mp4 "a.vtt")')

    assert problems == []
    assert body.html == (
        '<figure><video aria-label="短片：怎样申请" controls preload="metadata" src="a.mp4">'
        '<track default kind="captions" label="字幕" src="a.vtt" srclang="zh">'
        '<a href="a.mp4">下载：短片：怎样申请</a></video></figure>'
    )
    assert [link.file for link in body.links] == ["a.mp4", "a.vtt"]


def test_a_recording_is_played_too_and_may_have_a_caption() -> None:
    assert html_of('![录音：怎样申请](a.mp3 "图1")') == (
        '<figure><audio aria-label="录音：怎样申请" controls preload="metadata" src="a.mp3">'
        '<a href="a.mp3">下载：录音：怎样申请</a></audio><figcaption>图1</figcaption></figure>'
    )


def test_a_film_that_browsers_do_not_play_is_a_fault() -> None:
    assert faults_of("![短片](a.avi)") == [(1, 7, "浏览器放不了“a.avi”")]


def test_a_film_needs_a_name_and_lies_beside() -> None:
    assert faults_of("![](a.mp4)") == [(1, 5, "视频“a.mp4”没有文字说明")]
    assert faults_of("![短片](https://www.example.com/a.mp4)") == [
        (1, 7, "“https://www.example.com/a.mp4”不能用作图片")
    ]
