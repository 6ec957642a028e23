"""定版: an issue that is out stays as it is, and what is wrong in it is put right by a 更正."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.freezing import measured
from plugins.library import articles_of, lock_text
from plugins.records import Issue
from tests.county import ROOT, SOUND, build, settings, write_county
from tests.gazette.test_gazette import FILES, PDF, SECOND, _page

LATER = datetime(2021, 12, 1, 9, 0)
CORRECTION = """---
title: 某县人民政府办公室关于更正节水通知的公告
kind: 公告
corrects: policies/2021/2021-005
signed: 2021-11-20
published: 2021-11-20 09:00
disclosure: 主动公开
issuer: 某县人民政府办公室
subject: 综合政务\\政务公开
---

“节约”应为“节约用水”。
"""


def freeze_first(content: Path, output: Path) -> None:
    """Build a county, freeze its first issue, and build it again."""
    build(content, output, settings(LATER))
    library = check_content(content, settings(LATER)).public
    issue = library.of(Issue)[-1]
    data = (output.parent / PDF).read_bytes()
    lock = lock_text(measured(issue, library, articles_of(issue, library), data), issue.id)
    (content / "gazette/2021-01.pdf").write_bytes(data)
    (content / "gazette/2021-01.lock").write_text(lock, "utf-8")
    build(content, output, settings(LATER))


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county whose first issue is frozen."""
    folder = tmp_path_factory.mktemp("frozen")
    freeze_first(write_county(folder / "content", FILES), folder / "output")
    return folder


@pytest.fixture
def county(frozen: Path, tmp_path: Path) -> Path:
    """Such a county, to be changed."""
    return Path(shutil.copytree(frozen / "content", tmp_path / "content"))


def _told(content: Path) -> list[tuple[str, str]]:
    problems = check_content(content, settings(LATER)).problems
    return [(problem.path, problem.message) for problem in problems]


def _edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def _write_another_pdf(file: Path) -> None:
    data = file.with_name("2021-01.pdf").read_bytes()
    file.write_bytes(data.replace(b"%PDF-1.7", b"%PDF-1.6", 1))


def test_a_frozen_issue_is_sound_and_its_pdf_is_published_as_it_lies(frozen: Path) -> None:
    kept = frozen / "content/gazette/2021-01.pdf"

    assert _told(frozen / "content") == []
    assert (frozen / PDF).read_bytes() == kept.read_bytes()
    assert (frozen / PDF).with_suffix(".lock").is_file()


def test_the_page_of_a_frozen_issue_tells_pages_size_and_digest(frozen: Path) -> None:
    page = _page(frozen, "2021-01")
    digest = hashlib.sha256((frozen / PDF).read_bytes()).hexdigest()

    assert digest in page
    assert "PDF 第1页" in page
    assert "2021-01.pdf#page=3" in page
    assert "PDF，5页" in page
    issue = json.loads((frozen / "output/gazette/index.json").read_text("utf-8"))["issues"][0]
    assert (issue["pdf_sha256"], issue["pdf_page_offset"]) == (digest, 2)
    assert [(a["page_from"], a["page_to"]) for a in issue["articles"]] == [(1, 1), (1, 1), (2, 2)]


def test_an_issue_that_is_out_and_not_frozen_is_told_once(tmp_path: Path) -> None:
    more = {
        "gazette/2021-02.md": SECOND.replace("2021-005", "2021-007").replace("2021-006", "2021-008")
    }
    told = _told(write_county(tmp_path / "content", FILES | more))

    assert ("content/gazette/2021-01.md", "已经出版的公报还没有定版：2021-01") in told


