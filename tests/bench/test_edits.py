from pathlib import Path

import pytest

from plugins.bench import edits
from plugins.bench.cases import CASES, Edit
from plugins.bench.contents import Contents
from plugins.checking import check_content, settings_from

ALL = (
    edits.old_body,
    edits.old_title,
    edits.newest_body,
    edits.new_document,
    edits.many_bodies,
)


def read(contents: Contents) -> dict[str, str]:
    return {
        path.relative_to(contents.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in contents.folder.rglob("*.md")
    }


def changed(contents: Contents, edit: Edit, turn: int = 1) -> list[str]:
    before = read(contents)
    edit(contents, turn)
    return sorted(path for path, text in read(contents).items() if before.get(path) != text)


def test_a_body_gets_a_mark_and_loses_the_last(county: Contents) -> None:
    path = edits.old_document(county)
    before = path.read_text(encoding="utf-8")

    edits.old_body(county, 1)
    edits.old_body(county, 2)

    assert path.read_text(encoding="utf-8") == f"{before.rstrip()}\n\n{edits.mark(2)}\n"


def test_one_edit_changes_one_file(county: Contents) -> None:
    assert changed(county, edits.old_body) == [f"{county.ids[10]}.md"]
    assert changed(county, edits.old_title) == [f"{county.ids[15]}.md"]
    assert changed(county, edits.newest_body) == [f"{county.ids[-1]}.md"]


def test_a_title_has_one_mark_only(county: Contents) -> None:
    edits.old_title(county, 1)
    edits.old_title(county, 2)

    text = county.file(county.ids[15]).read_text(encoding="utf-8")
    assert "title: （第2次改动）示例局" in text
    assert "第1次改动" not in text


def test_a_new_document_is_new(county: Contents) -> None:
    assert changed(county, edits.new_document, 3) == ["policies/2025/2025-90003.md"]


def test_many_bodies_are_all_where_there_are_fewer(county: Contents) -> None:
    assert changed(county, edits.many_bodies) == sorted(f"{i}.md" for i in county.ids)


@pytest.mark.parametrize("edit", ALL)
def test_an_edited_county_still_has_no_problem(edit: Edit, county: Contents, root: Path) -> None:
    edit(county, 1)
    edit(county, 2)

    settings = settings_from(root / "pelicanconf.py", county.build_date.isoformat())
    assert check_content(county.folder, settings).problems == ()


def test_a_template_gets_one_comment(root: Path, tmp_path: Path) -> None:
    template = tmp_path / "document.html"
    source = root / "themes/gongkai/templates/documents/document.html"
    before = source.read_text(encoding="utf-8")
    template.write_text(before, encoding="utf-8")

    edits.edit_template(template, 1)
    edits.edit_template(template, 2)

    after = template.read_text(encoding="utf-8")
    assert after.replace("<!-- 第2次改动 -->", "") == before
    assert after.count("<!--") == before.count("<!--") + 1


def test_every_row_has_a_key_and_a_name_of_its_own() -> None:
    assert len({case.key for case in CASES}) == len(CASES)
    assert len({case.label for case in CASES}) == len(CASES)
