"""Where a build finds everything, and where it puts what it makes."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

CONF = Path("pelicanconf.py")
THEME = Path("themes/gongkai")
CACHE = Path(".cache")
"""Where builds keep what they need again; deleting it is always safe."""


@dataclass(frozen=True)
class Folders:
    """Where a build finds everything, and where it puts the site."""

    content: Path
    output: Path
    theme: Path
    cache: Path = CACHE

    @property
    def readings(self) -> Path:
        """The reading cache, one for all output folders."""
        return self.cache / "readings.sqlite"

    @property
    def own(self) -> Path:
        """What is kept for this output folder alone."""
        name = f"{self.output.name}-{_short(str(self.output.resolve()))}"
        return self.cache / "builds" / name

    @property
    def state(self) -> Path:
        """The state of the output folder."""
        return self.own / "state"

    @property
    def changes(self) -> Path:
        """Which files the last build wrote and removed, as JSON."""
        return self.own / "changes.json"

    @property
    def printed(self) -> Path:
        """PDFs, each under the digest of all that it was made of, one for all output folders."""
        return self.cache / "printed"

    @property
    def shelves(self) -> Path:
        """What bundles of this output folder keep for the next build."""
        return self.own / "shelves"

    @property
    def templates(self) -> Path:
        """Compiled templates."""
        return self.cache / "templates"


def _short(text: str) -> str:
    """Eight characters that tell one text from another."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def write_whole(file: Path, data: bytes) -> None:
    """Write a file in one step: whoever has it open sees the old bytes or the new ones."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(file)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
