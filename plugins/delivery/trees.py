"""A release onto a file origin: a folder that a web server such as nginx serves as `current`.

    TARGET/releases/0016/…     trees, whole and never changed once they are served
    TARGET/releases/0017/…
    TARGET/current             -> releases/0017, changed in one step

A file that is as in the tree before is a hard link to it. The assets of the trees before are linked
in too, for pages that a browser or an edge still holds. A tree is built beside, compared with the
manifest to the last byte, and only then served.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins.delivery import losses
from plugins.delivery.collecting import still_seen
from plugins.delivery.problems import DeliveryError
from plugins.delivery.shipment import Item, Shipment, assets_named_in, is_asset
from plugins.releases.manifest import MANIFEST, PAPERS_FOLDER, name_of

if sys.platform != "win32":
    import fcntl


class Origin:
    """The folder of a file origin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trees = folder / "releases"
        self.current = folder / "current"

    def tree(self, sequence: int) -> Path:
        """Where the tree of a release lies."""
        return self.trees / name_of(sequence)

    def sequences(self) -> list[int]:
        """The releases whose trees are here, the one served last in front."""
        found = [path for path in self.trees.glob("[0-9]*") if path.name.isdecimal()]
        return [int(path.name) for path in sorted(found, key=_last_served, reverse=True)]

    def live(self) -> int | None:
        """The release that is served."""
        with suppress(OSError, ValueError):
            return int(self.current.readlink().name)
        return None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let a second deployment wait."""
        mask = os.umask(0o022)  # the web server is another user
        try:
            self.trees.mkdir(parents=True, exist_ok=True)
            with (self.folder / ".lock").open("a") as file:
                if sys.platform != "win32":
                    fcntl.flock(file, fcntl.LOCK_EX)
                yield
        finally:
            os.umask(mask)

    def lacking(self, shipment: Shipment) -> list[str]:
        """What is served and would no longer be, old assets and papers apart."""
        served = _files(self.current) if self.live() is not None else ()
        return sorted(
            path
            for path in served
            if path not in shipment.by_path
            and not is_asset(path)
            and not path.startswith(f"{PAPERS_FOLDER}/")
        )

    def place(self, shipment: Shipment, kept: int) -> int:
        """Have the tree of this release here, whole, with assets and papers of `kept` others.

        Returns:
            How many files were copied and not linked.

        Raises:
            DeliveryError: the release is damaged; what is served has not been touched.
        """
        tree, live = self.tree(shipment.sequence), self.live()
        draft = self.trees / f".{tree.name}.draft"
        shutil.rmtree(draft, ignore_errors=True)
        known = [tree] if live is None else [tree, self.tree(live)]
        copied = sum(_put(item, draft, known) for item in shipment.items)
        others = [number for number in self.sequences() if number != shipment.sequence]
        for number in others[:kept]:
            _link_kept(self.tree(number), draft)
        if live == shipment.sequence:
            _mend(draft, tree)
        else:
            _exchange(draft, tree)
        return copied

    def switch(self, sequence: int) -> None:
        """Serve another tree from now on, in one step."""
        tree = self.tree(sequence)
        os.utime(tree)
        draft = self.folder / ".current.draft"
        draft.unlink(missing_ok=True)
        draft.symlink_to(tree.relative_to(self.folder), target_is_directory=True)
        draft.replace(self.current)

    def unused(self, keep: int, now: datetime, longest: timedelta) -> list[str]:
        """The trees and old assets that nobody can be shown, and what killed deployments left."""
        served = {
            number: datetime.fromtimestamp(_last_served(self.tree(number)), UTC)
            for number in self.sequences()
        }
        if not served:
            raise DeliveryError(f"{self.folder} 没有发布过，没有可清理的", "核对目标")
        seen = still_seen(served, keep, now, longest)
        gone = served.keys() - seen - {self.live()}
        left = [path.name for path in self.trees.glob(".*")]
        return sorted([*left, *map(name_of, gone), *self._old_assets(seen)])

    def _old_assets(self, seen: Iterable[int]) -> list[str]:
        """What is linked into the tree that is served, and named by no release still seen."""
        live = self.live()
        if live is None:
            return []
        tree = self.tree(live)
        named = _assets_of(tree).union(*(_assets_of(self.tree(number)) for number in seen))
        old = (path for path in _files(tree) if is_asset(path) and path not in named)
        return [f"{tree.name}/{path}" for path in old]

    def discard(self, names: Sequence[str]) -> None:
        """Remove trees and assets."""
        with self.alone():
            for name in names:
                place = self.trees / name
                if place.is_dir():
                    shutil.rmtree(place)
                else:
                    place.unlink()


def ship(origin: Origin, shipment: Shipment, removals: int | None, kept: int) -> str:
    """Build the tree of a release, serve it, and say what was done.

    Raises:
        DeliveryError: the release is damaged, or too much would vanish; what is served has not
            been touched.
    """
    gone = origin.lacking(shipment)
    there = len(shipment.items) + len(gone)
    losses.refuse(gone, there, removals, ours=True)
    copied = origin.place(shipment, kept)
    origin.switch(shipment.sequence)
    linked = len(shipment.items) - copied
    return f"复制 {copied} 个，与上一版共用 {linked} 个，不再提供 {len(gone)} 个"


def _last_served(tree: Path) -> float:
    return tree.stat().st_mtime


def _files(tree: Path) -> Iterator[str]:
    for folder, _, names in os.walk(tree.resolve()):
        for name in names:
            yield (Path(folder) / name).relative_to(tree.resolve()).as_posix()


def _put(item: Item, draft: Path, trees: Iterable[Path]) -> bool:
    """Lay one file into the draft; True if its bytes had to be copied."""
    place = draft / item.path
    place.parent.mkdir(parents=True, exist_ok=True)
    for tree in trees:
        if _is(tree / item.path, item):
            place.hardlink_to(tree / item.path)
            return False
    shutil.copyfile(item.source, place)
    place.chmod(0o644)
    os.utime(place, (item.mtime, item.mtime))
    if not _is(place, item):
        raise DeliveryError(
            f"{item.source} 与清单不符，没有发布", "从备份取回这一版，或者重新运行 make release"
        )
    return True


def _is(file: Path, item: Item) -> bool:
    try:
        stat = file.stat()
        if (stat.st_size, int(stat.st_mtime)) != (item.size, item.mtime):
            return False
        return hashlib.sha256(file.read_bytes()).hexdigest() == item.sha256
    except OSError:
        return False


def _mend(draft: Path, tree: Path) -> None:
    """Served as it is: what is wrong in it is exchanged file by file, and nothing else moves."""
    for path in list(_files(draft)):
        if not _same(draft / path, tree / path):
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            (draft / path).replace(tree / path)
    shutil.rmtree(draft)


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def _exchange(draft: Path, tree: Path) -> None:
    old = tree.with_name(f".{tree.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if tree.exists():
        tree.rename(old)
    draft.rename(tree)
    shutil.rmtree(old, ignore_errors=True)


def _assets_of(tree: Path) -> frozenset[str]:
    """The assets of the release that a tree was made for; none if its manifest is gone."""
    manifest = tree / PAPERS_FOLDER / tree.name / MANIFEST
    return assets_named_in(manifest) if manifest.is_file() else frozenset()


def _link_kept(source: Path, tree: Path) -> None:
    """Link the assets and papers of one release into another's tree, where it has none so named."""
    papers = _files(source / PAPERS_FOLDER)
    for path in [*_assets_of(source), *(f"{PAPERS_FOLDER}/{path}" for path in papers)]:
        place = tree / path
        if (source / path).is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.hardlink_to(source / path)
