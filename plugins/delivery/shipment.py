"""What is to lie on the server for one release: the tree of the site and the release's papers.

The papers (manifest, sums, signatures) of a release cannot be part of the tree that they speak of:
delivery lays them under `releases/SEQ/`, where the trees of later releases carry them on.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from plugins.delivery.problems import DeliveryError
from plugins.problems import some
from plugins.releases.manifest import (
    MANIFEST,
    PAPERS,
    PAPERS_FOLDER,
    ManifestError,
    Release,
    base_of,
    class_of,
    name_of,
    read_manifest,
)

Kind = Literal["asset", "document", "page", "data", "entry", "paper"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One file: where it goes, counted from the site's root, and where it comes from.

    `prefix` is what `path` has in front that the folder `root` does not.
    """

    path: str
    root: Path
    prefix: str = ""
    sha256: str
    size: int
    mtime: int
    kind: Kind

    @property
    def source(self) -> Path:
        """The file here."""
        return self.root / self.path.removeprefix(self.prefix)


@dataclass(frozen=True)
class Digests:
    """Two sums of the same bytes: the manifest's, and the one that object stores tell."""

    sha256: str
    md5: str


@dataclass(frozen=True)
class Shipment:
    """All files of a release."""

    sequence: int
    site_url: str
    items: tuple[Item, ...]

    @cached_property
    def by_path(self) -> dict[str, Item]:
        """The files by where they go."""
        return {item.path: item for item in self.items}

    def negotiated(self) -> Shipment:
        """The shipment for a store that cannot choose among compressed copies: without them."""
        kept = (item for item in self.items if not is_sidecar(item.path))
        return Shipment(self.sequence, self.site_url, tuple(kept))


def load(releases: Path, sequence: int) -> Shipment:
    """The release of that number. Raises DeliveryError if it is not there or not whole."""
    folder = releases / name_of(sequence)
    if not (folder / MANIFEST).is_file():
        there = "、".join(map(str, sequences(releases))) or "没有"
        raise DeliveryError(
            f"{releases} 里没有第 {sequence} 版（现有：{there}）", "核对 SEQ；先运行 make release"
        )
    return _read(folder)


def _manifest(file: Path) -> Release:
    try:
        return read_manifest(file)
    except ManifestError as fault:
        raise DeliveryError(str(fault), "这一版已损坏：从备份取回整个文件夹") from fault


def _read(folder: Path) -> Shipment:
    read = _manifest(folder / MANIFEST)
    items = [
        Item(
            path=entry.path,
            root=folder / "site",
            sha256=entry.sha256,
            size=entry.size,
            mtime=entry.mtime,
            kind=entry.kind,
        )
        for entry in read.entries
    ]
    papers = _papers(folder, read.sequence)
    return Shipment(read.sequence, read.site_url.rstrip("/"), (*items, *papers))


def _papers(folder: Path, sequence: int) -> Iterator[Item]:
    prefix = f"{PAPERS_FOLDER}/{name_of(sequence)}/"
    for name in PAPERS:
        source = folder / name
        if source.is_file():
            yield Item(
                path=prefix + name,
                root=folder,
                prefix=prefix,
                sha256=hashlib.sha256(source.read_bytes()).hexdigest(),
                size=source.stat().st_size,
                mtime=int(source.stat().st_mtime),
                kind="paper",
            )


def load_manifest(text: bytes) -> Shipment:
    """A release as its published manifest tells it. Raises DeliveryError if it is none."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / MANIFEST).write_bytes(text)
        try:
            return _read(Path(folder))
        except DeliveryError as fault:
            raise DeliveryError("网站没有公布这一版的清单", "在有版本文件夹的机器上核对") from fault


def is_sidecar(path: str) -> bool:
    """Whether a path is the compressed copy of another file."""
    return base_of(path) != path


def is_asset(path: str) -> bool:
    """Whether a path is that of a file whose name follows from its bytes, in any release."""
    return class_of(path) == "asset"


def assets_named_in(manifest: Path) -> frozenset[str]:
    """The assets of a release."""
    entries = _manifest(manifest).entries
    return frozenset(entry.path for entry in entries if entry.kind == "asset")


def sequences(releases: Path) -> list[int]:
    """The numbers of the releases in a folder, in their order."""
    found = releases.glob(f"[0-9]*/{MANIFEST}")
    return sorted(int(file.parent.name) for file in found if file.parent.name.isdecimal())


def latest(releases: Path) -> int:
    """The newest release. Raises DeliveryError if there is none."""
    numbers = sequences(releases)
    if not numbers:
        raise DeliveryError(f"{releases} 里还没有可以发布的版本", "先运行 make release")
    return numbers[-1]


def before(releases: Path, sequence: int) -> int:
    """The release before this one. Raises DeliveryError if it is the first."""
    older = [number for number in sequences(releases) if number < sequence]
    if not older:
        raise DeliveryError(
            f"{releases} 里没有比第 {sequence} 版更早的，不知道改了什么",
            "用 SINCE=… 指明与哪一版比",
        )
    return older[-1]


def digests(shipment: Shipment) -> dict[str, Digests]:
    """The sums of the files as they lie here. Raises DeliveryError if any is not the manifest's."""
    with ThreadPoolExecutor() as pool:
        found = dict(
            zip(shipment.by_path, pool.map(_digests, shipment.by_path.values()), strict=True)
        )
    bad = [path for path, sums in found.items() if sums.sha256 != shipment.by_path[path].sha256]
    if bad:
        raise DeliveryError(
            f"第 {shipment.sequence} 版有 {len(bad)} 个文件与清单不符，没有发布：{some(bad)}",
            "这一版已损坏：从备份取回整个文件夹，或者重新运行 make release",
        )
    return found


def _digests(item: Item) -> Digests:
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    try:
        with item.source.open("rb") as file:
            while block := file.read(1 << 20):
                sha256.update(block)
                md5.update(block)
    except OSError:
        return Digests("", "")
    return Digests(sha256.hexdigest(), md5.hexdigest())