CHANGES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "text": (
        lambda content: _edit(content / "policies/2021/2021-005.md", "要节约", "要十分节约"),
        "policies/2021/2021-005.md",
        "已经刊登在公报2021年第1期（总第1期）",
    ),
    "title": (
        lambda content: _edit(content / "policies/2021/2021-006.md", "title: ", "title: 原"),
        "policies/2021/2021-006.md",
        "已经刊登在公报2021年第1期（总第1期）",
    ),
    "issue": (
        lambda content: _edit(content / "gazette/2021-01.md", "09-01", "09-02"),
        "gazette/2021-01.md",
        "2021年第1期（总第1期）已经定版",
    ),
    "pdf": (
        lambda content: _write_another_pdf(content / "gazette/2021-01.pdf"),
        "gazette/2021-01.pdf",
        "不见了，或者与定版时不一致",
    ),
    "pdf lost": (
        lambda content: (content / "gazette/2021-01.pdf").unlink(),
        "gazette/2021-01.pdf",
        "不见了，或者与定版时不一致",
    ),
    "lock lost": (
        lambda content: (content / "gazette/2021-01.lock").unlink(),
        "gazette/2021-01.pdf",
        "定版记录（lock）缺失",
    ),
    "lock spoilt": (
        lambda content: _edit(content / "gazette/2021-01.lock", "起页", "页"),
        "gazette/2021-01.lock",
        "定版记录（lock）缺失",
    ),
    "signed": (
        lambda content: _write_another_pdf(content / "gazette/2021-01.signed.pdf"),
        "gazette/2021-01.signed.pdf",
        "不是定版的 PDF 签成的",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_a_frozen_issue_is_told(county: Path, change: str) -> None:
    make, path, begins = CHANGES[change]

    make(county)

    problems = check_content(county, settings(LATER)).errors
    assert [problem.path for problem in problems] == [f"content/{path}"]
    assert problems[0].message.startswith(begins)


def test_new_blanks_and_a_new_summary_change_nothing_of_what_was_printed(county: Path) -> None:
    file = county / "policies/2021/2021-005.md"
    _edit(file, "居民用水", "\n居民用水")
    _edit(file, "summary: ", "summary: 又")

    assert _told(county) == []


def test_a_signed_pdf_that_begins_with_the_frozen_one_is_offered(
    county: Path, tmp_path: Path
) -> None:
    data = (county / "gazette/2021-01.pdf").read_bytes() + b"signature"
    (county / "gazette/2021-01.signed.pdf").write_bytes(data)

    build(county, tmp_path / "output", settings(LATER))

    assert (tmp_path / "output/gazette/2021-01/2021-01.signed.pdf").read_bytes() == data
    assert "本期全文（签章）" in _page(tmp_path, "2021-01")


def test_a_correction_and_what_it_corrects_lead_to_each_other(county: Path, tmp_path: Path) -> None:
    (county / "notices/2021").mkdir(parents=True, exist_ok=True)
    (county / "notices/2021/2021-009.md").write_text(CORRECTION, "utf-8")

    build(county, tmp_path / "output", settings(LATER))

    corrected = (tmp_path / "output/policies/2021/2021-005/index.html").read_text("utf-8")
    correction = (tmp_path / "output/notices/2021/2021-009/index.html").read_text("utf-8")
    assert "本文已有更正" in corrected
    assert "notices/2021/2021-009/" in corrected
    assert "本文是更正" in correction
    assert "policies/2021/2021-005/" in correction
    assert "本文已有更正" in _page(tmp_path, "2021-01/01")
    assert "本期有更正" in _page(tmp_path, "2021-01")


def _run(content: Path, *words: str) -> subprocess.CompletedProcess[str]:
    folders = [f"--{name}={content.parent / name}" for name in ("output", "cache")]
    day = f"--build-date={LATER:%Y-%m-%d}"
    command = [sys.executable, "-m", "plugins", *words, f"--content={content}", *folders, day]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_an_issue_is_looked_at_reviewed_and_frozen_once(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", FILES)
    lock = content / "gazette/2021-01.lock"

    looked = _run(content, "gazette", "2021-01")
    refused = _run(content, "freeze", "2021-01")
    assert not lock.exists()
    _edit(content / "gazette/2021-01.md", "contents:", "review: {final: 终审人}\ncontents:")
    frozen = _run(content, "freeze", "2021-01")
    again = _run(content, "freeze", "2021-01")

    assert looked.returncode == 0
    assert "状态：还没有定版" in looked.stdout
    assert "  第1页  某县人民政府办公室关于" in looked.stdout
    assert (refused.returncode, "没有写终审人" in refused.stderr) == (1, True)
    assert frozen.returncode == 0, frozen.stderr
    data = (content / "gazette/2021-01.pdf").read_bytes()
    assert hashlib.sha256(data).hexdigest() in lock.read_text("utf-8")
    assert (again.returncode, "已经有了，没有改动它" in again.stderr) == (1, True)
    assert "改法：" in again.stderr


@pytest.mark.parametrize(
    ("issue", "told"), [("2021-1", "不是期号"), ("2021-07", "没有公开的公报 2021-07")]
)
def test_an_issue_that_is_none_is_told(tmp_path: Path, issue: str, told: str) -> None:
    content = write_county(tmp_path / "content", SOUND)

    done = _run(content, "freeze", issue)

    assert done.returncode == 1
    assert told in done.stderr
    assert "改法：" in done.stderr
    assert "Traceback" not in done.stderr
