from pathlib import Path

import pytest

from plugins.bench.contents import Contents, write_short
from plugins.bench.measuring import RunError
from plugins.bench.passages import Passage
from plugins.bench_search.asking import ids_of, loads_of
from plugins.bench_search.delivering import Sent
from plugins.bench_search.engines import Footprint, Ours, Pagefind, leave_out
from plugins.bench_search.scores import Part


@pytest.fixture
def contents(root: Path, tmp_path: Path) -> Contents:
    passages = [Passage("河道巡查条例", "第一条", ("第一条 巡查人应当每日沿河巡查。",))]
    return write_short(root / "content", passages, 3, tmp_path / "county")


@pytest.fixture
def ours(contents: Contents, root: Path, tmp_path: Path) -> Ours:
    found = Ours(root, tmp_path, contents)
    found.shared = {"/theme/site.css"}
    return found


def test_the_second_project_lacks_the_search_and_nothing_else(ours: Ours, root: Path) -> None:
    name = "plugins/features.py"
    whole = (ours.whole.folder / name).read_text(encoding="utf-8").splitlines()
    bare = (ours.bare.folder / name).read_text(encoding="utf-8").splitlines()

    assert "\n".join(whole) + "\n" == (root / name).read_text(encoding="utf-8")
    assert bare.count("    search,") == whole.count("    search,") - 1
    assert [line for line in whole if line != "    search,"] == [
        line for line in bare if line != "    search,"
    ]


def test_a_feature_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "features.py"
    file.write_text("\nFEATURES: tuple[Feature, ...] = (\n    home,\n)\n", encoding="utf-8")

    with pytest.raises(RunError, match="search"):
        leave_out(file, "search")


def test_our_answers_are_told_apart_by_their_paths(ours: Ours) -> None:
    document_id = next(iter(ours.ids))

    assert ours.part_of("/theme/site.css") is None
    assert ours.part_of("/search/") is None
    assert ours.part_of("/theme/search.js") is Part.BOOT
    assert ours.part_of("/search/manifest.json") is Part.BOOT
    assert ours.part_of("/search/l/0-abcde.json") is Part.BOOT
    assert ours.part_of("/search/t/1f-abcde.txt") is Part.INDEX
    assert ours.part_of("/search/m/3-abcde.txt") is Part.INDEX
    assert ours.part_of("/search/d/0-abcde.json") is Part.INDEX
    assert ours.part_of(f"/{document_id}/") is Part.EXCERPT
    assert ours.part_of(f"/{document_id}/index.json") is Part.EXCERPT
    assert ours.part_of("/search/c/e694bf-abcde.txt") is Part.INDEX


def test_pagefinds_answers_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    pagefind = Pagefind(Path("pagefind"), tmp_path)

    assert pagefind.part_of("/") is None
    assert pagefind.part_of("/pagefind/pagefind.js") is Part.BOOT
    assert pagefind.part_of("/pagefind/wasm.unknown.pagefind") is Part.BOOT
    assert pagefind.part_of("/pagefind/index/zh_1.pf_index") is Part.INDEX
    assert pagefind.part_of("/pagefind/fragment/zh_1.pf_fragment") is Part.EXCERPT


def test_what_every_page_loads_is_not_counted(ours: Ours) -> None:
    sent = [
        Sent("/search/", 900),
        Sent("/theme/site.css", 800),
        Sent("/search/manifest.json", 10),
        Sent("/search/t/1-a.json", 20),
        Sent("/search/t/2-b.json", 30),
    ]

    loads = loads_of(sent, ours)

    assert loads.bytes == {Part.BOOT: 10, Part.INDEX: 50}
    assert loads.requests == 3


def test_pagefind_gets_the_documents_and_no_other_page(contents: Contents, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in (*contents.ids, "policies/2020"):
        page = site / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(name, encoding="utf-8")
    pagefind = Pagefind(Path("pagefind"), tmp_path / "pagefind")

    pagefind.take_pages(site, contents.ids)

    pages = pagefind.folder.rglob("index.html")
    found = {page.parent.relative_to(pagefind.folder).as_posix() for page in pages}
    assert found == set(contents.ids)


def test_an_index_is_counted_without_programs(tmp_path: Path) -> None:
    pagefind = Pagefind(Path("pagefind"), tmp_path)
    for name, length in (
        ("fragment/zh_1.pf_fragment", 5),
        ("index/zh_1.pf_index", 7),
        ("pagefind.zh_1.pf_meta", 11),
        ("pagefind-entry.json", 13),
        ("pagefind-ui.js", 1000),
        ("wasm.unknown.pagefind", 1000),
    ):
        file = tmp_path / "pagefind" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * length)

    assert pagefind.index() == Footprint(files=4, bytes=36)
    assert pagefind.texts() == Footprint(files=1, bytes=5)

    pagefind.forget()

    assert not (tmp_path / "pagefind").exists()


def test_pages_of_the_search_are_no_index(ours: Ours) -> None:
    for name in ("index.html", "manifest.json", "t/1-a.txt", "x/1.0-a.bin", "x/1.1-b.bin"):
        file = ours.folder / "search" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"12345")

    assert ours.index() == Footprint(files=4, bytes=20)
    assert ours.texts() == Footprint(files=2, bytes=10)


def test_answers_are_documents_whatever_their_address_looks_like() -> None:
    paths = [
        "/policies/2021/1/",
        "/policies/2021/2/index.html",
        "/policies/2021/3/#:~:text=词",
        *(f"/policies/2022/{n}/" for n in range(10)),
    ]

    found = ids_of(paths)

    assert found[:3] == ("policies/2021/1", "policies/2021/2", "policies/2021/3")
    assert len(found) == 10
