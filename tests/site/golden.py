"""Write the golden site anew: `python -m tests.site.golden`. Look at the difference it makes."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.county import write_county
from tests.sample import run_pelican

GOLDEN = Path(__file__).parent / "golden"


def main() -> int:
    """Build the tiny county; keep all but the theme's own files and the marker, which is a sum."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        done = run_pelican(write_county(Path(folder) / "content"), output)
        if done.returncode:
            sys.stderr.write(done.stderr)
            return done.returncode
        shutil.rmtree(GOLDEN, ignore_errors=True)
        shutil.copytree(output, GOLDEN, ignore=shutil.ignore_patterns("theme", ".gongkai"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
