"""What an editor is told of each thing that can go wrong: one folder, one fault, one report."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText

from plugins.checking import check_content
from plugins.problems import Problem, Severity, report
from plugins.settings import parse_build_date
from tests.county import plain_columns, settings

BROKEN = Path(__file__).parent / "broken"
BUILD_DATE = "2021-12-31"
COUNTY = {
    "organs/office.md": """\
---
title: 临汾市尧都区人民政府办公室
short_name: 区政府办公室
kind: 区政府部门
published: 2021-01-04
summary: 区政府的综合办事机构。
credit_code: 11141002MB0X000199
document_codes: 尧政办发
phone: 0357-2000000
---

负责区政府日常工作。
""",
    "organs/finance.md": """\
---
title: 临汾市尧都区财政局
short_name: 区财政局
kind: 区政府部门
published: 2021-01-04
summary: 主管全区财政工作。
document_codes: 尧财发
phone: 0357-2000001
---

主管全区财政工作。
""",
    "policies/2021/2021-001.md": """\
---
title: 临汾市尧都区人民政府办公室关于做好政务公开工作的通知
issuer: 临汾市尧都区人民政府办公室
index_number: 11141002MB0X000199/2021-00001
number: 尧政办发〔2021〕1号
category: 其他文件
kind: 通知
subject: 综合政务\\政务公开
disclosure: 主动公开
signed: 2021-03-01
effective: 2021-03-10
expires: 2026-03-10
published: 2021-03-02 09:30
summary: 部署全区政务公开工作。
topics: topics/transition
---

各乡镇人民政府，区直各部门：

现将有关事项通知如下。

## 一、总体要求

把群众关心的事讲明白。

## 二、工作任务

### （一）公开文件

文件印发后及时公开。

临汾市尧都区人民政府办公室
2021年3月1日
""",
    "policies/2021/2021-002.md": """\
---
title: 临汾市尧都区财政局关于公开财政信息的通知
issuer: 临汾市尧都区财政局
number: 尧财发〔2021〕8号
category: 其他文件
kind: 通知
disclosure: 主动公开
signed: 2021-05-10
published: 2021-05-12 10:00
summary: 部署财政信息公开。
related:
  - policies/2021/2021-001
---

