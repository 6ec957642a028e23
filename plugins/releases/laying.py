"""The tree of a release: sidecars, modes, times, and a line of the manifest for each file."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from plugins.releases.manifest import (
    PAPERS,
    PAPERS_FOLDER,
    SIDECARS,
    TEXTS,
    Entry,
    Release,
    base_of,
    class_of,
    name_of,
)
from plugins.releases.problems import ReleaseError

_WORTH_IT = 1024
"""Bytes below which a file goes in one packet, compressed or not."""
_UNSPEAKABLE = frozenset("\t\n\r\\")


def files_in(site: Path) -> list[str]:
    """Every file of a tree, in the order of the bytes of the paths."""
    found = (path for path in site.rglob("*") if path.is_file())
    return sorted((path.relative_to(site).as_posix() for path in found), key=str.encode)


def clear_of_marks(site: Path) -> None:
    """Remove what the build keeps in its output folder for itself: names that begin with a dot."""
    for path in site.glob(".*"):
        path.unlink()


def compress(site: Path, before: Mapping[str, Entry], last: Path) -> None:
    """Lay `.br` and `.gz` beside each text that gains by it.

    Where the release before has the same text, its sidecars are taken; `last` is its site.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(lambda path: _compress(site, path, before, last), files_in(site)):
            pass


def _compress(site: Path, path: str, before: Mapping[str, Entry], last: Path) -> None:
    if Path(path).suffix not in TEXTS or path.startswith(f"{PAPERS_FOLDER}/"):
        return
    data = (site / path).read_bytes()
    if len(data) < _WORTH_IT:
        return
    same = path in before and before[path].sha256 == sha256(data).hexdigest()
    for ending, work in zip(SIDECARS, (_brotli, _gzip), strict=True):
        kept = last / (path + ending)
        small = kept.read_bytes() if same and path + ending in before else work(data)
        if len(small) < len(data):
            (site / (path + ending)).write_bytes(small)


def _brotli(data: bytes) -> bytes:
    small: bytes = brotli.compress(data, quality=11)
    return small


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def carry_papers(site: Path, last: Path, sequence: int) -> None:
    """Take over the papers of all earlier releases: those that the last one carries, and its own.

    They never change: those that lie in the tree of the release before are linked, not copied, so
    that a thousand releases do not hold each manifest a thousand times.
    """
    target = site / PAPERS_FOLDER
    for paper in sorted((last / "site" / PAPERS_FOLDER).glob("*/*")):
        place = target / paper.relative_to(last / "site" / PAPERS_FOLDER)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(paper, place)
        except OSError:  # another file system, or one without links
            shutil.copyfile(paper, place)
    for name in PAPERS:
        if (last / name).is_file():
            place = target / name_of(sequence) / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(last / name, place)


def entries_of(site: Path, sequence: int, moment: int, before: Mapping[str, Entry]) -> list[Entry]:
    """The lines of the manifest; modes and times of the files are set to what it says."""
    paths = files_in(site)
    strange = [path for path in paths if _UNSPEAKABLE & set(path)]
    if strange:
        raise ReleaseError(f"文件名里有反斜杠或制表符：{strange[0]!r}", "给文件换一个名字")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sums = dict(zip(paths, pool.map(lambda path: sum_of(site / path), paths), strict=True))
    entries = []
    for path in paths:
        base = base_of(path) if base_of(path) in sums else path
        then, was = before.get(base), before.get(path)
        mtime = then.mtime if then and then.sha256 == sums[base] else moment
        first = was.first_seq if was else sequence
        size = (site / path).stat().st_size
        entries.append(Entry(path, sums[path], size, mtime, class_of(path), first))
        set_time(site / path, mtime)
    for folder in (path for path in site.rglob("*") if path.is_dir()):
        folder.chmod(0o755)
    site.chmod(0o755)
    return entries


def set_time(path: Path, mtime: int) -> None:
    """Readable by all, whatever the umask; changed at that moment."""
    path.chmod(0o644)
    os.utime(path, (mtime, mtime))


def sum_of(path: Path) -> str:
    """SHA-256 of a file."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sums_text(release: Release, manifest: bytes) -> str:
    """`SHA256SUMS`, as coreutils write and check it, with paths from the release's folder."""
    return "".join(_sums(release, manifest))


def _sums(release: Release, manifest: bytes) -> Iterator[str]:
    yield f"{sha256(manifest).hexdigest()}  MANIFEST.tsv\n"
    for entry in release.entries:
        yield f"{entry.sha256}  site/{entry.path}\n"
