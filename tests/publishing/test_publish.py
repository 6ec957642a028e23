"""The old site stays as it is until the new one is whole."""

from __future__ import annotations

import contextlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.library import Library
from plugins.memory import Derivations, State
from plugins.outputs import File, Output
from plugins.presenting import site_view
from plugins.problems import Problem
from plugins.publishing import ForeignOutputError, Job, Press, publish, standalone
from plugins.records import Vocabularies
from plugins.settings import Settings
from plugins.workdays import Calendar
from tests.county import (
    POLICY,
    ROOT,
    SOUND,
    THEME,
    ContentError,
    build,
    settings,
    tree_of,
    write_county,
)

NOTHING = Library((), Vocabularies({}), Calendar({}, {}), {})


class Yields:
    """A feature that yields just these outputs."""

    __name__ = "yields"

    def __init__(self, *outputs: Output) -> None:
        self.outputs = outputs

    def build(self, *_: object) -> tuple[Output, ...]:
        return self.outputs

    def check(self, *_: object) -> tuple[Problem, ...]:
        return ()


def job(folder: Path, *outputs: Output) -> Job:
    """A build of these outputs into `output`, without content."""
    made = settings()
    return Job(
        features=(Yields(*outputs),),
        library=NOTHING,
        settings=made,
        sources={},
        derivations=Derivations({}, set(), made.now),
        environment=standalone(THEME / "templates"),
        templates={},
        site=site_view(NOTHING, made),
        assets=(),
        content=folder / "content",
        target=folder / "output",
        press=Press(THEME / "print", folder / ".cache" / "printed"),
        shelves=folder / ".cache" / "shelves",
    )


def says(_library: Library, _settings: Settings, words: str) -> bytes:
    return words.encode()