预算和决算批复后公开，见[政务公开工作的通知](2021-001.md#s2)。
""",
    "interpretations/2021/2021-001.md": """\
---
title: 《关于做好政务公开工作的通知》解读
issuer: 临汾市尧都区人民政府办公室
disclosure: 主动公开
published: 2021-03-05 10:00
interprets: policies/2021/2021-001
kinds: 文字解读
summary: 解读政务公开工作的通知。
topics: topics/transition
waived:
  - slot: 新旧政策差异
    reason: 首次制定
---

## 一、政策背景

群众要求了解政策。

## 二、决策依据

依据条例。

## 三、出台目的

方便群众。

## 四、重要举措

及时公开。
""",
    "notices/2021/2021-001.md": """\
---
title: 临汾市尧都区财政局关于征求补贴目录意见的公告
issuer: 临汾市尧都区财政局
kind: 征求意见
disclosure: 主动公开
published: 2021-06-01 09:00
closes: 2021-06-30
summary: 就补贴目录征求意见。
topics: topics/transition
attachments: subsidies.csv
---

补贴目录见附件。
""",
    "notices/2021/subsidies.csv": "项目,标准\n耕地地力保护,每亩67元\n",
    "topics/transition.md": """\
---
title: 转型发展
published: 2021-03-02 10:00
summary: 集中公开转型发展的政策和进展。
empty:
  - part: 典型问题
    reason: 正在汇总
  - part: 落实情况
    reason: 每季度更新
  - part: 互动回应
    reason: 正在汇总
---

集中公开转型发展的政策和进展。
""",
    "pages/guide.md": """\
---
title: 政府信息公开指南
published: 2021-01-04
block: 政府信息公开指南
summary: 怎样查找和申请政府信息。
---

可以在本网站查找。
""",
    "privacy_allowlist.yaml": "[]\n",
    "workdays.yaml": "{}\n",
}
"""A sound county, as small as can be; a fixture is laid over it."""

CITIZEN = "141002190001010011"
MOBILE = "138" + "0013" + "8000"
"""Assembled here, so that no file of the repository holds it."""


def _in_gbk(content: Path) -> None:
    policy = content / "policies/2021/2021-002.md"
    policy.write_bytes(policy.read_text(encoding="utf-8").encode("gb18030"))


def _with_long_line(content: Path) -> None:
    policy = content / "policies/2021/2021-002.md"
    policy.write_text(policy.read_text(encoding="utf-8") + "公开。" * 7000, encoding="utf-8")


def _with_mobile(content: Path) -> None:
    notice = COUNTY["notices/2021/2021-001.md"]
    text = notice.replace("补贴目录见附件。", f"补贴目录见附件，联系{MOBILE}。")
    (content / "notices/2021/2021-001.md").write_text(text, encoding="utf-8")


def _with_attachment(content: Path, name: str, data: bytes) -> None:
    notice = COUNTY["notices/2021/2021-001.md"]
    text = notice.replace("attachments: subsidies.csv", f"attachments: {name}")
    (content / "notices/2021/2021-001.md").write_text(text, encoding="utf-8")
    (content / "notices/2021/subsidies.csv").unlink()
    (content / "notices/2021" / name).write_bytes(data)


def _with_docx(content: Path) -> None:
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(f"张某，{CITIZEN}")
    document.save(target)
    _with_attachment(content, "subsidies.docx", target.getvalue())


def _with_xlsx(content: Path) -> None:
    book, target = openpyxl.Workbook(), io.BytesIO()
    hidden = book.create_sheet("名单")
    hidden.sheet_state = "hidden"
    hidden["B2"] = CITIZEN
    book.save(target)
    _with_attachment(content, "subsidies.xlsx", target.getvalue())


def _with_pdf(content: Path) -> None:
    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_annotation(0, FreeText(text=CITIZEN, rect=(10, 10, 150, 30)))
    writer.write(target)
    _with_attachment(content, "subsidies.pdf", target.getvalue())


def _with_personal_name(content: Path) -> None:
    _with_attachment(content, f"{CITIZEN}.csv", "项目,标准\n".encode())


def _with_damaged_file(content: Path) -> None:
    _with_attachment(content, "subsidies.xlsx", b"no archive")


def _without_vocabulary(content: Path) -> None:
    (content / "vocabularies/notice_kinds.yaml").unlink()


def _with_link(content: Path) -> None:
    (content / "policies/2021/2021-003.md").symlink_to(content / "policies/2021/2021-002.md")


MADE: dict[str, Callable[[Path], None]] = {
    "gbk": _in_gbk,
    "line-too-long": _with_long_line,
    "mobile-in-body": _with_mobile,
    "personal-number-in-docx": _with_docx,
    "personal-number-in-xlsx": _with_xlsx,
    "personal-number-in-pdf": _with_pdf,
    "personal-number-in-file-name": _with_personal_name,
    "unreadable-attachment": _with_damaged_file,
    "missing-vocabulary": _without_vocabulary,
    "symlink": _with_link,
}
"""Faults that cannot lie in a repository: made on top of the sound county, by fixture name."""


def lay_county(content: Path, vocabularies: Path) -> None:
    """Write the sound county, with the project's own vocabularies."""
    for name, text in ({"columns.csv": plain_columns()} | COUNTY).items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    shutil.copytree(vocabularies, content / "vocabularies")


def lay(fixture: str, content: Path, vocabularies: Path) -> None:
    """Write the sound county and what one fixture breaks in it."""
    lay_county(content, vocabularies)
    broken = BROKEN / fixture / "content"
    if broken.is_dir():
        shutil.copytree(broken, content, dirs_exist_ok=True)
    make = MADE.get(fixture.partition("-")[2])
    if make:
        make(content)


def problems_of(content: Path, build_date: str = BUILD_DATE) -> tuple[Problem, ...]:
    return check_content(content, settings(parse_build_date(build_date))).problems


def build_date_of(fixture: str) -> str:
    own = BROKEN / fixture / "build_date.txt"
    return own.read_text(encoding="utf-8").strip() if own.exists() else BUILD_DATE


FIXTURES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
VOCABULARIES = Path(__file__).parents[2] / "content/vocabularies"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return tmp_path / "content"


def expected(fixture: str) -> str:
    told = BROKEN / fixture / "report.txt"
    return told.read_text(encoding="utf-8").rstrip("\n") if told.exists() else "(none yet)"


def test_the_county_that_everything_is_laid_over_is_sound(content: Path) -> None:
    lay_county(content, VOCABULARIES)

    assert report(problems_of(content)) == ""


@pytest.mark.parametrize("fixture", FIXTURES)
def test_a_fault_gets_exactly_its_report_at_its_place(fixture: str, content: Path) -> None:
    lay(fixture, content, VOCABULARIES)

    problems = problems_of(content, build_date_of(fixture))

    assert report(problems) == expected(fixture)
    for problem in problems:
        lines = _lines(content.parent / problem.path)
        assert 1 <= problem.mark.line <= len(lines)
        assert 1 <= problem.mark.column <= len(lines[problem.mark.line - 1]) + 1


def test_every_fault_made_here_belongs_to_a_fixture() -> None:
    names = {fixture.partition("-")[2] for fixture in FIXTURES}

    assert set(MADE) <= names
    assert len(names) == len(FIXTURES)


def _lines(path: Path) -> list[str]:
    data = path.read_bytes() if path.exists() else b""  # a missing vocabulary has no lines
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")


@pytest.mark.parametrize("fixture", FIXTURES)
def test_editors_are_told_in_chinese(fixture: str) -> None:
    unquoted = re.sub(r"“[^”]*”|（[^）]*）|：.*$", "", expected(fixture), flags=re.MULTILINE)

    assert not re.search(r"\b(?:error|expected|field|input|should|type|valid|value)\b", unquoted)
    for line in expected(fixture).splitlines():
        assert re.search(r"[\u4e00-\u9fff]{2}", line)


def test_all_problems_of_a_run_come_sorted_in_one_report(content: Path) -> None:
    lay(
        next(name for name in FIXTURES if name.endswith("everything-at-once")),
        content,
        VOCABULARIES,
    )

    problems = problems_of(content)

    places = [(p.severity is Severity.REMINDER, p.path, p.mark) for p in problems]
    assert places == sorted(places)
    assert report(reversed(problems)) == report(problems)
    assert len({p.path for p in problems}) == 7
    assert {p.severity for p in problems} == set(Severity)


WHOLE_LINE = re.compile(
    r"(?:改用空格|改成|改成英文冒号加一个空格|这一行顶格写|这一行只写|.*把整个值放进单引号)：(.+)"
)
VALUE = re.compile(r"(?:照此填写|是不是想写)：([^（、]+)|(?:写成|改名为) (\S+?)(?:（栏目.*)?")
NEW_LINE = re.compile(r"加一行(?:，例如)? ([a-z_]+: .+)")
NO_LINE = re.compile(r"删去(?:一处|这一项|.* 这一行)")
WRITTEN = re.compile(r"“(.+?)”|(?:找不到|链接的文件) (\S+)\.md")


def mend(content: Path, problem: Problem) -> bool:
    """Do what a remedy offers, word for word; False if it leaves something to think about."""
    path = content.parent / problem.path
    if problem.remedy.startswith("改名为"):
        path.rename(path.parent / problem.remedy.rpartition(" ")[2].rpartition("/")[2])
        return True
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    place = problem.mark.line - 1
    if found := WHOLE_LINE.fullmatch(problem.remedy):
        indent = re.match(r" *", lines[place])
        keeps = indent and "顶格" not in problem.remedy and not found[1].startswith(" ")
        lines[place] = (indent[0] if indent and keeps else "") + found[1]
    elif found := NEW_LINE.fullmatch(problem.remedy):
        lines.insert(1, found[1])
    elif NO_LINE.fullmatch(problem.remedy):
        del lines[place]
    elif (found := VALUE.fullmatch(problem.remedy)) and (wrong := WRITTEN.search(problem.message)):
        lines[place] = _replaced(lines[place], wrong[1] or wrong[2], found[1] or found[2])
    else:
        return False
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
    return True


def _replaced(line: str, wrong: str, right: str) -> str:
    if wrong not in line:  # a link that is written from the document's own folder
        wrong, right = wrong.rpartition("/")[2], right.rpartition("/")[2]
    assert wrong in line
    return line.replace(wrong, right)


def mendable(fixture: str) -> bool:
    remedies = re.findall(r"^    改法：(.+)$", expected(fixture), re.MULTILINE)
    forms = (WHOLE_LINE, VALUE, NEW_LINE, NO_LINE)
    return any(form.fullmatch(remedy) for form in forms for remedy in remedies)


@pytest.mark.parametrize("fixture", [name for name in FIXTURES if mendable(name)])
def test_doing_what_a_remedy_offers_mends_the_fault(fixture: str, content: Path) -> None:
    lay(fixture, content, VOCABULARIES)
    date = build_date_of(fixture)

    for fault in [_key(problem) for problem in problems_of(content, date)]:
        offer = next((p for p in problems_of(content, date) if _key(p) == fault), None)
        if offer and mend(content, offer):
            assert fault not in {_key(problem) for problem in problems_of(content, date)}


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.subject, problem.message
