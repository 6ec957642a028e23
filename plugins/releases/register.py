"""What the content keeps: `releases.csv` (each release), `released.csv` (what went out when).

Both belong to the content and are committed with it. `releases.csv` holds the digest of each
manifest, so that the history of the repository bears witness to the chain as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins.folders import write_whole
from plugins.reading.names import RELEASED, RELEASES
from plugins.records.office import released_rows
from plugins.releases.manifest import MANIFEST, Release, read_manifest

_HEAD = "版次,日期,提交,清单SHA-256\n"
_FIRST = "网址,首次上网的版次\n"


class Recorded(NamedTuple):
    """One row of `releases.csv`."""

    sequence: int
    date: str
    commit: str
    digest: str


def recorded(content: Path) -> list[Recorded]:
    """The releases that are written down, in their order."""
    rows = (row for _, row in released_rows(_text(content / RELEASES)))
    return [Recorded(int(row[0]), row[1], row[2], row[3]) for row in rows]


def record(content: Path, folder: Path, urls: Iterable[str]) -> None:
    """Write down a release, and of these addresses of documents those that it has first."""
    path = folder / MANIFEST
    release = read_manifest(path)
    first = {row[0]: row[1] for _, row in released_rows(_text(content / RELEASED))}
    there = {entry.path for entry in release.entries}
    for url in urls:
        if f"{url}index.html" in there:
            first.setdefault(url, str(release.sequence))
    lines = sorted(f"{url},{sequence}\n" for url, sequence in first.items())
    write_whole(content / RELEASED, (_FIRST + "".join(lines)).encode())
    rows = [row for row in recorded(content) if row.sequence != release.sequence]
    rows.append(_row(release, path))
    told = _HEAD + "".join(f"{','.join(map(str, row))}\n" for row in rows)
    write_whole(content / RELEASES, told.encode())


def _row(release: Release, path: Path) -> Recorded:
    digest = sha256(path.read_bytes()).hexdigest()
    return Recorded(release.sequence, release.date, release.commit, digest)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
