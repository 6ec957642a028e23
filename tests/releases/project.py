"""A tiny county in a repository of its own, and releases of it by the command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.county import ROOT, SOUND, write_county

DATES = ("2021-07-20 09:00", "2021-08-01 09:00", "2021-09-01 09:00")


def project(folder: Path) -> Path:
    """A repository with the settings and the theme of this project and a tiny county."""
    folder.mkdir(parents=True)
    for name in ("publishconf.py", ".gitignore"):
        shutil.copyfile(ROOT / name, folder / name)
    conf = (ROOT / "pelicanconf.py").read_text("utf-8")
    without = re.sub(r"^ *document_pdfs=.*\n", "", conf, count=1, flags=re.MULTILINE)
    (folder / "pelicanconf.py").write_text(without, "utf-8")
    for name in ("themes", "plugins", "requirements"):
        (folder / name).symlink_to(ROOT / name)
    write_county(folder / "content", SOUND)
    git(folder, "init", "-q")
    commit(folder, "the county")
    return folder


def git(folder: Path, *words: str) -> str:
    """Run git as nobody in particular, on a day that is always the same."""
    who = {f"GIT_{r}_{k}": v for r in ("AUTHOR", "COMMITTER") for k, v in _WHO.items()}
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env=os.environ | who,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


_WHO = {"NAME": "office", "EMAIL": "office@example.gov.cn", "DATE": "2021-07-01T00:00:00+08:00"}


def commit(folder: Path, words: str) -> None:
    """Commit all there is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", words)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call a target of the room as `python -m plugins` does."""
    code = (
        "import sys; from plugins.__main__ import call, parse; "
        "c, a = parse(sys.argv[1:]); sys.exit(call(c.calls, a))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
