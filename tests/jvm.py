"""Java programs of the tests: judges that come as libraries, asked about all files in one process.

Starting such a judge costs seconds, a file hardly any: its rules are compiled at every start.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.county import ROOT

CACHE = ROOT / ".cache" / "judges"
SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For programs of seconds: optimizing what soon ends, in further threads, is half of their work."""


def ask(source: Path, jars: Sequence[str], *files: Path) -> list[str]:
    """The lines that the program in a source file says of some files; the last must be `done`."""
    path = os.pathsep.join([str(_compiled(source, jars)), *jars])
    words = ["java", *SHORT, "-Duser.language=en", "-cp", path, source.stem, *map(str, files)]
    run = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    *lines, last = run.stdout.splitlines() or [""]
    if last != "done":
        raise RuntimeError(run.stderr)
    return lines


def _compiled(source: Path, jars: Sequence[str]) -> Path:
    """The folder of the compiled class, one for each state of its source."""
    folder = CACHE / blake2b(source.read_bytes(), digest_size=8).hexdigest()
    if not folder.is_dir():
        CACHE.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=CACHE) as draft:
            words = ["javac", "-cp", os.pathsep.join(jars), "-d", f"{draft}/done", str(source)]
            subprocess.run(words, check=True)
            try:
                Path(draft, "done").rename(folder)
            except OSError:
                assert folder.is_dir()  # another worker was faster
    return folder
