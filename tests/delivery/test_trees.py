"""A release onto a file origin behind nginx: built beside, linked, served by one switch."""

from __future__ import annotations

import http.client
import os
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.delivery import deploy, gc, rollback
from plugins.delivery.trees import Origin
from tests.delivery import servers
from tests.delivery.conftest import options
from tests.delivery.readers import Readers
from tests.delivery.releases import make, pages

OLD, NEW = "red", "green"
PATHS = ["index.html", *(path for path in pages(OLD) if path.startswith("policies/"))]


@pytest.fixture
def two(releases: Path) -> Path:
    """Two releases; every page asks for a style sheet of another name in the second."""
    make(releases, 1, pages(OLD))
    make(releases, 2, pages(NEW))
    return releases


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the trees go."""
    return tmp_path / "www"


@pytest.fixture
def port(tmp_path: Path, target: Path) -> Iterator[int]:
    """A web server that serves what is current there."""
    with servers.nginx(tmp_path / "nginx", target / "current") as port:
        yield port


def run(command: str, target: Path, releases: Path, *words: str) -> int:
    which = {"deploy": deploy, "rollback": rollback}[command]
    return which(options(command, "--target", str(target), "--releases", str(releases), *words))


def contents(tree: Path) -> dict[str, bytes]:
    return {
        file.relative_to(tree).as_posix(): file.read_bytes()
        for file in tree.rglob("*")
        if file.is_file()
    }


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", f"/{quote(path)}", headers=headers)
    answer = line.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    line.close()
    return found


def test_nobody_sees_a_broken_page_while_every_page_changes_nor_on_the_way_back(
    port: int, target: Path, two: Path
) -> None:
    run("deploy", target, two, "--seq", "1")
    url = f"http://127.0.0.1:{port}"

    forward = Readers(url, PATHS).during(lambda: run("deploy", target, two))
    back = Readers(url, PATHS).during(lambda: run("rollback", target, two, "--seq", "1"))

    for seen in (forward, back):
        assert seen["pages"] > 100
        assert seen["new"] > 0
        assert (seen["lost"], seen["broken"], seen["broken kept"]) == (0, 0, 0)


def test_the_readers_see_what_a_switch_without_the_old_assets_breaks(
    port: int, target: Path, two: Path
) -> None:
    run("deploy", target, two, "--seq", "1")

    def naive() -> None:
        shutil.copytree(two / "0002/site", target / "releases/0002")
        Origin(target).switch(2)

    seen = Readers(f"http://127.0.0.1:{port}", PATHS).during(naive)

    assert seen["broken kept"] > 0


def test_the_readers_see_what_a_copy_in_place_breaks(port: int, target: Path, two: Path) -> None:
    run("deploy", target, two, "--seq", "1")

    readers = Readers(f"http://127.0.0.1:{port}", PATHS)

    def naive() -> None:
        shutil.rmtree(target / "releases/0001")
        for _ in range(1000):  # a copy may be faster than any reader: wait for one to come by
            if readers.seen["lost"] + readers.seen["broken"]:
                break
            time.sleep(0.01)
        shutil.copytree(two / "0002/site", target / "releases/0001")

    seen = readers.during(naive)

    assert seen["lost"] + seen["broken"] > 0
    assert seen["broken kept"] > 0


def test_what_is_served_is_the_release_to_the_byte_and_what_did_not_change_is_linked(
    target: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(releases, 1, pages(OLD))
    site = pages(OLD)
    site["policies/2021/5/index.html"] += b"<p>changed</p>"
    make(releases, 2, site)
    run("deploy", target, releases, "--seq", "1")
    capsys.readouterr()

    assert run("deploy", target, releases) == 0

    served = contents(target / "current")
    papers = {"releases/0002/MANIFEST.tsv", "releases/0002/SHA256SUMS"}
    assert "index.html.gz" in served
    assert {path: served[path] for path in served.keys() - papers} == contents(
        releases / "0002/site"
    )
    # The page, the heartbeat, two papers. Those of the first release have another time now.
    assert "复制 6 个" in capsys.readouterr().out
    one, other = (target / "releases" / name / "index.html" for name in ("0001", "0002"))
    assert one.samefile(other)
    assert not other.samefile(releases / "0002/site/index.html")


def test_everybody_may_read_it_whatever_the_operators_mask(target: Path, two: Path) -> None:
    mask = os.umask(0o077)
    try:
        run("deploy", target, two)
    finally:
        os.umask(mask)

    for place in (target / "releases").rglob("*"):
        wanted = 0o755 if place.is_dir() else 0o644
        assert stat.S_IMODE(place.stat().st_mode) == wanted, place


def test_a_correction_of_the_same_length_reaches_who_holds_the_old_page(
    port: int, target: Path, releases: Path
) -> None:
    make(releases, 1, pages(OLD, "10000"))
    make(releases, 2, pages(OLD, "20000"))
    run("deploy", target, releases, "--seq", "1")
    path = "policies/2021/3/"
    _, headers, _ = get(port, path)

    run("deploy", target, releases)

    status, _, body = get(port, path, **{"If-None-Match": headers["etag"]})
    assert status == 200
    assert "200003" in body.decode()
    pdf = "404.html"
    assert get(port, pdf, **{"If-None-Match": get(port, pdf)[1]["etag"]})[0] == 304


def test_what_was_changed_on_the_server_is_not_linked_on_but_put_right(
    target: Path, two: Path
) -> None:
    run("deploy", target, two, "--seq", "1")
    forged = target / "releases/0001/404.html"
    times = forged.stat()
    forged.write_bytes(b"x" * times.st_size)
    os.utime(forged, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert run("deploy", target, two, "--seq", "1") == 0
    assert contents(target / "current")["404.html"] == pages(OLD)["404.html"]
    assert run("deploy", target, two) == 0
    assert contents(target / "current")["404.html"] == pages(NEW)["404.html"]


def test_a_damaged_release_is_not_served(
    target: Path, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("deploy", target, two, "--seq", "1")
    (two / "0002/site/policies/2021/9/index.html").write_bytes(b"damaged")
    before = contents(target / "current")

    assert run("deploy", target, two) == 1

    assert contents(target / "current") == before
    assert "policies/2021/9/index.html 与清单不符" in capsys.readouterr().err


def test_a_loss_of_much_is_refused_before_anything_is_written(
    target: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(releases, 1, pages(OLD))
    make(releases, 2, pages(NEW, count=10))
    run("deploy", target, releases, "--seq", "1")

    assert run("deploy", target, releases) == 1

    assert "这样会撤下 30 个已公开的文件" in capsys.readouterr().err
    assert Origin(target).sequences() == [1]
    assert run("deploy", target, releases, "--removals", "30") == 0


def test_a_deployment_that_died_halfway_is_no_hindrance(target: Path, two: Path) -> None:
    run("deploy", target, two, "--seq", "1")
    (target / "releases/.0002.draft/policies").mkdir(parents=True)
    (target / "releases/.0002.draft/index.html").write_text("half", "utf-8")
    (target / ".current.draft").symlink_to("releases/0002")

    assert run("deploy", target, two) == 0

    assert contents(target / "current")["index.html"] == pages(NEW)["index.html"]
    assert not list((target / "releases").glob(".*"))


def test_trees_that_nobody_can_be_shown_go_and_what_is_served_never(
    target: Path, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, style in enumerate(("red", "green", "blue"), 1):
        make(releases, number, pages(style, count=3))
        run("deploy", target, releases, "--seq", str(number))
    run("rollback", target, releases, "--seq", "1")
    week = datetime.now(UTC).timestamp() - 8 * 86_400
    for age, number in enumerate((1, 3, 2)):
        os.utime(target / f"releases/000{number}", (week - age * 86_400,) * 2)
    words = ("gc", "--target", str(target), "--keep", "2")
    capsys.readouterr()

    assert gc(options(*words)) == 0
    assert Origin(target).sequences() == [1, 3, 2]
    assert "0002" in capsys.readouterr().out
    assert gc(options(*words, "--delete")) == 0

    assert Origin(target).sequences() == [1, 3]
    assert Origin(target).unused(1, datetime.now(UTC), timedelta(days=30)) == []
    assert Origin(target).live() == 1


def test_of_a_leak_nothing_stays_when_that_is_asked_for(target: Path, two: Path) -> None:
    run("deploy", target, two, "--seq", "1")
    run("deploy", target, two)
    (old,) = (path for path in pages(OLD) if path.startswith("search/a/"))
    assert old in contents(target / "current")

    assert gc(options("gc", "--target", str(target), "--keep", "1", "--days", "0", "--delete")) == 0

    assert old not in contents(target / "current")
    assert Origin(target).sequences() == [2]
    assert set(pages(NEW)) <= set(contents(target / "current"))


def test_the_assets_of_the_last_releases_stay_and_older_ones_leave(
    target: Path, releases: Path
) -> None:
    for number, style in enumerate(("red", "green", "blue"), 1):
        make(releases, number, pages(style, count=3))
        run("deploy", target, releases, "--seq", str(number), "--keep", "1")

    styles = [
        data[3:8].split()[0]
        for path, data in sorted(contents(target / "current").items())
        if path.startswith("search/a/")
    ]
    assert sorted(styles) == [b"blue", b"green"]
