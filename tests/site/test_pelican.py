"""Pelican runs this project like any other: `pelican content -s pelicanconf.py`."""

from __future__ import annotations

import contextlib
import locale
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from plugins.site.command import html
from tests.county import POLICY, ROOT, SOUND, tree_of, write_county
from tests.sample import FULL, pelican_words, run_pelican


def test_pelican_builds_the_site_and_says_what_it_did(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")

    done = run_pelican(content, tmp_path / "output")

    assert done.returncode == 0, done.stderr
    pages = len(list((tmp_path / "output").rglob("*.html")))
    assert f"发布完成：读取文件 3 个；网页 {pages} 个，重新生成 {pages} 个" in done.stdout
    assert (tmp_path / "output/policies/2021/2021-005/index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_bars_and_figures_are_shown_and_pelicans_spinner_is_not(
    tmp_path: Path,
) -> None:
    import pty  # noqa: PLC0415  # not on Windows

    papers = {
        f"policies/2021/2021-{n:03}.md": POLICY.replace("〔2021〕5号", f"〔2021〕{n}号")
        for n in range(10, 230)
    }
    content = write_county(tmp_path / "content", SOUND | papers)
    ours, theirs = pty.openpty()

    with subprocess.Popen(
        [*pelican_words(content, tmp_path / "output")], stdout=theirs, stderr=theirs, cwd=tmp_path
    ) as process:
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # the end of a pseudo-terminal
            while more := os.read(ours, 65536):
                said += more
    os.close(ours)

    words = said.decode()
    assert process.returncode == 0
    assert "读取" in words
    assert "100%" in words
    assert "发布完成：读取文件 223 个" in words
    assert "用时：" in words


def test_an_error_ends_with_exit_code_1_a_report_and_the_old_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    run_pelican(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (content / "policies/2021/2021-005.md").write_text(
        POLICY.replace("〔2021〕5", "[2021]05"), "utf-8"
    )

    done = run_pelican(content, tmp_path / "output")

    assert done.returncode == 1
    assert "content/policies/2021/2021-005.md:9:9: 错误：发文字号（number）" in done.stderr
    assert "改法：照此填写：某政办发〔2021〕5号" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert tree_of(tmp_path / "output") == before


def test_a_missing_content_folder_is_said_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Namespace(
        content=tmp_path / "nowhere", output=tmp_path / "output", cache=None, build_date=None
    )

    code = html(options)

    assert code == 1
    assert capsys.readouterr().err.startswith("找不到内容文件夹")


def test_a_build_date_that_is_none_is_said_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_county(tmp_path / "content")
    options = Namespace(
        content=content, output=tmp_path / "output", cache=None, build_date="2021-02-30"
    )

    code = html(options)

    assert code == 1
    assert "“2021-02-30”不是日期" in capsys.readouterr().err


def options(tmp_path: Path, **more: object) -> Namespace:
    """What `make html` is called with."""
    content = write_county(tmp_path / "content")
    usual = {"content": content, "output": tmp_path / "output", "cache": tmp_path / "cache"}
    return Namespace(**{**usual, "build_date": "2024-06-28", **more})


def test_a_build_that_is_interrupted_says_so_and_ends_as_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("plugins.building.publish", interrupted)

    code = html(options(tmp_path))

    assert code == 130
    assert "被中断，网站可能只改了一部分。\n    改法：再生成一次" in capsys.readouterr().err


def test_a_cache_that_cannot_be_written_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "cache").write_text("a file", "utf-8")

    code = html(options(tmp_path))

    said = capsys.readouterr().err
    assert code == 1
    assert "不能读写" in said
    assert "改法：看看磁盘满没满" in said
    assert "Traceback" not in said


def test_publishconf_gives_the_site_its_own_address(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")

    done = run_pelican(content, tmp_path / "output", conf="publishconf.py")

    assert done.returncode == 0, done.stderr
    lost = (tmp_path / "output/404.html").read_text("utf-8")
    page = (tmp_path / "output/policies/2021/2021-005/index.html").read_text("utf-8")
    assert 'href="/zwgk/theme/gongkai.css"' in lost
    address = "https://www.example.gov.cn/zwgk/policies/2021/2021-005/"
    assert f'<meta name="Url" content="{address}">' in page


def test_a_build_elsewhere_in_another_zone_with_another_hash_seed_is_the_same(
    sample: Path, tmp_path: Path
) -> None:
    there = tmp_path / "a" / "longer" / "way"
    shutil.copytree(ROOT / "content", there / "content")
    zone = "America/New_York" if os.environ.get("TZ") != "America/New_York" else "Asia/Shanghai"

    # Those PDFs that would be set of the same input are taken: most of the time would be theirs.
    shutil.copytree(sample.parent / ".cache/printed", there / ".cache/printed")

    done = run_pelican(
        there / "content",
        there / "output",
        conf=FULL,
        TZ=zone,
        PYTHONHASHSEED="2",
        LC_ALL="C",
    )

    assert done.returncode == 0, done.stderr
    assert tree_of(there / "output") == tree_of(sample)


def test_a_tiny_county_gives_exactly_the_golden_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND)

    run_pelican(content, tmp_path / "output")

    golden = Path(__file__).parent / "golden"
    built = tmp_path / "output"
    shown = {path for path in tree_of(built) if not path.startswith("theme/")} - {".gongkai"}
    kept = set(tree_of(golden))
    advice = "look at the change, then run: python -m tests.site.golden"
    assert shown == kept, advice
    for path in sorted(kept):
        assert (built / path).read_text("utf-8") == (golden / path).read_text("utf-8"), advice


def test_a_build_leaves_the_locale_of_its_process_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("LC_ALL", "C")
    was = locale.setlocale(locale.LC_ALL)

    assert html(options(tmp_path)) == 0

    assert locale.setlocale(locale.LC_ALL) == was
