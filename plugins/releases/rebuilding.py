"""`make rebuild-check`: a release is made again from its commit, by the code of that commit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from plugins.releases.laying import files_in, sum_of
from plugins.releases.manifest import (
    HEARTBEAT,
    MANIFEST,
    PAPERS_FOLDER,
    ManifestError,
    Release,
    base_of,
    name_of,
    read_manifest,
)
from plugins.releases.problems import ReleaseError
from plugins.releases.repository import checked_out

_BROUGHT = (".venv", ".fonts")


def differences(releases: Path, sequence: int, content: Path) -> tuple[Release, list[str]]:
    """The release, and the paths that come out otherwise; sidecars and papers apart."""
    try:
        release = read_manifest(releases / name_of(sequence) / MANIFEST)
    except (OSError, ManifestError) as fault:
        raise ReleaseError(
            f"读不出第 {sequence} 版的清单：{fault}", "核对 SEQ 和 --releases"
        ) from None
    with checked_out(release.commit) as place:
        _bring(place)
        made = place.parent / "site"
        _build(place, made, release, content)
        found = {p: sum_of(made / p) for p in files_in(made) if not p.startswith(".")}
    told = {e.path: e.sha256 for e in release.entries if _is_built(e.path)}
    return release, sorted(p for p in found.keys() | told.keys() if found.get(p) != told.get(p))


def _is_built(path: str) -> bool:
    is_ours = path == HEARTBEAT or path.startswith(f"{PAPERS_FOLDER}/")
    return not is_ours and base_of(path) == path


def _bring(place: Path) -> None:
    """Lend what was installed here, if the commit locks the same; else it installs its own."""
    here = Path.cwd()
    lock = Path("requirements") / "site.txt"
    if (place / lock).read_bytes() == (here / lock).read_bytes():
        for name in _BROUGHT:
            if (here / name).exists():
                (place / name).symlink_to((here / name).resolve())


def _build(place: Path, made: Path, release: Release, content: Path) -> None:
    where = content.resolve().relative_to(Path.cwd().resolve())
    words = [sys.executable, "-m", "plugins", "publish", "--content", str(where)]
    words += ["--output", str(made), "--cache", str(place.parent / "cache")]
    words += ["--build-date", release.date[:16].replace("T", " ")]
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        words, cwd=place, env=kept, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise ReleaseError(
            f"提交 {release.commit} 没有生成成功：\n{done.stderr.strip()}",
            "在那一次提交上运行 make publish，看是什么原因",
        )
