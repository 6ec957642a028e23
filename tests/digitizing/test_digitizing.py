"""A back issue is taken from its PDF: cut by article, nothing lost, nothing half written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import digitizing
from plugins.__main__ import parse
from plugins.checking import check_content
from plugins.digitizing import CannotDigitizeError, command, run
from plugins.digitizing.cutting import cut
from plugins.digitizing.pages import Line, lines_of
from plugins.digitizing.paragraphs import as_markdown, paragraphs
from plugins.problems import Severity
from plugins.reading.attachments import PageText
from plugins.reading.document import read_document
from plugins.reading.markup import read_body
from plugins.records import Issue, ListedArticle, Vocabularies
from tests.county import settings, write_county
from tests.digitizing.back_issue import FIRE, LIST, PAGES, SPRING, STAFF, asked
from tests.digitizing.paper import encrypted, pdf


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_county(tmp_path / "content")


def refused(content: Path, folder: Path, **changes: object) -> str:
    """Why an issue is refused; not one file is written."""
    before = sorted(content.rglob("*"))
    with pytest.raises(CannotDigitizeError) as caught:
        run(asked(folder, **changes), content)  # type: ignore[arg-type]  # each as it is named
    assert [p for p in sorted(content.rglob("*")) if p.is_file() and p not in before] == []
    return str(caught.value)


def test_an_issue_is_written_with_its_pdf_and_a_lock_and_is_sound(
    content: Path, tmp_path: Path
) -> None:
    told = run(asked(tmp_path / "in"), content)

    folder = content / "gazette"
    assert sorted(p.name for p in folder.iterdir()) == ["2018-01.lock", "2018-01.md", "2018-01.pdf"]
    assert (folder / "2018-01.pdf").read_bytes() == (tmp_path / "in/旧公报.pdf").read_bytes()
    assert "第一件从 PDF 的第2页开始" in told
    assert "写成了 某政发〔2018〕3号" in told
    problems = check_content(content, settings()).problems
    assert [p.severity for p in problems] == [Severity.REMINDER]
    assert "总第1至8期还没有录入" in problems[0].message


def test_each_article_has_its_text_and_no_running_heads(content: Path, tmp_path: Path) -> None:
    run(asked(tmp_path / "in"), content)

    text = (content / "gazette/2018-01.md").read_bytes()
    document = read_document("gazette/2018-01", "x", text, Vocabularies({})).document
    assert document is not None
    parts = re.split(r'<h2 id="a\d">[^<]*</h2>', document.body.html)[1:]
    words = [re.sub(r"<[^>]*>|\s", "", part) for part in parts]
    spring = "".join(SPRING.split())
    assert words[0] == f"某政发[2018]3号{spring}某县人民政府2018年2月6日（此件公开发布）"
    assert words[1:] == [FIRE, STAFF]


def test_paragraphs_are_those_of_the_paper(content: Path, tmp_path: Path) -> None:
    run(asked(tmp_path / "in"), content)

    body = (content / "gazette/2018-01.md").read_text("utf-8").partition("{#a1}")[2]
    first, second, third, signature = body.strip().split("\n\n")[1:5]
    assert first == SPRING.split("\n")[0]
    assert (second[:2], third[:2]) == ("一、", "二、")
    assert signature == "某县人民政府\n2018年2月6日"


@pytest.mark.parametrize("kind", ["hidden", "drawn"])
def test_text_behind_a_picture_marks_a_scan(content: Path, tmp_path: Path, kind: str) -> None:
    run(asked(tmp_path / "in", is_hidden=kind == "hidden"), content)

    marked = "scanned: true" in (content / "gazette/2018-01.md").read_text("utf-8")
    assert marked is (kind == "hidden")


def test_pages_without_text_are_counted_and_their_articles_listed(
    content: Path, tmp_path: Path
) -> None:
    pages: list[list[str]] = [[] for _ in PAGES]

    told = run(asked(tmp_path / "in", pages=pages, begins=2), content)

    assert "PDF 有3页没有文字（第2、3、4页）" in told
    text = (content / "gazette/2018-01.md").read_text("utf-8")
    assert "关于张某某等职务任免的通知" in text
    assert "\n## " not in text


def test_a_scan_without_text_must_be_told_where_it_begins(content: Path, tmp_path: Path) -> None:
    said = refused(content, tmp_path / "in", pages=[[] for _ in PAGES])

    assert "--begins" in said


def test_a_title_that_recognition_spoilt_a_little_is_found(content: Path, tmp_path: Path) -> None:
    pages = [[line.replace("春耕", "舂耕") for line in lines] for lines in PAGES]

    told = run(asked(tmp_path / "in", pages=pages), content)

    assert "找不到标题" not in told


def test_what_cannot_be_cut_is_told_and_kept(content: Path, tmp_path: Path) -> None:
    pages = [[line for line in lines if "冬季防火" not in line] for lines in PAGES]

    told = run(asked(tmp_path / "in", pages=pages), content)

    assert "第2页上找不到标题“关于加强冬季防火工作的紧急通知”" in told
    text = (content / "gazette/2018-01.md").read_text("utf-8")
    assert text.index("{#a1}") < text.index("值班人员不得离岗") < text.index("{#a3}")


def test_words_above_a_first_title_are_told(content: Path, tmp_path: Path) -> None:
    pages = [*PAGES[:3], [PAGES[3][0], "编者按：请注意", *PAGES[3][1:]], PAGES[4]]

    told = run(asked(tmp_path / "in", pages=pages), content)

    assert "上面的文字没有导入：编者按：请注意" in told


FAULTS = {
    "unknown column": (LIST.replace("栏目", "类别"), "没有“类别”这一列"),
    "no title": (LIST.replace("关于张某某等职务任免的通知", ""), "清单.csv:4:1"),
    "no page": (LIST.replace(",3,3", ",三,3"), "“三”不是整数"),
    "no day": (LIST.replace("2018-02-06", "2018-02-30"), "不是实际存在的日期"),
    "gap": (LIST.replace(",3,3", ",4,4"), "第3页不属于任何一件"),
    "turned pages": (LIST.replace(",1,2\n", ",2,1\n"), "第2至1页不对"),
    "out of order": (LIST.replace(",3,3", ",1,3"), "第1页在前一件的最后一页（第2页）之前"),
    "empty": (LIST.splitlines()[0], "里没有文件"),
    "too many pages": (LIST.replace(",3,3", ",3,9"), "PDF 只有5页"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_list_is_told_with_its_line(
    content: Path, tmp_path: Path, fault: str
) -> None:
    articles, message = FAULTS[fault]

    said = refused(content, tmp_path / "in", articles=articles, begins=2)

    assert message in said
    assert "    改法：" in said


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\nnothing", "文件已损坏"),
        (encrypted(pdf(PAGES)), "密码或权限保护"),
        (pdf([*PAGES, ["身份证号 11010519491231002X"]]), "公民身份号码"),
    ],
)
def test_a_pdf_that_may_not_be_published_is_refused(
    content: Path, tmp_path: Path, data: bytes, message: str
) -> None:
    assert message in refused(content, tmp_path / "in", data=data)


@pytest.mark.parametrize("ending", ["md", "pdf", "lock"])
def test_nothing_is_written_over(content: Path, tmp_path: Path, ending: str) -> None:
    (content / "gazette").mkdir()
    (content / f"gazette/2018-01.{ending}").write_text("x", "utf-8")

    assert "已经存在" in refused(content, tmp_path / "in")


def test_a_number_that_is_none_is_refused(content: Path, tmp_path: Path) -> None:
    assert "不是期号" in refused(content, tmp_path / "in", issue="2018年1期")


def test_files_inside_the_content_are_refused(content: Path) -> None:
    files = asked(content / "gazette")

    with pytest.raises(CannotDigitizeError, match="移到别的文件夹"):
        run(files, content)


def _typed(folder: Path, content: Path, *more: str) -> list[str]:
    files = asked(folder)
    words = ["import-gazette", str(files.pdf), "--list", str(files.articles), "--issue", "2018-01"]
    more = ("--total", "9", "--published", "2018-03-30", "--name", "某县政报", *more)
    return [*words, *more, "--content", str(content)]


def test_the_command_says_what_it_wrote_and_what_it_refuses(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, options = parse(_typed(tmp_path / "in", content))

    assert (command(options), command(options)) == (0, 1)

    told = capsys.readouterr()
    assert f"已写 {content.as_posix()}/gazette/2018-01.md" in told.out
    assert "请对照 PDF 校对" in told.out
    assert "已经存在，没有改动它\n    改法：" in told.err


def test_a_file_that_is_not_there_is_told(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, options = parse(_typed(tmp_path / "in", content))
    options.file.unlink()

    assert command(options) == 1

    assert "找不到或打不开文件" in capsys.readouterr().err


def test_when_a_file_cannot_be_written_none_is_left(
    content: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(file: Path, data: bytes) -> None:
        if file.suffix == ".lock":
            raise OSError(28, "设备上没有空间", str(file))
        file.write_bytes(data)

    monkeypatch.setattr(digitizing, "write_whole", full)
    _, options = parse(_typed(tmp_path / "in", content))

    assert command(options) == 1

    assert "设备上没有空间" in capsys.readouterr().err
    assert list((content / "gazette").iterdir()) == []


def test_the_name_of_the_gazette_is_that_of_its_newest_issue(content: Path, tmp_path: Path) -> None:
    run(asked(tmp_path / "in"), content)

    run(asked(tmp_path / "in", issue="2018-02")._replace(name="", total=10), content)

    text = (content / "gazette/2018-02.md").read_text("utf-8")
    assert 'title: "某县政报2018年第2期（总第10期）"' in text


def test_a_double_issue_has_both_numbers(content: Path, tmp_path: Path) -> None:
    run(asked(tmp_path / "in", issue="2018-05-06"), content)

    text = (content / "gazette/2018-05-06.md").read_text("utf-8")
    assert 'issue: "5-6"' in text
    assert "某县政报2018年第5-6期（总第9期）" in text


# --- Any text ---

_SIGNS = "一，。、12.()（）[]*_#`<>&|~!-+=\\{}ab 　"


@given(st.text(alphabet=_SIGNS, min_size=1, max_size=40).filter(lambda text: text.strip(" 　")))
def test_words_become_markdown_that_says_just_these_words(text: str) -> None:
    words = " ".join(text.replace("　", " ").split())

    body, problems = read_body("x.md", "gazette/2018-01", as_markdown(words), 1, quoted=True)

    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert "".join(body.text.split()) == "".join(words.split())


_WORDS = st.text(alphabet="甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=1, max_size=30)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=6), min_size=1, max_size=5))
def test_no_line_of_an_article_is_lost(pages: list[list[str]]) -> None:
    lines = lines_of(PageText("\n".join(page), is_hidden=False) for page in pages).lines
    listed = [ListedArticle(column="子", title="某某通知", first=1, last=len(pages))]

    (article,) = cut(lines, listed, 1).articles

    kept = "".join(line.text for page in lines for line in page)
    assert "".join(paragraphs(article, 40)).replace("\n", "") == kept


def test_lines_in_the_middle_of_a_page_are_no_running_heads() -> None:
    page = ["某县政报", "甲", "乙", "同一句话", "丙", "丁"]

    found = lines_of(PageText("\n".join(page), is_hidden=False) for _ in range(4))

    assert [line.text for line in found.lines[0]] == ["乙", "同一句话"]
    assert "某县政报" in found.heads


def test_strange_forms_of_common_characters_are_put_right() -> None:
    (page,) = lines_of([PageText("⼈ 民\u200b政 府 2018 年", is_hidden=False)]).lines

    assert page == (Line("人民政府 2018 年"),)


def test_a_gap_in_the_record_is_a_fault_of_the_issue() -> None:
    listed = [
        {"column": "甲", "title": "乙", "first": "1", "last": "2"},
        {"column": "甲", "title": "丙", "first": "5", "last": "6"},
    ]
    issue = Issue.model_validate(
        {
            "title": "政报2018年第1期（总第1期）",
            "year": "2018",
            "issue": "1",
            "total": "1",
            "published": "2018-03-30",
            "contents": [],
            "listed": listed,
        }
    )

    assert [fault.message for fault in issue.faults()] == ["第3至4页不属于任何一件"]