def fails(_library: Library, _settings: Settings) -> bytes:
    return bytes(1 // 0)


def test_a_withdrawn_document_leaves_the_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    (content / "interpretations/2021/2021-001.md").unlink()

    build(content, tmp_path / "output")

    gone = tmp_path / "output/interpretations/2021/2021-001"
    assert not gone.exists()
    assert (tmp_path / "output/policies/2021/2021-005/index.html").exists()


def test_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = (tmp_path / "output/index.html").stat()

    published = build(content, tmp_path / "output")

    assert (tmp_path / "output/index.html").stat() == before
    assert (published.written, published.removed, published.rendered) == ([], [], 0)


def test_content_with_errors_does_not_touch_the_old_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (content / "policies/2021/2021-005.md").write_text(
        POLICY.replace("〔2021〕", "[2021]"), "utf-8"
    )

    with pytest.raises(ContentError):
        build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == before


def test_a_fault_in_the_middle_leaves_what_the_next_build_makes_whole(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")

    with pytest.raises(ZeroDivisionError):
        publish(job(tmp_path, File("a.txt", says, ("a",)), File("b.txt", fails)), State())
    build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == before


@pytest.mark.parametrize("path", ["../b.txt", "/b.txt", ".gongkai"])
def test_no_output_leaves_the_site_or_takes_the_markers_place(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match=re.escape(path)):
        publish(job(tmp_path, File("a.txt", says, ("a",)), File(path, says, ("b",))), State())

    assert not (tmp_path / "b.txt").exists()


def test_two_outputs_for_one_path_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.txt"):
        publish(job(tmp_path, File("a.txt", says, ("1",)), File("a.txt", says, ("2",))), State())


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "thesis.docx").write_text("years of work", "utf-8")

    with pytest.raises(ForeignOutputError):
        publish(job(tmp_path, File("a.txt", says, ("a",))), State())

    assert [path.name for path in output.iterdir()] == ["thesis.docx"]


@pytest.mark.parametrize("where", ["content", "content/site", "."])
def test_the_site_does_not_go_into_the_content_nor_around_it(tmp_path: Path, where: str) -> None:
    content = write_county(tmp_path / "content")
    before = tree_of(tmp_path)

    with pytest.raises(ForeignOutputError):
        build(content, tmp_path / where)

    assert tree_of(tmp_path) == before


BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from plugins.records import Vocabularies
from plugins.workdays import Calendar
from tests.county import build
print("ready", flush=True)
sys.stdin.readline()
build(Path(sys.argv[2]), Path(sys.argv[3]))
"""


def _start(content: Path, target: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILDER, str(ROOT), str(content), str(target)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
def test_after_a_kill_at_any_moment_the_next_build_comes_to_the_clean_site(tmp_path: Path) -> None:
    old = write_county(tmp_path / "old")
    new = write_county(
        tmp_path / "new", SOUND | {"policies/2021/2021-005.md": POLICY.replace("居民", "单位")}
    )
    (new / "interpretations/2021/2021-001.md").rename(new / "interpretations/2021/2021-002.md")
    target = tmp_path / "output"
    started = time.monotonic()
    build(new, tmp_path / "elsewhere/output")
    usual = time.monotonic() - started
    clean = tree_of(tmp_path / "elsewhere/output")
    moments = random.Random(7)

    for _ in range(3):
        build(old, target)
        process = _start(new, target)
        _go(process)
        time.sleep(moments.uniform(0, 1.2 * usual))
        process.send_signal(signal.SIGKILL)
        process.communicate()

        build(new, target)

        assert tree_of(target) == clean


def test_two_builds_at_once_end_in_one_whole_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "alone/output")
    both = [_start(content, tmp_path / "output") for _ in range(2)]

    for process in both:
        _go(process)
    ends = [(process.communicate()[1], process.returncode) for process in both]

    assert [code for _, code in ends] == [0, 0], ends
    assert tree_of(tmp_path / "output") == tree_of(tmp_path / "alone/output")


def test_what_a_kill_at_the_first_change_leaves_is_not_taken_for_a_foreign_folder(
    tmp_path: Path,
) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "clean/output")
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.gongkai.new").write_text("chang", "utf-8")

    build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == tree_of(tmp_path / "clean/output")


def test_a_marker_that_a_killed_build_has_begun_does_not_stay(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (tmp_path / "output/.gongkai.new").write_text("chang", "utf-8")

    build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == before


def test_after_a_kill_at_its_first_change_the_site_says_again_which_state_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.reading.tree._RACY", 0)  # nothing is looked at again
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (tmp_path / "output/.gongkai").write_text("changing\n", "utf-8")

    build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == before


def test_another_address_reaches_the_one_page_that_shows_it_only_in_its_links(
    tmp_path: Path,
) -> None:
    content = write_county(tmp_path / "content")
    made = settings(site_url="https://www.example.gov.cn/zwgk")
    build(content, tmp_path / "clean/output", made)
    build(content, tmp_path / "output")

    build(content, tmp_path / "output", made)

    assert tree_of(tmp_path / "output") == tree_of(tmp_path / "clean/output")


def test_what_a_killed_build_removed_is_named_by_the_next(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    gone = "interpretations/2021/2021-001/index.html"
    (content / "interpretations/2021/2021-001.md").unlink()
    (tmp_path / "output" / gone).unlink()
    (tmp_path / "output/.gongkai").write_text("changing\n", "utf-8")

    published = build(content, tmp_path / "output")

    assert gone in published.removed


def test_a_long_chinese_name_of_an_attachment_is_written_too(tmp_path: Path) -> None:
    name = f"{'节水方案' * 20}附件.csv"
    paper = POLICY.replace("\n---\n\n各乡", f"\nattachments: [{name}]\n---\n\n各乡")
    content = write_county(
        tmp_path / "content",
        SOUND | {"policies/2021/2021-005.md": paper, f"policies/2021/{name}": "项目\n"},
    )

    build(content, tmp_path / "output")

    assert (tmp_path / "output/policies/2021/2021-005" / name).read_text("utf-8") == "项目\n"


def test_a_link_in_the_output_folder_is_not_written_through(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    clean = tree_of(tmp_path / "output")
    (tmp_path / "output/policies").rename(tmp_path / "elsewhere")
    (tmp_path / "output/policies").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "output/.gongkai").write_text("changing\n", "utf-8")

    build(content, tmp_path / "output")

    assert not (tmp_path / "output/policies").is_symlink()
    assert tree_of(tmp_path / "output") == clean


def test_a_damaged_compiled_template_is_compiled_again(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    clean = tree_of(tmp_path / "output")
    for file in (tmp_path / ".cache/templates").rglob("*.cache"):
        file.write_bytes(file.read_bytes()[:12])
    shutil.rmtree(tmp_path / "output")

    build(content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == clean


@pytest.mark.skipif(sys.platform != "linux", reason="looks for workers where Linux shows them")
def test_a_build_that_was_killed_while_all_cores_read_lets_the_next_one_in(tmp_path: Path) -> None:
    papers = {
        f"policies/2021/2021-{n:03}.md": POLICY.replace("〔2021〕5号", f"〔2021〕{n}号")
        for n in range(10, 400)
    }
    content = write_county(tmp_path / "content", SOUND | papers)
    process = _start(content, tmp_path / "output")
    _go(process)
    while process.poll() is None and not _children(process.pid):
        time.sleep(0.001)

    process.kill()
    process.communicate()
    build(content, tmp_path / "output")

    assert (tmp_path / "output/policies/2021/2021-010/index.html").exists()


def _children(pid: int) -> list[int]:
    """Processes that were started by another."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text("utf-8").rpartition(")")[2].split()[1])
            found += [int(stat.parent.name)] if parent == pid else []
    return found
