"""`MANIFEST.tsv`: what a release holds, and which release it follows.

    # gongkai-manifest<TAB>1
    # sequence<TAB>7
    # commit<TAB>…
    # date<TAB>2021-07-15T16:00:00+08:00
    # site_url<TAB>https://www.example.gov.cn/zwgk
    # previous<TAB>SHA-256 of the manifest before, empty in the first
    path<TAB>sha256<TAB>size<TAB>mtime<TAB>class<TAB>first_seq

One line a file, in the order of the bytes of the paths. `mtime` is the moment (seconds since 1970)
of the release that changed the file last; `first_seq` the release that first had the path, of all
releases since which there always was one.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, cast, get_args

from plugins.origins.answers import HASHED

Class = Literal["asset", "page", "document", "entry", "data"]

MANIFEST = "MANIFEST.tsv"
SUMS = "SHA256SUMS"
PAPERS = (MANIFEST, SUMS, f"{SUMS}.minisig", f"{SUMS}.sig")
"""Files of a release beside its site; signatures may be missing."""
PAPERS_FOLDER = "releases"
"""Where the papers of releases lie on the site, each in a folder named after its release."""
HEARTBEAT = "heartbeat.json"
SIDECARS = (".br", ".gz")

_FORMAT = "1"
_HEAD = ("gongkai-manifest", "sequence", "commit", "date", "site_url", "previous")
_LINE = re.compile(
    rf"([^\t]+)\t([0-9a-f]{{64}})\t(\d+)\t(\d+)\t({'|'.join(get_args(Class))})\t(\d+)"
)


class ManifestError(ValueError):
    """What is wrong with a manifest, in words for an operator."""


@dataclass(frozen=True)
class Entry:
    """One file of a release; `path` counts from the site's root. `kind` is the class."""

    path: str
    sha256: str
    size: int
    mtime: int
    kind: Class
    first_seq: int


@dataclass(frozen=True)
class Release:
    """A manifest. `date` is ISO 8601 with +08:00; `previous` is empty in the first release."""

    sequence: int
    commit: str
    date: str
    site_url: str
    previous: str
    entries: tuple[Entry, ...]


TEXTS = frozenset(
    ".css .csv .html .js .json .jsonld .opml .svg .tsv .txt .vtt .webmanifest .xml".split()  # noqa: SIM905  # one line to read
)
"""Endings of files that compression makes smaller; all others have been compressed already."""
_DOCUMENTS = frozenset(
    ".avi .bmp .csv .doc .docx .epub .et .gif .jpeg .jpg .m4a .mp3 .mp4 .ofd .pdf .png .ppt .pptx "  # noqa: SIM905  # the same
    ".rar .rtf .vtt .webm .webp .wps .xls .xlsx .zip".split()
)
_ENTRIES = frozenset(
    {"404.html", HEARTBEAT, "index.html", "redirects.json", "search/manifest.json", "sitemap.xml"}
)
_ANNOUNCING = re.compile(
    r"sitemaps/.+|feeds/.+\.(?!html$)[a-z]+|gazette/(?:worker\.js|offline/.+\.json)"
)
"""What tells machines of pages and files: site maps, feeds, the gazette's lists for browsers."""


def class_of(path: str) -> Class:
    """The class of a path, the same in every release; a sidecar has that of its file.

    - asset: named after its bytes, so that it never changes and may be kept for ever;
    - entry: what leads to all else, and must arrive after it;
    - page: HTML;
    - document: what people download or see in a page;
    - data: everything else, with style sheets, scripts and the papers of releases.
    """
    path = base_of(path)
    if path.startswith(f"{PAPERS_FOLDER}/"):
        return "data"
    if re.search(HASHED.pattern, f"/{path}"):
        return "asset"
    if path in _ENTRIES or _ANNOUNCING.fullmatch(path):
        return "entry"
    ending = PurePosixPath(path).suffix.lower()
    if ending == ".html":
        return "page"
    return "document" if ending in _DOCUMENTS else "data"


def base_of(path: str) -> str:
    """The path of the file that a sidecar belongs to; any other path as it is."""
    for ending in SIDECARS:
        if path.endswith(ending) and PurePosixPath(path.removesuffix(ending)).suffix in TEXTS:
            return path.removesuffix(ending)
    return path


def name_of(sequence: int) -> str:
    """The name of a release's folder."""
    return f"{sequence:04}"


def text_of(release: Release) -> str:
    """The text of a manifest."""
    values = (
        _FORMAT,
        str(release.sequence),
        release.commit,
        release.date,
        release.site_url,
        release.previous,
    )
    head = [f"# {name}\t{value}" for name, value in zip(_HEAD, values, strict=True)]
    lines = [
        f"{e.path}\t{e.sha256}\t{e.size}\t{e.mtime}\t{e.kind}\t{e.first_seq}"
        for e in sorted(release.entries, key=lambda entry: entry.path.encode())
    ]
    return "\n".join([*head, *lines]) + "\n"


def write(path: Path, release: Release) -> None:
    """Write a manifest in one step."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(text_of(release), encoding="utf-8", newline="\n")
    draft.chmod(0o644)
    os.replace(draft, path)  # noqa: PTH105  # Path.replace, without another object


def read_manifest(path: Path) -> Release:
    """Read a manifest.

    Raises:
        OSError: it cannot be read.
        ManifestError: it is none, or not in the form in which `write` writes it.
    """
    try:
        lines = path.read_bytes().decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise ManifestError(f"{path} 不是清单：不是 UTF-8 文字") from None
    head = dict(_head_line(path, lines, place, name) for place, name in enumerate(_HEAD))
    if head[_HEAD[0]] != _FORMAT:
        raise ManifestError(f"{path} 的格式是 {head[_HEAD[0]]}，这个程序只认得 {_FORMAT}")
    if lines[-1]:
        raise ManifestError(f"{path} 不完整：最后一行没有写完")
    if not head["sequence"].isdecimal():
        raise ManifestError(f"{path}:2: 版次“{head['sequence']}”不是数字")
    entries = tuple(
        _entry(path, number, line)
        for number, line in enumerate(lines[len(_HEAD) : -1], len(_HEAD) + 1)
    )
    return Release(
        int(head["sequence"]),
        head["commit"],
        head["date"],
        head["site_url"],
        head["previous"],
        entries,
    )


def _head_line(path: Path, lines: list[str], place: int, name: str) -> tuple[str, str]:
    start = f"# {name}\t"
    if place >= len(lines) or not lines[place].startswith(start):
        raise ManifestError(f"{path}:{place + 1}: 不是清单：这一行应以“# {name}”开头")
    return name, lines[place].removeprefix(start)


def _entry(path: Path, number: int, line: str) -> Entry:
    found = _LINE.fullmatch(line)
    if not found:
        raise ManifestError(f"{path}:{number}: 这一行不是清单的写法")
    name, sha256, size, mtime, kind, first = found.groups()
    return Entry(name, sha256, int(size), int(mtime), cast("Class", kind), int(first))
