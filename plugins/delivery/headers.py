"""What a file is sent with: how long it may be kept, and what it is.

A web server works this out for each answer (`plugins.origins.answers`); an object store keeps it
with each object.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from plugins.origins.answers import OTHER, TYPES, cache_control
from plugins.releases.manifest import PAPERS_FOLDER


def kept_for(path: str) -> str:
    """The Cache-Control of a path from the site's root."""
    return cache_control(f"/{path}")


def content_type(path: str) -> str:
    """The media type of a path, with its charset; the same on every machine."""
    if path.startswith(f"{PAPERS_FOLDER}/"):
        return TYPES[".txt"]
    return TYPES.get(PurePosixPath(path).suffix.lower(), OTHER)
