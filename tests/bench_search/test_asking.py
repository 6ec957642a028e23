"""Our own page is a made-up one here: what matters is what is noted of it."""

import urllib.request
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser

from plugins.bench.contents import Contents, write_short
from plugins.bench.passages import Passage
from plugins.bench_search import asking
from plugins.bench_search.asking import OurVisitor, first_queries, later_queries, shared_paths
from plugins.bench_search.delivering import QUALITY, Sent, served
from plugins.bench_search.engines import Ours
from plugins.bench_search.queries import Query
from plugins.bench_search.scores import Part

STYLE = "body { color: black } " * 50
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>检索</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme/site.css">
<main><form><input name="q"></form><ol id="results"></ol></main><script src="/search.js"></script>
"""
DOCUMENT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>件</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme/site.css"><p>正文</p>
"""
SCRIPT = """const field = document.querySelector("input");
const list = document.querySelector("ol");
async function search() {
  const answer = await fetch(`/search/t/${field.value}-a.json`);
  const rows = answer.ok ? await answer.json() : [];
  list.innerHTML = rows.map((row) => `<li><a href="/${row}/#p1">件</a></li>`).join("");
  rows.forEach((row) => fetch(`/${row}/`));
}
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
field.value = new URLSearchParams(location.search).get("q");
if (field.value) search();
"""


@pytest.fixture
def ours(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ours:
    """Three documents; `river` finds two of them, and nothing finds the third."""
    monkeypatch.setattr(asking, "_NOTHING", 0.0)
    monkeypatch.setattr(asking, "_QUIET", 0.1)
    passages = [Passage("河道巡查条例", "第一条", ("第一条 巡查人应当每日沿河巡查。",))]
    contents: Contents = write_short(root / "content", passages, 3, tmp_path / "county")
    found = Ours(root, tmp_path, contents)
    first, second, _ = contents.ids
    files = {
        "index.html": PAGE,
        "search/index.html": PAGE,
        "search.js": SCRIPT,
        "theme/site.css": STYLE,
        "search/t/river-a.json": f'["{second}", "{first}"]',
        **{f"{document_id}/index.html": DOCUMENT for document_id in contents.ids},
    }
    for name, text in files.items():
        file = found.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return found


def ids(ours: Ours) -> list[str]:
    return sorted(ours.ids)


def test_a_query_is_asked_and_all_that_it_loads_is_noted(chromium: Browser, ours: Ours) -> None:
    first, second, _ = ids(ours)
    ours.shared = shared_paths(chromium, ours.folder, first)
    query = Query("title", "river", frozenset({first}))

    (outcome,) = first_queries(chromium, OurVisitor(ours), [query])

    assert ours.shared == {f"/{first}/", "/theme/site.css"}
    assert outcome.found == (second, first)
    assert outcome.loads.of(Part.BOOT) == len(brotli.compress(SCRIPT.encode(), quality=QUALITY))
    assert outcome.loads.of(Part.INDEX) > 0
    assert outcome.loads.of(Part.EXCERPT) > 0


def test_later_queries_may_use_what_is_there(chromium: Browser, ours: Ours) -> None:
    wanted = frozenset(ids(ours)[:1])
    queries = [Query("title", words, wanted) for words in ("river", "river", "nothing")]

    session = later_queries(chromium, OurVisitor(ours), queries)

    again, nothing = session.loads
    assert again.total == 0
    assert nothing.requests == 1


def test_text_is_sent_compressed_and_noted(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[1]" * 500, encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(b"x" * 100)

    with served(tmp_path) as server:
        asked = urllib.request.Request(  # noqa: S310  # our own server
            f"{server.address}/a.json?v=1", headers={"Accept-Encoding": "br"}
        )
        with urllib.request.urlopen(asked) as given:  # noqa: S310  # the same
            body = given.read()
        with urllib.request.urlopen(f"{server.address}/b.bin") as given:  # noqa: S310  # the same
            given.read()
        while not server.is_quiet_for(0.0):
            pass
        sent = server.take()

        assert brotli.decompress(body) == b"[1]" * 500
        assert sorted(sent) == [Sent("/a.json", len(body)), Sent("/b.bin", 100)]
        assert server.take() == []
