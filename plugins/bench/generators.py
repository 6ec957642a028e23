"""The three generators: how each is set up for a content folder, called, and made to forget."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from plugins.bench.contents import Contents
from plugins.bench.pelican.writing import write_for_pelican
from plugins.bench.sections import write_sections

GONGKAI, HUGO, PELICAN = "Gongkai", "Hugo", "Pelican"
HERE = Path(__file__).parent

_WITHOUT_PDFS = """
from dataclasses import replace

COUNTY = replace(COUNTY, document_pdfs=())
"""
"""Added to the copy's settings: no rival makes a PDF of each document."""
_PROJECT_FILES = ("plugins", "themes", "requirements", "pelicanconf.py", "pyproject.toml")
_ENVIRONMENT = ".venv"


class Generator(Protocol):
    """A generator that was set up for one content folder."""

    name: str
    contents: Contents
    folder: Path
    output: Path

    def words(self) -> list[str]:
        """The command line of one build."""

    def forget(self) -> None:
        """Remove the output and whatever is kept for the next build."""


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


@dataclass
class Gongkai:
    """This project: a copy of its files, so that edits of templates never touch the user's own."""

    project: Path
    place: Path
    contents: Contents
    name: str = GONGKAI

    def __post_init__(self) -> None:
        self.folder = self.place / "project"
        self.output = self.place / "output"
        self.cache = self.place / "cache"
        _remove(self.folder)
        self.folder.mkdir(parents=True)
        for name in _PROJECT_FILES:
            source, target = self.project / name, self.folder / name
            if source.is_dir():
                fresh_copy(source, target)
            else:
                shutil.copyfile(source, target)
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
            conf.write(_WITHOUT_PDFS)
        (self.folder / _ENVIRONMENT).symlink_to((self.project / _ENVIRONMENT).resolve())

    def words(self) -> list[str]:
        """`make html`, as a user types it."""
        return [*self._python("html"), *self._options()]

    def server_words(self, port: int) -> list[str]:
        """`make devserver`."""
        return [*self._python("devserver"), *self._options(), "--port", str(port), *_LOCALLY]

    def _python(self, command: str) -> list[str]:
        python = self.folder / _ENVIRONMENT / "bin" / "python"
        return [str(python), "-m", "plugins", command]

    def _options(self) -> Iterator[str]:
        yield from ("--content", str(self.contents.folder))
        yield from ("--output", str(self.output))
        yield from ("--build-date", str(self.contents.build_date))
        yield from ("--cache", str(self.cache))

    def forget(self) -> None:
        """Remove site and cache."""
        _remove(self.output, self.cache)

    @property
    def template(self) -> Path:
        """The template of documents."""
        return self.folder / "themes/gongkai/templates/documents/document.html"


@dataclass
class Hugo:
    """Hugo, with the same Markdown files mounted into its site."""

    program: Path
    place: Path
    contents: Contents
    name: str = HUGO

    def __post_init__(self) -> None:
        self.folder = self.place / "hugo"
        self.output = self.place / "hugo-output"
        _remove(self.folder)
        shutil.copytree(HERE / "hugo", self.folder)
        self._write_mounts()
        write_sections(self.contents, self.folder / "sections")

    def _write_mounts(self) -> None:
        content = self.contents.folder
        mounts = [
            (path, f"content/{path.name}")
            for path in (content / "policies", content / "organs")
            if path.is_dir()
        ]
        lines = ["module:", "  mounts:"]
        for source, target in (*mounts, (self.folder / "sections", "content")):
            lines.append(f"    - {{source: '{source}', target: {target}}}")
        (self.folder / "mounts.yaml").write_text("\n".join([*lines, ""]), encoding="utf-8")

    def words(self) -> list[str]:
        """A full build: Hugo knows no other."""
        return [str(self.program), *_HUGO_OPTIONS, "--destination", str(self.output)]

    def server_words(self, port: int) -> list[str]:
        """`hugo server`."""
        options = ("--port", str(port), *_LOCALLY)
        return [str(self.program), "server", *_HUGO_OPTIONS, *options]

    def forget(self) -> None:
        """Remove the site; nothing else is kept."""
        _remove(self.output)


_HUGO_OPTIONS = ("--quiet", "--config", "hugo.yaml,mounts.yaml")
_LOCALLY = ("--bind", "127.0.0.1")


@dataclass
class StockPelican:
    """Pelican with nothing added; it wants its own names for what stands in the front matter."""

    python: Path
    place: Path
    contents: Contents
    name: str = PELICAN

    def __post_init__(self) -> None:
        self.folder = self.place / "pelican"
        self.output = self.place / "pelican-output"
        _remove(self.folder)
        shutil.copytree(HERE / "pelican" / "theme", self.folder / "theme")
        shutil.copyfile(HERE / "pelican" / "pelicanconf.py", self.folder / "pelicanconf.py")
        source, self.contents = (
            self.contents,
            replace(self.contents, folder=self.folder / "content"),
        )
        self._write_content(source)

    def words(self) -> list[str]:
        """A build with Pelican's own cache of read content."""
        return [str(self.python), "-m", "pelican", "content", "-o", str(self.output), "-q"]

    def forget(self) -> None:
        """Remove site and cache."""
        _remove(self.output, self.folder / "cache")

    def _write_content(self, source: Contents) -> None:
        for document_id in source.ids:
            target = self.contents.file(document_id)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_for_pelican(source.file(document_id), document_id, target)


def fresh_copy(source: Path, target: Path) -> None:
    """Copy as a clone would: every file is new, and nothing that Python left is there."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(source, target, symlinks=True, ignore=ignored, copy_function=shutil.copyfile)


def same_copy(source: Path, target: Path) -> None:
    """Copy as a restored cache is: times are kept, files are others."""
    shutil.copytree(source, target, copy_function=shutil.copy2)


def cores() -> int:
    """How many processor cores a program may use here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
