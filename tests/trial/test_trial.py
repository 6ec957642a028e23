"""A made-up corpus with every oddity: converted, published, counted, and nothing of it lost."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plugins.reading import Document, read_document
from plugins.reading.data import read_vocabularies
from plugins.records import Policy, Record
from plugins.trial import command
from plugins.trial.comparing import broken_links, compare
from plugins.trial.converting import Converted, convert, escaped, markdown
from plugins.trial.facts import facts_of
from plugins.trial.oddities import oddities
from plugins.trial.sources import find_texts, read_source

RIVERS = """# 河道巡查条例

2003年5月1日 中华人民共和国国务院令第9001号公布

2004年6月1日 施行

<!-- INFO END -->

## 第一章 总则

第一条 为了照看河道，制定本条例。

第二条 河道分为：

(一)大河；

(二)小河。

### 第一节 巡查

第三条 巡查人每日走一遍。
"""
RIVERS_AMENDED = RIVERS.replace(
    "2004年6月1日 施行", "2010年7月8日 《国务院关于修改〈河道巡查条例〉的决定》第一次修订　"
)
JOINT = """# 最高人民法院、最高人民检察院关于办理《中华人民共和国示例法》案件的解释

2011年2月3日 最高人民法院审判委员会第1次会议、最高人民检察院第一届检察委员会第2次会议通过

<!-- INFO END -->

现解释如下：

<!-- TABLE -->
| 事项 |说明 |
|-----|-----|
| 第一项 |甲 |乙 |
| 第二项 |
<!-- TABLE END -->

本解释自公布之日起施行。
"""
SIGNS = r"""# 符号大全办法

2012年1月1日 交通部令第7号发布

<!-- INFO END -->

# 第一章 一级标题

#### 第一目 跳了级

34. 数字开头的不是清单。

- 减号开头的不是清单。

> 大于号开头的不是引用。

带*星号*、_下划线_、`反引号`、[方括号](圆括号)、{花括号}、\反斜线和~~波浪线~~。

甲<乙>丙，甲&乙，&lt;不是尖括号&amp;

#没有空格的井号

---
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, "行政法规/河道巡查条例(2003-05-01).md", RIVERS)
    write(folder, "行政法规/河道巡查条例(2010-07-08).md", RIVERS_AMENDED)
    write(folder, "行政法规/符号大全办法(2012-01-01).md", SIGNS)
    write(folder, "司法解释/联合解释(2011-02-04).md", JOINT)
    write(folder, "行政法规/_index.md", "---\nbookCollapseSection: true\n---")
    write(folder, "说明.txt", "不是文本")
    return folder


def write(corpus: Path, path: str, text: str) -> None:
    file = corpus / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def only(tmp_path: Path, text: str, name: str = "行政法规/示例(2001-02-03).md") -> Converted:
    folder = tmp_path / "only"
    write(folder, name, text)
    return convert([read_source(folder, name)])[0]


def document_of(text: Converted, root: Path) -> Document[Record]:
    files = {p.name: p.read_bytes() for p in (root / "content/vocabularies").glob("*.yaml")}
    vocabularies, _ = read_vocabularies(files, "vocabularies")
    path = f"content/{text.id}.md"
    reading = read_document(text.id, path, markdown(text).encode(), vocabularies)
    assert reading.document is not None, reading.problems
    return reading.document


def kinds_in(tmp_path: Path, text: str, name: str = "行政法规/示例(2001-02-03).md") -> set[str]:
    return {oddity.kind for oddity in oddities([only(tmp_path, text, name)])}


