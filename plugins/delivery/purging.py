"""`make purge`: exactly the addresses that an edge may hold stale after a change of release."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from plugins.delivery.shipment import Shipment, is_sidecar
from plugins.releases.manifest import PAPERS_FOLDER

_INDEX = "index.html"


def changed(old: Shipment, new: Shipment) -> list[str]:
    """The paths whose answer is another: changed, withdrawn and new ones, of which an edge may hold
    the 404. Not assets, whose name changes with their bytes.
    """  # noqa: D205  # one thought
    before, after = _sums(old), _sums(new)
    paths = (path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    # The papers of a release stay when an older one is served again.
    return sorted(p for p in paths if p in after or not p.startswith(f"{PAPERS_FOLDER}/"))


def given_up(old: Shipment, new: Shipment) -> list[str]:
    """The assets that are no longer used: an edge would keep them for a year."""
    assets = (item.path for item in old.items if item.kind == "asset")
    return sorted(p for p in assets if p not in new.by_path and not is_sidecar(p))


def lasting(paths: Iterable[str], old: Shipment, new: Shipment) -> list[str]:
    """Of changed paths those that do not mend themselves within minutes: documents, and whatever is
    withdrawn or new.
    """  # noqa: D205  # one thought
    return [
        path
        for path in paths
        if path not in old.by_path
        or path not in new.by_path
        or new.by_path[path].kind == "document"
    ]


def withdrawn(old: Iterable[Shipment], new: Shipment) -> list[str]:
    """The paths that earlier releases had and this one has not, assets and papers apart."""
    gone = {path for shipment in old for path in _sums(shipment) if path not in new.by_path}
    return sorted(path for path in gone if not path.startswith(f"{PAPERS_FOLDER}/"))


def addresses(paths: Iterable[str], site_url: str) -> list[str]:
    """The addresses under which an edge knows these paths; a page has two."""
    found: set[str] = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        found.add(f"{site_url}/{quote(path)}")
        if name == _INDEX:
            found.add(f"{site_url}/{quote(folder)}/" if folder else f"{site_url}/")
    return sorted(found)


def _sums(shipment: Shipment) -> dict[str, str]:
    return {
        item.path: item.sha256
        for item in shipment.items
        if item.kind != "asset" and not is_sidecar(item.path)
    }
