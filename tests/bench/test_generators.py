import os
from pathlib import Path

import pytest

from plugins.bench.cases import CASES, Yard
from plugins.bench.contents import Contents
from plugins.bench.generators import Gongkai, Hugo, StockPelican


@pytest.fixture
def yard(county: Contents, root: Path, tmp_path: Path) -> Yard:
    return Yard(
        label="30 篇",
        contents=county,
        hugo=Hugo(Path("hugo"), tmp_path, county),
        gongkai=Gongkai(root, tmp_path, county),
        pelican=StockPelican(Path("python"), tmp_path, county),
    )


def test_our_engine_runs_from_a_copy_of_the_project(yard: Yard, root: Path) -> None:
    ours = yard.gongkai

    words = ours.words()

    assert words[1:4] == ["-m", "plugins", "html"]
    assert Path(words[0]).is_relative_to(ours.folder)
    assert str(yard.contents.build_date) in words
    assert (ours.folder / "plugins/__main__.py").read_bytes() == (
        root / "plugins/__main__.py"
    ).read_bytes()
    assert not list(ours.folder.rglob("plugins/**/__pycache__"))
    assert ours.template.is_file()


def test_hugo_reads_the_files_that_we_read_and_a_page_for_each_year(yard: Yard) -> None:
    mounts = (yard.hugo.folder / "mounts.yaml").read_text(encoding="utf-8")
    sections = yard.hugo.folder / "sections/policies"

    assert f"{{source: '{yard.contents.folder}/policies', target: content/policies}}" in mounts
    assert {path.name for path in sections.iterdir() if path.is_dir()} == {
        document_id.split("/")[1] for document_id in yard.contents.ids
    }


def test_pelican_has_a_file_of_its_own_for_each_document(yard: Yard) -> None:
    assert yard.pelican is not None
    theirs = yard.pelican.contents

    assert theirs.folder != yard.contents.folder
    assert all(theirs.file(document_id).is_file() for document_id in yard.contents.ids)


def test_starting_from_nothing_forgets_site_and_cache(yard: Yard) -> None:
    for folder in (yard.gongkai.output, yard.gongkai.cache):
        folder.mkdir()
        (folder / "x").touch()

    prepare(yard, "cold")

    assert not yard.gongkai.output.exists()
    assert not yard.gongkai.cache.exists()


def test_a_clone_has_new_files_and_restored_ones_keep_their_time(yard: Yard) -> None:
    ours = yard.gongkai
    kept = ours.output / "index.html"
    kept.parent.mkdir()
    kept.touch()
    source = yard.contents.file(yard.contents.ids[0])
    for path in (kept, source, ours.template):
        os.utime(path, (1, 1))
    edited = ours.template.read_bytes()

    prepare(yard, "clone")

    assert kept.stat().st_mtime == 1
    assert source.stat().st_mtime > 1
    assert ours.template.stat().st_mtime > 1
    assert ours.template.read_bytes() == edited
    assert (ours.folder / ".venv").is_symlink()


def test_stock_pelican_edits_its_own_files(yard: Yard) -> None:
    before = {i: yard.contents.file(i).read_bytes() for i in yard.contents.ids}

    prepare(yard, "pelican-body")

    assert before == {i: yard.contents.file(i).read_bytes() for i in yard.contents.ids}


def prepare(yard: Yard, key: str) -> None:
    next(case for case in CASES if case.key == key).prepare(yard)
