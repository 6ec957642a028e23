"""掌上公报: what of the gazette a browser may keep, so that it can be read without a network.

Nothing is kept unless a reader asks for it. What may be kept lies in a list: `offline.json` in the
folder of an issue names every file of it with the digest of its bytes, so that a browser that kept
the issue fetches anew only what has changed. `standalone/offline.js` of the theme keeps files,
`rooted/gazette/worker.js` reads them out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from posixpath import dirname, relpath
from typing import NamedTuple

from plugins.library import Library
from plugins.outputs import File, OfflineList, Output, Page, Shown, compact_json
from plugins.presenting import Column, column_head
from plugins.settings import Settings
from plugins.views import Link

OFFLINE = "gazette/offline/"
"""本机存的公报: the page of what was kept."""
MANIFEST = "gazette/app.webmanifest"
_GAZETTE = Link("政府公报", "gazette/")
_COLUMN = Column(
    "本机存的公报", OFFLINE, "存在本机、没有网络也能阅读的各期政府公报。", "政府公报", "政府公报"
)
_LIST = "offline.json"
_THEME = tuple(
    f"theme/{name}"
    for name in (
        "early.js",
        "gongkai.css",
        "gongkai.js",
        "icon.svg",
        "icon-192.png",
        "offline.css",
        "offline.js",
    )
)
"""What the pages of the gazette load."""


class Stored(NamedTuple):
    """A file as it was published: digest and length of its bytes."""

    digest: bytes
    size: int


def offline_edition(name: str) -> Iterator[Output]:
    """What the gazette called `name` (刊名) has once: page, its own list, web app manifest."""
    yield Page(f"{OFFLINE}index.html", "offline/offline.html", _page)
    yield offline_issue(OFFLINE, _COLUMN.name, (f"{OFFLINE}index.html",))
    yield File(MANIFEST, _manifest, (name,))


def offline_issue(folder: str, title: str, files: tuple[str, ...]) -> OfflineList:
    """The list of what a reader may keep under `title`: these files, and what their pages load.

    `folder` lies in `gazette/` and ends with a slash. Paths count from the site's root.
    """
    return OfflineList(f"{folder}{_LIST}", title, (*files, *_THEME))


def offline_list(path: str, title: str, files: Mapping[str, Stored]) -> bytes:
    """The list at `path` as JSON: `title`, `version`, `size` in bytes, `files`.

    Addresses of files are relative to the list, so that they hold under any base path; a page is
    named as links name it, `01/` and not `01/index.html`. The version stands for all the rest.
    """
    digests = {_address(file, path): stored.digest.hex() for file, stored in files.items()}
    size = sum(stored.size for stored in files.values())
    version = blake2b(json.dumps([title, digests]).encode(), digest_size=8).hexdigest()
    return compact_json({"title": title, "version": version, "size": size, "files": digests})


def _address(file: str, path: str) -> str:
    near = relpath(file, dirname(path))
    return f"./{near}".removesuffix("index.html") if near.endswith("index.html") else near


def _page(library: Library, settings: Settings) -> Shown:  # noqa: ARG001
    return column_head(settings, _COLUMN, crumbs=(_GAZETTE,)), {}


def _manifest(library: Library, settings: Settings, name: str) -> bytes:  # noqa: ARG001
    """W3C Web Application Manifest: addresses are relative to the manifest's own."""
    return compact_json(
        {
            "name": name,
            "short_name": _GAZETTE.label,
            "lang": "zh-CN",
            "start_url": "./",
            "scope": "./",
            "display": "standalone",
            "background_color": "#fff",
            "theme_color": "#fff",
            "icons": [
                {"src": "../theme/icon.svg", "type": "image/svg+xml", "sizes": "any"},
                *(
                    {
                        "src": f"../theme/icon-{width}.png",
                        "type": "image/png",
                        "sizes": f"{width}x{width}",
                        "purpose": purpose,
                    }
                    for width in (192, 512)
                    for purpose in ("any", "maskable")
                ),
            ],
        }
    )
