"""A release into an object store (Aliyun OSS, Tencent COS, any S3), by rclone.

An object store has no switch to throw: files change one by one, and readers watch. So what a page
asks for goes before the page, the page before what leads to it, and what is withdrawn goes last.
Old assets stay, for pages that a browser or an edge still holds; `collecting` removes them later.
What differs is found by sums, never by times: a correction may have the old length and time.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from plugins.delivery import losses
from plugins.delivery.collecting import still_seen
from plugins.delivery.headers import content_type, kept_for
from plugins.delivery.problems import DeliveryError
from plugins.delivery.programs import Rclone
from plugins.delivery.shipment import (
    Digests,
    Item,
    Kind,
    Shipment,
    assets_named_in,
    digests,
    is_asset,
)
from plugins.problems import some
from plugins.releases.manifest import HEARTBEAT, MANIFEST, PAPERS_FOLDER, name_of

_FLAGS = ("--fast-list", "--transfers", "32", "--checkers", "32")
# Every object is compared at the end; asking for each again after its upload would double the way.
_UPLOAD_FLAGS = (*_FLAGS, "--no-check-dest", "--s3-no-check-bucket", "--s3-no-head")

PASSES: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("带校验码的文件", ("asset",)),
    ("附件和 PDF", ("document",)),
    ("网页和数据", ("page", "data")),
    ("首页等入口", ("entry",)),
)


@dataclass(frozen=True)
class Difference:
    """How a store and a shipment differ, as paths in their order."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def unsent(self) -> frozenset[str]:
        """What must be uploaded."""
        return frozenset(self.missing + self.changed)


class Bucket:
    """A place in an object store: `remote:bucket/prefix`."""

    def __init__(self, target: str, rclone: Rclone) -> None:
        self._target = target.rstrip("/")
        self._rclone = rclone

    def live(self) -> int | None:
        """The release that is wholly there; None if there never was one."""
        said = self._rclone("cat", f"{self._target}/{HEARTBEAT}")
        try:
            return int(json.loads(said)["sequence"])
        except (ValueError, KeyError, TypeError):
            return None

    def difference(self, sums: Mapping[str, Digests]) -> Difference:
        """Compare everything there with these sums.

        Raises:
            DeliveryError: the store cannot be listed, or objects tell no MD5.
        """
        lines = (f"{digest.md5}  {path}\n" for path, digest in sums.items())
        with _file_of(lines) as file:
            words = ("checksum", "md5", file, self._target, "--combined", "-", *_FLAGS)
            code, said = self._rclone.answer(*words)
        found: dict[str, list[str]] = {"=": [], "-": [], "+": [], "*": [], "!": []}
        for line in said.splitlines():
            if line[:1] not in found or line[1:2] != " ":
                raise DeliveryError(f"不能列出 {self._target}：\n{said}", "核对目标、密钥和网络")
            found[line[0]].append(line[2:])
        if found["!"] or (code != 0 and not said):
            raise DeliveryError(
                f"{self._target} 里有的文件问不出校验值：{some(found['!'])}",
                "核对权限和网络，再执行一次",
            )
        return Difference(*(tuple(sorted(found[mark])) for mark in "+*-"))

    def upload(self, items: Iterable[Item]) -> None:
        """Send files, each with the headers of its kind; files of one kind and type together."""

        def alike(item: Item) -> tuple[str, ...]:
            return str(item.root), item.prefix, kept_for(item.path), content_type(item.path)

        for (root, prefix, control, media), group in groupby(sorted(items, key=alike), alike):
            target = f"{self._target}/{prefix}".rstrip("/")
            with _file_of(f"{item.path.removeprefix(prefix)}\n" for item in group) as file:
                self._rclone(
                    "copy", root, target, "--files-from-raw", file, *_UPLOAD_FLAGS,
                    "--header-upload", f"Cache-Control: {control}",
                    "--header-upload", f"Content-Type: {media}",
                )  # fmt: skip

    def unused(self, keep: int, now: datetime, longest: timedelta) -> list[str]:
        """The assets that no release names whose pages may still be shown."""
        seen = still_seen(self._served(), keep, now, longest)
        if not seen:
            raise DeliveryError(f"{self._target} 没有发布过，没有可清理的", "核对目标")
        named = self._assets_of(seen)
        there = self._rclone("lsf", "-R", "--files-only", self._target, *_FLAGS).splitlines()
        return sorted(path for path in there if is_asset(path) and path not in named)

    def _served(self) -> dict[int, datetime]:
        """When each release was brought up last: its manifest is laid anew each time."""
        words = ("lsjson", "-R", "--files-only", f"{self._target}/{PAPERS_FOLDER}")
        _, said = self._rclone.answer(*words, "--use-server-modtime", *_FLAGS)
        found = json.loads(said) if said.startswith("[") else []
        return {
            int(folder): datetime.fromisoformat(entry["ModTime"])
            for entry in found
            for folder, _, name in [entry["Path"].rpartition("/")]
            if name == MANIFEST and folder.isdecimal()
        }

    def _assets_of(self, numbers: Iterable[int]) -> frozenset[str]:
        paths = [f"{name_of(number)}/{MANIFEST}" for number in numbers]
        with tempfile.TemporaryDirectory() as folder, _file_of(f"{p}\n" for p in paths) as file:
            source = f"{self._target}/{PAPERS_FOLDER}"
            self._rclone("copy", source, folder, "--files-from-raw", file, *_FLAGS)
            return frozenset().union(*(assets_named_in(Path(folder) / path) for path in paths))

    def discard(self, paths: Sequence[str]) -> None:
        """Remove objects."""
        if paths:
            with _file_of(f"{path}\n" for path in paths) as file:
                self._rclone("delete", self._target, "--files-from-raw", file, *_FLAGS)


