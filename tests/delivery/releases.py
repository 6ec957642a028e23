"""Small release folders, laid out as `make release` lays them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from pathlib import Path

from plugins.releases.manifest import Entry, Release, class_of, write

SITE = "https://www.example.gov.cn/zwgk"
EPOCH = 1_630_000_000
PAGES = 40


def pages(style: str, word: str = "一", count: int = PAGES) -> dict[str, bytes]:
    """A site whose pages all ask for one style sheet, whose name follows from its bytes."""
    sheet = f"/* {style} */".encode() * 40
    version = base64.b32encode(hashlib.sha256(sheet).digest()).decode().lower()[:5]
    name = f"search/a/style-{version}.txt"
    links = f'<link rel="stylesheet" href="/{name}">'
    found = {name: sheet}
    for number in range(count):
        body = f"<!doctype html><title>{number}</title>{links}<p>{word}{number}</p>"
        found[f"policies/2021/{number}/index.html"] = body.encode()
    found["index.html"] = f"<!doctype html><title>首页</title>{links}".encode()
    found["index.html.gz"] = gzip.compress(found["index.html"], mtime=0)
    found["404.html"] = "<!doctype html><title>找不到</title>".encode()
    found["gazette/2021-01/公报 1.pdf"] = b"%PDF-1.7 " + word.encode() * 400
    found["sitemap.xml"] = f"<urlset>{word}</urlset>".encode()
    return found


def make(releases: Path, sequence: int, site: dict[str, bytes]) -> Path:
    """Write one release; times of files that are as before are carried on."""
    moment = EPOCH + sequence * 3600
    site = {**site, "heartbeat.json": json.dumps({"sequence": sequence}).encode()}
    last = releases / f"{sequence - 1:04}"
    before = _times(last)
    for file in [*last.glob("site/releases/*/*"), *last.glob("[MS]*")]:
        number = file.parent.name
        site[f"releases/{number}/{file.name}"] = file.read_bytes()
    folder = releases / f"{sequence:04}"
    entries = []
    for path in sorted(site):
        data = site[path]
        digest = hashlib.sha256(data).hexdigest()
        mtime = before.get((path, digest), moment)
        file = folder / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        os.utime(file, (mtime, mtime))
        entries.append(Entry(path, digest, len(data), mtime, class_of(path), sequence))
    date = "2021-09-01T00:00:00+08:00"
    release = Release(sequence, "c0ffee", date, SITE, "", tuple(entries))
    write(folder / "MANIFEST.tsv", release)
    (folder / "SHA256SUMS").write_text(
        "".join(f"{e.sha256}  site/{e.path}\n" for e in entries), "utf-8"
    )
    return folder


def _times(folder: Path) -> dict[tuple[str, str], int]:
    return {
        (file.relative_to(folder / "site").as_posix(), _sum(file)): int(file.stat().st_mtime)
        for file in (folder / "site").rglob("*")
        if file.is_file()
    }


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
