"""Whether releases are what they were: every byte, every time, the signatures, the chain."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from plugins.problems import some
from plugins.releases import signatures
from plugins.releases.laying import files_in, sum_of, sums_text
from plugins.releases.manifest import MANIFEST, SUMS, ManifestError, Release, name_of, read_manifest
from plugins.releases.register import Recorded


def folders_in(releases: Path) -> list[Path]:
    """The folders of releases, the first in front."""
    return sorted(
        (f for f in releases.glob("[0-9]*") if f.name.isdecimal()), key=lambda f: int(f.name)
    )


def faults_of(folder: Path, public: Path | None) -> Iterator[str]:
    """What is wrong with one release by itself; without a public key, signatures are not asked."""
    name = f"第 {int(folder.name)} 版"
    try:
        release = read_manifest(folder / MANIFEST)
        sums = (folder / SUMS).read_text("utf-8")
    except (ManifestError, OSError, UnicodeDecodeError) as fault:
        yield f"{name}读不出来：{fault}"
        return
    if folder.name != name_of(release.sequence):
        yield f"{folder} 里的清单是第 {release.sequence} 版的：次序被换过"
    if sums != sums_text(release, (folder / MANIFEST).read_bytes()):
        yield f"{name}的 {SUMS} 与 {MANIFEST} 不一致"
    if public:
        yield from signatures.faults_of(folder, release, public)
    yield from _faults_of_files(folder, release, name)


def _faults_of_files(folder: Path, release: Release, name: str) -> Iterator[str]:
    site = folder / "site"
    listed = {entry.path: entry for entry in release.entries}
    there = set(files_in(site))
    if missing := sorted(listed.keys() - there):
        yield f"{name}缺少文件：{some(missing)}"
    if extra := sorted(there - listed.keys()):
        yield f"{name}多出文件：{some(extra)}"
    both = sorted(there & listed.keys())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sums = pool.map(lambda path: sum_of(site / path), both)
        changed = [
            path for path, found in zip(both, sums, strict=True) if found != listed[path].sha256
        ]
    if changed:
        yield f"{name}的文件被改动过：{some(changed)}"
    retimed = [p for p in both if int((site / p).stat().st_mtime) != listed[p].mtime]
    if retimed:
        yield f"{name}的文件时间与清单不符：{some(retimed)}"


def faults_of_chain(folders: Sequence[Path], kept: Sequence[Recorded]) -> Iterator[str]:
    """What is wrong between releases, and against what the content has written down."""
    sums = {
        int(f.name): sha256((f / MANIFEST).read_bytes()).hexdigest() for f in folders if _has(f)
    }
    numbers = sorted(sums)
    known = {row.sequence: row for row in kept}
    last = max([*numbers, *known], default=0)
    for sequence in range(1, last + 1):
        if sequence not in sums:
            yield f"缺少第 {sequence} 版"
        elif known and sequence not in known:
            yield f"第 {sequence} 版不在 releases.csv 里：是后来添加的，或者还没有登记"
        elif known and known[sequence].digest != sums[sequence]:
            yield f"第 {sequence} 版的清单与 releases.csv 里登记的不同：被改动或调换过"
    for folder in folders:
        yield from _faults_of_link(folder, sums)


def _has(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def _faults_of_link(folder: Path, sums: dict[int, str]) -> Iterator[str]:
    try:
        release = read_manifest(folder / MANIFEST)
    except (ManifestError, OSError):
        return  # said already
    number = int(folder.name)
    before = sums.get(number - 1)
    if number == 1 and release.previous:
        yield "第 1 版说它前面还有一版：次序被换过"
    elif number > 1 and before and release.previous != before:
        yield f"第 {number} 版接的不是现在的第 {number - 1} 版：有一版被改动、调换或删去"
