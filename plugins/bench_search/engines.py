"""The two searches: how each is set up for a content folder, built and counted."""

from __future__ import annotations

import compileall
import os
import re
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from plugins.bench.contents import Contents
from plugins.bench.generators import GONGKAI, Gongkai
from plugins.bench.measuring import RunError
from plugins.bench_search.scores import Part

PAGEFIND = "Pagefind"
SEARCH = "search"
"""Our feature, and the folder of the site where its files lie."""
_FEATURES = re.compile(r"(?<=\nFEATURES: tuple\[Feature, \.\.\.\] = \(\n)(?:    \w+,\n)+(?=\)\n)")
_OF_A_QUERY = re.compile(r"/search/[tcmdf]/")
_TEXTS = "x"
"""Here long texts lie in parts."""
_PARTS = f"/{SEARCH}/{_TEXTS}/"
_UNSEEN = "/favicon.ico"


@dataclass(frozen=True)
class Footprint:
    """The files of an index as they lie on the disk."""

    files: int
    bytes: int


class Engine(Protocol):
    """A search whose site was built."""

    name: str

    @property
    def folder(self) -> Path:
        """The site, with the index in it."""

    def part_of(self, path: str) -> Part | None:
        """What an answer of this path is for; None if any page of the site would need it too."""


def footprint(files: Iterable[Path]) -> Footprint:
    """Count files."""
    sizes = [file.stat().st_size for file in files]
    return Footprint(len(sizes), sum(sizes))


class Ours:
    """This project twice: whole, and without its search, so that the difference is the search."""

    name = GONGKAI

    def __init__(self, project: Path, place: Path, contents: Contents) -> None:
        self.ids = frozenset(contents.ids)
        self.whole = Gongkai(project, place / "whole", contents)
        self.bare = Gongkai(project, place / "bare", contents)
        self.shared: Collection[str] = ()
        leave_out(self.bare.folder / "plugins/features.py", SEARCH)

    def warm_up(self) -> None:
        """Compile the code, so that the first build is no dearer than the next."""
        for builder in (self.whole, self.bare):
            compileall.compile_dir(builder.folder / "plugins", quiet=1)

    @property
    def folder(self) -> Path:
        """The site."""
        return self.whole.output

    def index_alone(self, out: Path) -> list[str]:
        """The command line that makes the index once more and prints its processor seconds."""
        python = str(self.whole.folder / ".venv/bin/python")
        contents = self.whole.contents
        words = (str(contents.folder), str(contents.build_date), str(out))
        return [python, "-m", "plugins.bench_search.indexing", *words]

    def index(self) -> Footprint:
        """All files of the search but its pages."""
        files = (self.folder / SEARCH).rglob("*")
        return footprint(file for file in files if file.is_file() and file.suffix != ".html")

    def texts(self) -> Footprint:
        """Of these, long texts in parts; all others are read where the site has them."""
        return footprint((self.folder / SEARCH / _TEXTS).glob("*"))

    def part_of(self, path: str) -> Part | None:
        """Excerpts are cut from the JSON of documents; `shared` is what every page loads."""
        if path in self.shared or path in {f"/{SEARCH}/", _UNSEEN}:
            return None
        if _OF_A_QUERY.match(path):
            return Part.INDEX
        if path.startswith(_PARTS):
            return Part.EXCERPT
        document = path.removesuffix("index.json").strip("/")
        return Part.EXCERPT if document in self.ids else Part.BOOT


def leave_out(features: Path, name: str) -> None:
    """Take a feature out of a copy of `features.py`.

    Raises:
        RunError: it does not stand there once.
    """
    text = features.read_text(encoding="utf-8")
    found = _FEATURES.search(text)
    line = f"    {name},\n"
    if not found or found[0].count(line) != 1:
        raise RunError(f"plugins/features.py: {name}?")
    text = text[: found.start()] + found[0].replace(line, "") + text[found.end() :]
    features.write_text(text, encoding="utf-8")


@dataclass
class Pagefind:
    """Pagefind over the pages of the documents: title, facts and body, without what is beside."""

    program: Path
    folder: Path
    name: str = PAGEFIND

    def take_pages(self, site: Path, ids: Iterable[str]) -> None:
        """Put the pages of the documents, and no others, into a site of its own."""
        for document_id in ids:
            page = self.folder / document_id / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.unlink(missing_ok=True)
            os.link(site / document_id / "index.html", page)

    def words(self) -> list[str]:
        """The command line of an index."""
        return [
            str(self.program),
            *("--site", str(self.folder)),
            *("--root-selector", "article"),
            *("--exclude-selectors", "aside"),
            *("--force-language", "zh"),
        ]

    def forget(self) -> None:
        """Remove the index and the page to search from, which is none of the documents."""
        (self.folder / "index.html").unlink(missing_ok=True)
        shutil.rmtree(self._index, ignore_errors=True)

    def make_page(self) -> None:
        """An empty page that the index is searched from."""
        (self.folder / "index.html").write_text(_PAGE, encoding="utf-8")

    @property
    def _index(self) -> Path:
        return self.folder / "pagefind"

    def index(self) -> Footprint:
        """All data; its programs and ready-made search boxes are none."""
        files = [*self._index.rglob("*.pf_*"), self._index / "pagefind-entry.json"]
        return footprint(files)

    def texts(self) -> Footprint:
        """Of these, the texts of the documents."""
        return footprint((self._index / "fragment").glob("*.pf_*"))

    def part_of(self, path: str) -> Part | None:
        """Index chunks and filters are the query's; fragments hold texts for excerpts."""
        if path in {"/", _UNSEEN}:
            return None
        folder = path.removeprefix("/pagefind/").partition("/")[0]
        parts = {"index": Part.INDEX, "filter": Part.INDEX, "fragment": Part.EXCERPT}
        return parts.get(folder, Part.BOOT)


_PAGE = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>Pagefind</title></html>\n'
