"""Write a whole site beside the old one, then change over in one step.

Whatever happens before the change-over (a fault, a full disk, a kill), the old site is as it was.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from jinja2 import Environment

from plugins.outputs import Copy, File, Output, Page
from plugins.publishing.changeover import change_over, locked
from plugins.views import Site

MARKER = ".gongkai"
"""This file marks a folder that builds may replace as a whole."""


class ForeignOutputError(Exception):
    """The output folder holds what no build has made, or lies in the content; it is left alone."""


@dataclass
class Published:
    """What a build did: counts of files."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    pages: int = 0
    paths: set[str] = field(default_factory=set)


def publish(
    outputs: Iterable[Output], environment: Environment, site: Site, content: Path, target: Path
) -> Published:
    """Render and write every output, then put the result in the place of `target`.

    Raises ForeignOutputError if `target` holds files that no build made, or lies in the content.
    """
    _must_be_ours(target, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target):
        staging = target.with_name(f".{target.name}.building")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            published = _write_all(outputs, environment, site, content, target, staging)
            change_over(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return published


def _must_be_ours(target: Path, content: Path) -> None:
    inside, outside = target.resolve(), content.resolve()
    if inside == outside or outside in inside.parents or inside in outside.parents:
        raise ForeignOutputError(target)
    if target.is_file() or (target.exists() and not _made_by_us(target)):
        raise ForeignOutputError(target)


def _made_by_us(folder: Path) -> bool:
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def _write_all(  # noqa: PLR0913, PLR0917  # one call, one place
    outputs: Iterable[Output],
    environment: Environment,
    site: Site,
    content: Path,
    target: Path,
    staging: Path,
) -> Published:
    published = Published()
    staging.mkdir()
    for output in (*outputs, File(MARKER, b"")):
        path = _safe(output.path, published.paths)
        published.pages += isinstance(output, Page)
        data = _bytes(output, environment, site, content)
        if _keep(target / path, staging / path, data):
            published.unchanged += 1
        else:
            published.written += 1
    published.removed = sum(1 for path in _files(target) if path not in published.paths)
    return published


def _safe(path: str, taken: set[str]) -> str:
    """Raises ValueError for a path that leaves the site or that another output has."""
    if path.startswith("/") or ".." in PurePosixPath(path).parts or path in taken:
        raise ValueError(path)
    taken.add(path)
    return path


def _bytes(output: Output, environment: Environment, site: Site, content: Path) -> bytes:
    match output:
        case Page():
            template = environment.get_template(output.template)
            return template.render(site=site, page=output.head, **output.inputs).encode()
        case File():
            return output.data
        case Copy():
            return (content / output.source).read_bytes()


def _keep(old: Path, new: Path, data: bytes) -> bool:
    """Write a file, or take over the old one if it is the same; true if it is."""
    new.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        if old.stat().st_size == len(data) and old.read_bytes() == data:
            os.link(old, new)
            return True
    new.write_bytes(data)
    return False


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
