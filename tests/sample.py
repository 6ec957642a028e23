"""The sample county, built once by Pelican itself for all tests of a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.county import ROOT, share_templates

BUILD_DATE = "2024-06-28"


FULL, PLAIN = "pelicanconf.py", "tests/plainconf.py"
"""The project's own settings; the same without a PDF of each document."""


def pelican_words(content: Path, output: Path, conf: str = PLAIN) -> list[str]:
    """The command line of a build with a cache of its own."""
    command = [sys.executable, "-m", "pelican", str(content), "-o", str(output)]
    command += ["-s", str(ROOT / conf)]
    command += ["-e", f'BUILD_DATE="{BUILD_DATE}"', f'CACHE_PATH="{output.parent / ".cache"}"']
    return command


def run_pelican(
    content: Path, output: Path, *, conf: str = PLAIN, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the `pelican` command as a newcomer would, from a folder that is not the project's."""
    if not environment:  # who asks whether the surroundings matter, asks it of all the work
        share_templates(output.parent / ".cache")
    return subprocess.run(
        pelican_words(content, output, conf),
        cwd=output.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
