"""The old site stays as it is until the new one is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plugins.library import Library
from plugins.outputs import File
from plugins.presenting import site_view
from plugins.problems import ContentError
from plugins.publishing import changeover, publish, standalone
from plugins.publishing.publish import ForeignOutputError
from plugins.records import Vocabularies
from plugins.workdays import Calendar
from tests.county import POLICY, ROOT, SOUND, build, settings, tree_of, write_county

ENVIRONMENT = standalone(ROOT / "themes" / "gongkai" / "templates")
NOTHING = Library((), Vocabularies({}), Calendar({}, {}), {})
SITE = site_view(NOTHING, settings())


def test_a_withdrawn_document_leaves_the_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    (content / "interpretations/2021/2021-001.md").unlink()

    build(content, tmp_path / "output")

    gone = tmp_path / "output/interpretations/2021/2021-001"
    assert not gone.exists()
    assert (tmp_path / "output/policies/2021/2021-005/index.html").exists()


def test_an_unchanged_file_is_taken_over_and_not_written_again(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = (tmp_path / "output/index.html").stat()

    published = build(content, tmp_path / "output")

    after = (tmp_path / "output/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (published.written, published.removed) == (0, 0)


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


def test_a_fault_in_the_middle_of_writing_leaves_the_old_site_and_nothing_else(
    tmp_path: Path,
) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    outputs = [File("a.txt", b"a"), File("../b.txt", b"b")]

    with pytest.raises(ValueError, match=r"\.\./b"):
        publish(outputs, ENVIRONMENT, SITE, content, tmp_path / "output")

    assert tree_of(tmp_path / "output") == before
    assert not (tmp_path / ".output.building").exists()
    assert not (tmp_path / "b.txt").exists()


def test_two_outputs_for_one_path_are_a_fault(tmp_path: Path) -> None:
    outputs = [File("a.txt", b"1"), File("a.txt", b"2")]

    with pytest.raises(ValueError, match=r"a\.txt"):
        publish(outputs, ENVIRONMENT, SITE, tmp_path / "content", tmp_path / "output")


def test_a_folder_that_no_build_made_is_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "thesis.docx").write_text("years of work")

    with pytest.raises(ForeignOutputError):
        publish([File("a.txt", b"a")], ENVIRONMENT, SITE, tmp_path / "content", output)

    assert (output / "thesis.docx").read_text() == "years of work"


@pytest.mark.parametrize("where", ["content", "content/site", "."])
def test_the_site_does_not_go_into_the_content_nor_around_it(tmp_path: Path, where: str) -> None:
    content = write_county(tmp_path / "content")
    before = tree_of(tmp_path)

    with pytest.raises(ForeignOutputError):
        build(content, tmp_path / where)

    assert tree_of(tmp_path) == before


def test_without_the_system_call_two_renames_do_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changeover, "_exchange", lambda _new, _target: False)
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")

    build(content, tmp_path / "output")

    assert (tmp_path / "output/index.html").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == [".output.lock", "content", "output"]


def test_a_changeover_cut_between_two_renames_is_mended_by_the_next_build(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (tmp_path / "output").rename(tmp_path / ".output.old")

    changeover.restore(tmp_path / "output")

    assert tree_of(tmp_path / "output") == before


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
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(tmp_path: Path) -> None:
    old = write_county(tmp_path / "old")
    new = write_county(
        tmp_path / "new", SOUND | {"policies/2021/2021-005.md": POLICY.replace("居民", "单位")}
    )
    target = tmp_path / "output"
    build(new, target)
    sound = {"new": tree_of(target)}
    build(old, target)
    sound["old"] = tree_of(target)
    started = time.monotonic()
    build(new, tmp_path / "elsewhere")
    usual = time.monotonic() - started
    moments = random.Random(7)

    for _ in range(8):
        build(old, target)
        process = _start(new, target)
        _go(process)
        time.sleep(moments.uniform(0, 1.2 * usual))
        process.send_signal(signal.SIGKILL)
        process.communicate()

        assert tree_of(target) in sound.values()
        build(new, target)
        assert tree_of(target) == sound["new"]
        assert not (tmp_path / ".output.building").exists()


def test_two_builds_at_once_end_in_one_whole_site(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "alone")
    both = [_start(content, tmp_path / "output") for _ in range(2)]

    for process in both:
        _go(process)
    ends = [(process.communicate()[1], process.returncode) for process in both]

    assert [code for _, code in ends] == [0, 0], ends
    assert tree_of(tmp_path / "output") == tree_of(tmp_path / "alone")
