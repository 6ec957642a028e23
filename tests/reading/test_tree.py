"""Which files of a content folder are documents, data or attachments, and which are left alone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.reading import tree as reading
from plugins.reading.store import IN_MEMORY, Store
from plugins.reading.tree import Known, Tree, problems_of_leaks, read_tree

PAGE = "---\ntitle: 指南\npublished: 2021-01-04\nsummary: 怎样申请。\n---\n\n可以申请。\n"
CITIZEN = "141002190001010011"


@pytest.fixture
def content(tmp_path: Path, root: Path) -> Path:
    """A folder with the project's vocabularies and one page."""
    folder = tmp_path / "county"
    shutil.copytree(root / "content/vocabularies", folder / "vocabularies")
    write(folder, "pages/guide.md", PAGE)
    return folder


def write(content: Path, name: str, text: str) -> None:
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_documents_data_and_other_files_are_told_apart(content: Path) -> None:
    write(content, "pages/form.csv", "项目\n")
    write(content, "vocabularies/readme.md", "怎样扩充词表。\n")
    write(content, "workdays.yaml", "{}\n")

    tree = read_tree(content)

    assert [document.id for _, document in tree.documents] == ["pages/guide"]
    assert tree.files == {"pages/form.csv": len("项目\n".encode())}
    assert tree.problems == ()


@pytest.mark.parametrize(
    "name", [".git/x.md", "pages/.guide.md.swp", "pages/~$表.docx", ".DS_Store"]
)
def test_what_tools_leave_behind_is_left_alone(name: str, content: Path) -> None:
    write(content, name, CITIZEN)

    tree = read_tree(content)

    assert tree.files == {}
    assert (tree.problems, tree.leaks) == ((), ())


def test_a_document_with_errors_is_unread_and_a_draft_with_errors_is_not_counted(
    content: Path,
) -> None:
    write(content, "pages/bad.md", PAGE.replace("2021-01-04", "昨天"))
    write(content, "pages/draft.md", PAGE.replace("2021-01-04", "昨天\ndraft: true"))

    tree = read_tree(content)

    assert tree.unread == {"pages/bad"}


@pytest.mark.parametrize("name", ["pages/guide-2.MD", "pages/guide-2.markdown"])
def test_a_file_that_looks_like_a_document_is_not_passed_over(name: str, content: Path) -> None:
    write(content, name, f"{CITIZEN}\n")

    tree = read_tree(content)

    assert [p.message for p in tree.problems] == ["扩展名应是小写的 .md"]
    assert [leak.path for leak in tree.leaks] == [name]


def test_problems_are_told_under_one_name_wherever_the_folder_lies(content: Path) -> None:
    write(content, "pages/bad.md", PAGE.replace("2021-01-04", "昨天"))

    assert {p.path for p in read_tree(content).problems} == {"content/pages/bad.md"}


def test_a_personal_number_in_what_is_not_open_is_only_a_reminder(content: Path) -> None:
    write(content, "pages/guide.md", PAGE + CITIZEN)
    tree = read_tree(content)

    [open_one] = problems_of_leaks(tree, lambda _: True)
    [withheld] = problems_of_leaks(tree, lambda _: False)

    assert open_one.as_reminder() == withheld
    assert CITIZEN not in str(open_one)


def test_an_allowed_number_is_let_be_and_its_entry_is_not_searched(content: Path) -> None:
    write(content, "pages/guide.md", PAGE + CITIZEN)
    entry = f'- value: "{CITIZEN}"\n  path: pages/guide\n  reason: 国家标准里的样例\n'
    write(content, "privacy_allowlist.yaml", entry)

    assert list(problems_of_leaks(read_tree(content), lambda _: True)) == []


def test_many_files_read_side_by_side_come_in_the_same_order(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        write(content, f"pages/p{number:02}.md", PAGE)
    alone = read_tree(content)

    monkeypatch.setattr(reading, "_WORTH_A_POOL", 2)
    together = read_tree(content)

    assert [e.id for e, _ in together.documents] == [e.id for e, _ in alone.documents]
    assert together.problems == alone.problems


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tree(tmp_path / "content")


def looked_at_again(content: Path, edit: Callable[[Path], object], seconds: float) -> Tree:
    """Read, edit the guide, read again; the first look was `seconds` after the guide was saved.

    The file system's clock stands still meanwhile: the guide's times stay as they were.
    """
    store, guide = Store(IN_MEMORY), content / "pages/guide.md"
    first = read_tree(content, store)
    saved = first.sources["pages/guide.md"].stat[3]
    known = Known(first.sources, saved + int(seconds * 1e9))
    edit(guide)
    as_it_was = first.sources["pages/guide.md"].stat
    real = reading.stat_of

    def still(stat: os.stat_result) -> reading.Stat:
        return as_it_was if stat.st_ino == as_it_was[2] else real(stat)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "stat_of", still)
        return read_tree(content, store, known)


def title_of_the_guide(tree: Tree) -> str:
    [title] = [document.record.title for _, document in tree.documents]
    return title


def other_title(guide: Path) -> None:
    guide.write_text(PAGE.replace("指南", "说明"), encoding="utf-8")


@pytest.mark.parametrize("seconds", [-1, 0, 0.5, 1.9])
def test_an_edit_within_one_tick_of_the_clock_is_seen(content: Path, seconds: float) -> None:
    tree = looked_at_again(content, other_title, seconds)

    assert title_of_the_guide(tree) == "说明"


def test_a_file_that_has_long_been_as_it_is_is_not_opened(content: Path) -> None:
    tree = looked_at_again(content, other_title, 2.1)

    assert title_of_the_guide(tree) == "指南"
    assert tree.read == 0


def test_an_edit_of_the_same_size_that_puts_the_old_time_back_is_seen(content: Path) -> None:
    store, guide = Store(IN_MEMORY), content / "pages/guide.md"
    before = guide.stat()
    known = Known(read_tree(content, store).sources, time.time_ns() + 10**10)

    other_title(guide)
    os.utime(guide, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert guide.stat().st_mtime_ns == before.st_mtime_ns
    assert title_of_the_guide(read_tree(content, store, known)) == "说明"


def test_a_touched_file_is_known_by_its_bytes(content: Path) -> None:
    store, guide = Store(IN_MEMORY), content / "pages/guide.md"
    first = read_tree(content, store)

    os.utime(guide, (1, 1))
    again = read_tree(content, store, Known(first.sources, time.time_ns() + 10**10))

    assert again.read == 0
    assert again.sources["pages/guide.md"].entry is first.sources["pages/guide.md"].entry
    assert again.sources["pages/guide.md"].stat != first.sources["pages/guide.md"].stat


def test_a_word_that_leaves_its_vocabulary_is_missed_in_files_that_did_not_change(
    content: Path,
) -> None:
    organ = PAGE.replace("指南", "某县水利局\nshort_name: 水利局\nkind: 乡镇街道")
    write(content, "organs/office.md", organ)
    store = Store(IN_MEMORY)
    first = read_tree(content, store)
    words = content / "vocabularies/organ_kinds.yaml"
    words.write_text(words.read_text("utf-8").replace("乡镇街道", "乡镇"), encoding="utf-8")

    again = read_tree(content, store, Known(first.sources, time.time_ns() + 10**10))

    assert first.unread == frozenset()
    assert again.unread == {"organs/office"}
    assert again.problems == read_tree(content).problems
