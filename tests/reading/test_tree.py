"""Which files of a content folder are documents, data or attachments, and which are left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.reading import tree as reading
from plugins.reading.tree import problems_of_leaks, read_tree

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