def ship(
    bucket: Bucket,
    shipment: Shipment,
    removals: int | None,
    tell: Callable[[str], None],
    *,
    ours: bool,
) -> str:
    """Bring the store to this release, pass by pass, and say what was done.

    Args:
        bucket: where it goes.
        shipment: what goes there.
        removals: how many public files may vanish, if somebody said so.
        tell: is told how far it is.
        ours: whether a release of ours is there already.

    The heartbeat comes last of all: it says which release is wholly there.

    Raises:
        DeliveryError: nothing was touched, as too much would vanish or the release is damaged;
            or rclone failed; or what is there in the end is not the release.
    """
    shipment = shipment.negotiated()
    sums = digests(shipment)
    found = bucket.difference(sums)
    gone = [path for path in found.extra if not _stays(path)]
    there = len(sums) - len(found.missing) + len(gone)
    losses.refuse(gone, there, removals, ours=ours)
    waiting = [item for item in shipment.items if item.path in found.unsent]
    for title, kinds in PASSES:
        batch = [item for item in waiting if item.kind in kinds and item.path != HEARTBEAT]
        if batch:
            tell(f"{title}：上传 {len(batch)} 个")
            bucket.upload(batch)
    if gone:
        tell(f"撤下的文件：删除 {len(gone)} 个")
        bucket.discard(gone)
    # Also where they are there already: their time tells when this release was brought up last.
    bucket.upload(item for item in shipment.items if item.kind == "paper")
    bucket.upload(item for item in waiting if item.path == HEARTBEAT)
    tell("核对全部文件的校验值")
    left = bucket.difference(sums)
    wrong = [*left.missing, *left.changed, *sorted(set(gone) & set(left.extra))]
    if wrong:
        raise DeliveryError(
            f"上传以后有 {len(wrong)} 个文件与清单不符：{some(wrong)}",
            "再执行一次；仍不符的，查是谁在改",
        )
    sent = sum(item.kind != "paper" for item in waiting)
    return f"上传 {sent} 个，删除 {len(gone)} 个，其余未变；{len(sums)} 个文件的校验值全部相符"


def _stays(path: str) -> bool:
    """Whether what no release of today has stays all the same: old assets, papers."""
    return is_asset(path) or path.startswith(f"{PAPERS_FOLDER}/")


@contextmanager
def _file_of(lines: Iterable[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list"
        with file.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(lines)
        yield str(file)