def run(corpus: Path, output: Path | None, root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.chdir(root)
    return command(argparse.Namespace(corpus=corpus, output=output))


def test_a_corpus_becomes_a_site_and_an_account_of_it(
    corpus: Path,
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(corpus, tmp_path / "site", root, monkeypatch) == 0
    said = capsys.readouterr()
    assert "读到文件 6 个：文本 4 篇，不是文本的 2 个" in said.out
    assert "错误 0 处" in said.out
    assert "网页上缺 0 个，多 0 个；汉字顺序不同 0 篇，标点、数字、字母不同 0 篇" in said.out
    assert "原文 6 条，网页上认出 6 条" in said.out
    assert "试生成通过。" in said.out
    assert "\x1b" not in said.out
    pages = sorted((tmp_path / "site/policies").glob("[0-9]*/flfg-*/index.html"))
    assert len(pages) == 4
    report = (tmp_path / "trial-report.txt").read_text(encoding="utf-8")
    assert "行政法规/_index.md" in report
    assert "说明.txt" in report
    assert "policies/2003/flfg-0002  行政法规/河道巡查条例(2003-05-01).md" in report


def test_two_runs_write_the_same_site(
    corpus: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        assert run(corpus, tmp_path / name, root, monkeypatch) == 0
    first, second = (
        {
            p.relative_to(tmp_path / name): p.read_bytes()
            for p in (tmp_path / name).rglob("*")
            if p.is_file()
        }
        for name in ("one", "two")
    )
    assert first == second


def test_a_wrong_path_is_told_in_one_message(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "nowhere", tmp_path / "site", root, monkeypatch) == 1
    said = capsys.readouterr()
    assert said.err.startswith("找不到文件夹")
    assert said.err.count("改法：") == 1
    assert not said.out
    assert not (tmp_path / "site").exists()


def test_a_folder_without_texts_is_told(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, tmp_path / "site", root, monkeypatch) == 1
    assert "没有法规文本" in capsys.readouterr().err


def test_outside_the_project_it_says_where_to_run(
    corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(corpus, tmp_path / "site", tmp_path, monkeypatch) == 1
    assert "在项目文件夹里运行" in capsys.readouterr().err


def test_a_folder_that_no_build_has_made_is_left_alone(
    corpus: Path,
    tmp_path: Path,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(tmp_path, "site/letter.txt", "我的信")
    assert run(corpus, tmp_path / "site", root, monkeypatch) == 1
    assert "没有改动它" in capsys.readouterr().err
    assert (tmp_path / "site/letter.txt").read_text(encoding="utf-8") == "我的信"


def test_the_countys_own_site_is_never_overwritten() -> None:
    from plugins.trial.command import SITE, _site_folder  # noqa: PLC0415

    assert _site_folder(None) == SITE
    assert _site_folder(Path("output")) == SITE
    assert _site_folder(Path("elsewhere")) == Path("elsewhere")


def test_texts_are_found_in_a_fixed_order_and_other_files_named(corpus: Path) -> None:
    texts, others = find_texts(corpus)
    assert texts == sorted(texts)
    assert len(texts) == 4
    assert others == ["行政法规/_index.md", "说明.txt"]


def test_days_number_and_issuer_come_from_the_head(tmp_path: Path) -> None:
    facts = only(tmp_path, RIVERS, "行政法规/河道巡查条例(2003-05-01).md").facts
    assert facts.issuers == ("中华人民共和国国务院",)
    assert facts.number == "中华人民共和国国务院令第9001号"
    assert (facts.signed, facts.published) == (date(2003, 5, 1), date(2003, 5, 1))
    assert facts.effective == date(2004, 6, 1)
    assert facts.kind == "命令（令）"


@pytest.mark.parametrize(
    ("title", "head", "issuers"),
    [
        ("示例办法", "2001年2月3日 交通部令第7号发布", ("中华人民共和国交通部",)),
        ("示例办法", "2001年2月3日 国家统计局发布", ("国家统计局",)),
        (
            "示例办法",
            "2001年2月3日 公安部、交通部发布　",
            ("中华人民共和国公安部", "中华人民共和国交通部"),
        ),
        ("国务院关于示例的规定", "", ("中华人民共和国国务院",)),
        ("示例办法", "中央军委发布", ("中华人民共和国中央军事委员会",)),
        ("示例规则", "2001年2月3日 最高人民法院审判委员会第8次会议通过", ("最高人民法院",)),
        ("示例办法", "2001年2月3日 国务院批准", ("中华人民共和国国务院",)),
    ],
)
def test_issuers_are_read_from_title_line_or_meeting(
    tmp_path: Path, title: str, head: str, issuers: tuple[str, ...]
) -> None:
    text = only(tmp_path, f"# {title}\n\n{head}\n\n<!-- INFO END -->\n\n第一条 甲。\n")
    assert text.facts.issuers == issuers
    assert not text.facts.issuer_is_guessed


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于修改示例条例的决定", "决定"),
        ("关于示例问题的批复（二）", "批复"),
        ("关于示例的通知", "通知"),
        ("示例条例", "命令（令）"),
    ],
)
def test_the_kind_follows_the_title(tmp_path: Path, title: str, kind: str) -> None:
    assert only(tmp_path, f"# {title}\n\n<!-- INFO END -->\n").facts.kind == kind


def test_a_number_in_old_brackets_is_mended(tmp_path: Path) -> None:
    text = only(tmp_path, "# 甲\n\n示薪发［1995］32号\n\n<!-- INFO END -->\n\n乙。\n")
    assert text.facts.number == "示薪发〔1995〕32号"


def test_days_in_characters_are_read(tmp_path: Path) -> None:
    head = "一九九五年三月二十六日 国务院发布"
    text = only(tmp_path, f"# 甲\n\n{head}\n\n<!-- INFO END -->\n\n乙。\n", "甲.md")
    assert text.facts.published == date(1995, 3, 26)


def test_versions_of_a_text_are_linked_and_share_no_number(corpus: Path, root: Path) -> None:
    texts, _ = find_texts(corpus)
    found = convert([read_source(corpus, path) for path in texts])
    older, newer = (t for t in found if t.source.title == "河道巡查条例")
    assert newer.older == older.id == "policies/2003/flfg-0002"
    assert newer.number_taken_by == older.id
    assert newer.facts.amended == (date(2010, 7, 8),)
    record = document_of(newer, root).record
    assert isinstance(record, Policy)
    assert record.amends == (older.id,)
    assert record.number is None


def test_joint_texts_have_a_lead_and_the_laws_of_their_title_as_keywords(
    tmp_path: Path, root: Path
) -> None:
    record = document_of(only(tmp_path, JOINT, "司法解释/甲(2011-02-04).md"), root).record
    assert isinstance(record, Policy)
    assert record.issuers == ("最高人民法院", "最高人民检察院")
    assert record.lead == "最高人民法院"
    assert record.keywords == ("中华人民共和国示例法",)
    assert record.signed == date(2011, 2, 3)


def test_a_table_keeps_the_cells_of_its_longest_row(tmp_path: Path, root: Path) -> None:
    html = document_of(only(tmp_path, JOINT, "司法解释/甲(2011-02-04).md"), root).body.html
    assert [len(re.findall("<t[hd]", row)) for row in html.split("<tr>")[1:]] == [3, 3, 3]
    assert "乙" in html


def test_every_sign_of_a_text_is_on_the_page_as_it_was_written(tmp_path: Path, root: Path) -> None:
    text = only(tmp_path, SIGNS)
    document = document_of(text, root)
    page = tmp_path / text.id / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<main>{document.body.html}</main>", encoding="utf-8")
    found = compare(text, document.body.html, tmp_path)
    assert found.is_whole
    assert found.signs_in_order
    assert "<ol>" not in document.body.html
    assert "<em>" not in document.body.html
    assert "<blockquote>" not in document.body.html


def test_headings_fit_their_places(tmp_path: Path, root: Path) -> None:
    headings = document_of(only(tmp_path, SIGNS), root).body.headings
    assert [(h.level, h.text) for h in headings] == [(2, "第一章 一级标题"), (3, "第一目 跳了级")]


def test_a_page_that_misses_characters_is_found_out(tmp_path: Path, root: Path) -> None:
    text = only(tmp_path, RIVERS)
    body = document_of(text, root).body.html.replace("每日", "日")
    page = tmp_path / text.id / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(body, encoding="utf-8")
    found = compare(text, body, tmp_path)
    assert found.lost == {"每": 1}
    assert not found.is_whole
    absent = compare(text, body + "别的", tmp_path)
    assert sum(absent.lost.values()) == absent.han


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, "index.html", '<a href="a/">甲</a><a href="b/?x#y">乙</a><a href="#m">丙</a>')
    write(site, "a/index.html", '<a href="../">上</a><img src="p.png"><a href="tel:1">打</a>')
    assert list(broken_links(site)) == [("a/index.html", "a/p.png"), ("index.html", "b/")]


def test_a_line_that_means_nothing_to_markdown_is_left_as_it_is() -> None:
    assert escaped("第一条 为了“照看”河道（含小河），制定本条例。") == (
        "第一条 为了“照看”河道（含小河），制定本条例。"
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("没有标题行", "2001年2月3日 国务院发布\n\n<!-- INFO END -->\n\n甲。\n"),
        ("没有 INFO END 标记", "# 甲\n\n2001年2月3日 国务院发布\n\n乙。\n"),
        ("没有日期行", "# 甲\n\n<!-- INFO END -->\n\n乙。\n"),
        ("日期不存在", "# 甲\n\n2001年2月30日 国务院发布\n\n<!-- INFO END -->\n\n乙。\n"),
        ("日期认不出", "# 甲\n\n2001.2.3 国务院发布\n\n<!-- INFO END -->\n\n乙。\n"),
        ("日期行没有写做了什么", "# 甲\n\n2001年2月3日\n\n<!-- INFO END -->\n\n乙。\n"),
        ("题注里没有日期的行", "# 甲\n\n国务院发布\n\n<!-- INFO END -->\n\n乙。\n"),
        (
            "文件名里的日期不在日期行中",
            "# 甲\n\n2000年1月1日 国务院发布\n\n<!-- INFO END -->\n\n乙。\n",
        ),
        (
            "施行早于成文",
            "# 甲\n\n2001年2月3日 国务院发布\n\n2000年1月1日 施行\n\n<!-- INFO END -->\n\n乙。\n",
        ),
        ("看不出发文机关", "# 甲\n\n<!-- INFO END -->\n\n乙。\n"),
        (
            "文号放不进本站的写法",
            "# 甲\n\n2001年2月3日 交通部令第12345号发布\n\n<!-- INFO END -->\n\n乙。\n",
        ),
        ("正文为空", "# 甲\n\n<!-- INFO END -->\n"),
        ("控制字符", "# 甲\n\n<!-- INFO END -->\n\n乙\x07丙。\n"),
        ("看不见的字符", "# 甲\n\n<!-- INFO END -->\n\n乙\u200b丙。\n"),
        ("乱码（私用区或替换字符）", "# 甲\n\n<!-- INFO END -->\n\n乙\ue003丙\n"),
        ("HTML 注释", "# 甲\n\n<!-- INFO END -->\n\n<!-- 注 -->\n\n乙。\n"),
        ("半角括号", "# 甲\n\n<!-- INFO END -->\n\n(一)乙。\n"),
        ("括号不成对", "# 甲\n\n<!-- INFO END -->\n\n乙（丙。\n"),
        ("后引号多于前引号", "# 甲\n\n<!-- INFO END -->\n\n乙”丙。\n"),
        ("会改变原文的 Markdown 符号", "# 甲\n\n<!-- INFO END -->\n\n带*号的药品。\n"),
        ("标题跳级", "# 甲\n\n<!-- INFO END -->\n\n### 第一节 乙\n\n丙。\n"),
        ("正文里有一级标题", "# 甲\n\n<!-- INFO END -->\n\n# 第一章 乙\n\n丙。\n"),
        ("标题行没有文字", "# 甲\n\n<!-- INFO END -->\n\n##\n\n丙。\n"),
        ("编章节的名称不是标题", "# 甲\n\n<!-- INFO END -->\n\n第一章 总则\n\n丙。\n"),
        ("条号后没有空格", "# 甲\n\n<!-- INFO END -->\n\n第一条为了乙。\n"),
        ("条号重复", "# 甲\n\n<!-- INFO END -->\n\n第一条 乙。\n\n第一条 丙。\n"),
        ("条号跳号", "# 甲\n\n<!-- INFO END -->\n\n第一条 乙。\n\n第三条 丙。\n"),
        ("条号倒退", "# 甲\n\n<!-- INFO END -->\n\n第三条 乙。\n\n第二条 丙。\n"),
    ],
)
def test_what_is_odd_is_named_and_the_text_still_becomes_a_document(
    tmp_path: Path, root: Path, kind: str, text: str
) -> None:
    assert kind in kinds_in(tmp_path, text)
    assert document_of(only(tmp_path, text), root).record.title


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("文件名里没有日期", "行政法规/示例.md"),
        ("文件名里的日期不存在", "行政法规/示例(2001-02-30).md"),
    ],
)
def test_what_is_odd_in_a_files_name_is_named(tmp_path: Path, kind: str, name: str) -> None:
    assert kind in kinds_in(tmp_path, RIVERS, name)


