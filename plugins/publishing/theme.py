"""The theme's files: one stylesheet and one script out of many rooms, and what stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import rcssmin
import rjsmin

from plugins.outputs import Asset
from plugins.publishing.environment import THEME_FOLDER

_MINIFY = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}


def theme_files(theme: Path) -> Iterator[Asset]:
    """gongkai.css and gongkai.js (base files in the order of their names, then components)."""
    for suffix in (".css", ".js"):
        base = sorted((theme / "static" / suffix[1:]).glob(f"*{suffix}"))
        rooms = sorted((theme / "templates" / "components").glob(f"*/component{suffix}"))
        whole = "\n".join(path.read_text(encoding="utf-8") for path in (*base, *rooms))
        yield _file(f"gongkai{suffix}", _MINIFY[suffix](whole).encode())
    for folder in ("standalone", "icons", "vendor"):
        for path in sorted((theme / "static" / folder).glob("*")):
            minify = None if folder == "vendor" else _MINIFY.get(path.suffix)
            data = path.read_bytes()
            yield _file(path.name, minify(data.decode()).encode() if minify else data)
    rooted = theme / "static" / "rooted"
    for path in sorted(rooted.rglob("*.js")):
        script = rjsmin.jsmin(path.read_text(encoding="utf-8"))
        yield Asset(path.relative_to(rooted).as_posix(), script.encode())


def _file(name: str, data: bytes) -> Asset:
    return Asset(f"{THEME_FOLDER}/{name}", data)
