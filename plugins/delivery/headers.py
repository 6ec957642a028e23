"""What a file is sent with: how long it may be kept, and what it is.

A web server has rules of its own; an object store keeps these two with each object.
"""

from __future__ import annotations

from pathlib import Path

from plugins.delivery.shipment import Kind
from plugins.releases.manifest import PAPERS_FOLDER
from plugins.serving.server import type_of

_PLAIN = "text/plain; charset=utf-8"
_SHORT = "public, max-age=60, stale-if-error=86400"
CACHE_CONTROL: dict[Kind, str] = {
    "asset": "public, max-age=31536000, immutable",
    "document": "public, max-age=300, stale-if-error=86400",
    "page": _SHORT,
    "data": _SHORT,
    "entry": _SHORT,
    "paper": _SHORT,
}


def content_type(path: str) -> str:
    """The media type of a path, with its charset; the same on every machine."""
    return _PLAIN if path.startswith(f"{PAPERS_FOLDER}/") else type_of(Path(path))