def test_texts_of_one_title_and_a_number_used_twice_are_named(corpus: Path) -> None:
    texts, _ = find_texts(corpus)
    found = oddities(convert([read_source(corpus, path) for path in texts]))
    count = Counter(oddity.kind for oddity in found)
    assert count["标题重复"] == 2
    assert count["文号与另一篇相同"] == 1


def test_a_text_in_an_old_encoding_is_read_and_named(tmp_path: Path) -> None:
    name = "行政法规/河道巡查条例(2003-05-01).md"
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_bytes(RIVERS.encode("gb18030"))
    source = read_source(tmp_path, name)
    assert source.title == "河道巡查条例"
    assert "不是 UTF-8 编码" in {o.kind for o in oddities(convert([source]))}


def test_an_article_with_a_suffix_is_no_gap_and_a_new_paragraph_of_a_quotation_no_fault(
    tmp_path: Path,
) -> None:
    body = "第一条 “乙。\n\n“丙。”\n\n第一条之一 丁。\n\n第二条 戊。\n"
    found = kinds_in(tmp_path, f"# 甲\n\n2001年2月3日 国务院发布\n\n<!-- INFO END -->\n\n{body}")
    assert found == set()


def test_a_text_without_any_day_gets_a_fixed_one(tmp_path: Path) -> None:
    text = only(tmp_path, "# 甲\n\n<!-- INFO END -->\n\n乙。\n", "行政法规/示例.md")
    assert not facts_of(text.source).has_day
    assert text.id == "policies/1949/flfg-0001"
