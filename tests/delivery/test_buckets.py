"""A release goes into a real object store, back, and in again, while citizens read."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from plugins.delivery import deploy, gc, losses, rollback
from plugins.delivery.buckets import Bucket
from plugins.delivery.problems import DeliveryError
from plugins.delivery.programs import Rclone
from plugins.delivery.shipment import load
from tests.delivery import servers
from tests.delivery.conftest import options
from tests.delivery.readers import Readers
from tests.delivery.releases import make, pages

OLD, NEW = "red", "green"
ALONE = """
import sys
from plugins.__main__ import parse
from plugins.delivery import deploy
sys.exit(deploy(parse(sys.argv[1:])[1]))
"""
PDF = "gazette/2021-01/公报 1.pdf"


@pytest.fixture
def two(releases: Path) -> Path:
    """Two releases; every page asks for a style sheet of another name in the second."""
    make(releases, 1, pages(OLD))
    make(releases, 2, pages(NEW))
    return releases


@pytest.fixture(scope="module")
def published(store: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A bucket to which two of three releases went; only looked at."""
    releases = tmp_path_factory.mktemp("published") / "releases"
    make(releases, 1, pages(OLD))
    site = pages(NEW)
    del site["policies/2021/5/index.html"]
    make(releases, 2, site)
    make(releases, 3, pages(NEW, count=10))
    with servers.bucket(store) as bucket, pytest.MonkeyPatch.context() as patch:
        for name, value in servers.rclone_settings(store).items():
            patch.setenv(name, value)
        for number in ("1", "2"):
            assert run("deploy", bucket, releases, "--seq", number) == 0
        yield bucket, releases


def run(command: str, bucket: str, releases: Path, *words: str) -> int:
    which = {"deploy": deploy, "rollback": rollback}[command]
    return which(
        options(command, "--target", f"{bucket}/zwgk", "--releases", str(releases), *words)
    )


def there(store: int, bucket: str) -> dict[str, str]:
    """The objects and their MD5."""
    said = servers.rclone(store, "lsjson", "-R", "--files-only", "--hash", f"{bucket}/zwgk")
    return {entry["Path"]: entry["Hashes"]["md5"] for entry in json.loads(said)}


def get(port: int, bucket: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    name = bucket.partition(":")[2]
    line.request("GET", f"/{name}/zwgk/{quote(path)}", headers=headers)
    answer = line.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    line.close()
    return found


def readers(port: int, bucket: str) -> Readers:
    paths = ["index.html", *(path for path in pages(OLD) if path.startswith("policies/"))]
    return Readers(f"http://127.0.0.1:{port}/{bucket.partition(':')[2]}/zwgk", paths)


def test_nobody_sees_a_broken_page_while_every_page_changes_nor_on_the_way_back(
    store: int, bucket: str, two: Path
) -> None:
    assert run("deploy", bucket, two, "--seq", "1") == 0
    place = Bucket(f"{bucket}/zwgk", Rclone())

    forward = readers(store, bucket).during(lambda: run("deploy", bucket, two))
    back = readers(store, bucket).during(lambda: run("rollback", bucket, two, "--seq", "1"))

    for seen in (forward, back):
        assert seen["pages"] > 100
        assert seen["new"] > 0
        assert (seen["lost"], seen["broken"], seen["broken kept"]) == (0, 0, 0)
    assert place.live() == 1


def test_the_readers_see_what_a_sync_that_deletes_first_breaks(
    store: int, bucket: str, two: Path
) -> None:
    assert run("deploy", bucket, two, "--seq", "1") == 0

    def naive() -> None:
        words = ("--delete-before", "--transfers", "1")
        servers.rclone(store, "sync", f"{two}/0002/site", f"{bucket}/zwgk", *words)

    seen = readers(store, bucket).during(naive)

    assert seen["broken"] > 0
    assert seen["broken kept"] > 0


def test_a_correction_of_the_same_length_is_sent_and_readers_are_told(
    store: int, bucket: str, releases: Path
) -> None:
    make(releases, 1, pages(OLD, "10000"))
    make(releases, 2, pages(OLD, "20000"))
    for folder in (releases / "0001", releases / "0002"):
        for file in folder.rglob("*.html"):
            os.utime(file, (1, 1))  # not even the times tell
    run("deploy", bucket, releases, "--seq", "1")
    path = "policies/2021/3/index.html"
    _, headers, _ = get(store, bucket, path)

    run("deploy", bucket, releases)

    status, _, body = get(store, bucket, path, **{"If-None-Match": headers["etag"]})
    assert status == 200
    assert "200003" in body.decode()


def test_a_place_that_holds_another_site_is_not_touched(
    store: int, bucket: str, two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "theirs.html").write_text("theirs", "utf-8")
    servers.rclone(store, "copy", str(tmp_path / "theirs.html"), f"{bucket}/zwgk")

    assert run("deploy", bucket, two) == 1

    assert list(there(store, bucket)) == ["theirs.html"]
    assert "那里没有发布过，可能是别的网站" in capsys.readouterr().err


def test_a_damaged_release_is_not_sent(
    store: int, bucket: str, two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = two / "0002/site/policies/2021/9/index.html"
    file.write_bytes(file.read_bytes().replace(b"9", b"8"))

    assert run("deploy", bucket, two) == 1

    assert there(store, bucket) == {}
    assert "policies/2021/9/index.html" in capsys.readouterr().err


def test_a_file_that_somebody_changed_there_is_put_right(
    store: int, bucket: str, two: Path, tmp_path: Path
) -> None:
    run("deploy", bucket, two)
    before = there(store, bucket)
    (tmp_path / "index.html").write_text("forged", "utf-8")
    servers.rclone(store, "copyto", str(tmp_path / "index.html"), f"{bucket}/zwgk/index.html")

    assert run("deploy", bucket, two) == 0

    assert there(store, bucket) == before


def test_a_killed_deployment_is_gone_on_with_and_sends_only_what_is_missing(
    store: int, bucket: str, releases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(releases, 1, pages(OLD, count=200))
    command = [
        sys.executable, "-c",
        ALONE,
        "deploy", "--target", f"{bucket}/zwgk", "--releases", str(releases),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        env=os.environ | {"RCLONE_TPSLIMIT": "60"},  # so slow that it is caught half done
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(there(store, bucket)) < 20 and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)  # rclone with it
    process.wait()
    sent = len(there(store, bucket))
    total = 200 + 5  # the style sheet, the home page, 404, a PDF, the site map, the heartbeat
    assert 20 <= sent < total

    assert run("deploy", bucket, releases) == 0

    said = capsys.readouterr().out
    assert f"上传 {total + 1 - sent} 个" in said
    assert len(there(store, bucket)) == total + 1 + 2


def test_each_file_is_sent_with_the_headers_of_its_class(
    store: int, published: tuple[str, Path]
) -> None:
    bucket, _ = published
    asset = next(path for path in there(store, bucket) if path.startswith("search/a/"))
    paper = "releases/0002/SHA256SUMS"
    found = {
        path: get(store, bucket, path)[1]
        for path in (asset, "index.html", "policies/2021/7/index.html", PDF, paper)
    }

    shown = [(headers["content-type"], headers["cache-control"]) for headers in found.values()]
    short = "public, max-age=60, stale-if-error=86400"
    assert shown == [
        ("text/plain; charset=utf-8", "public, max-age=31536000, immutable"),
        ("text/html; charset=utf-8", short),
        ("text/html; charset=utf-8", short),
        ("application/pdf", "public, max-age=300, stale-if-error=86400"),
        ("text/plain; charset=utf-8", short),
    ]


def test_copies_that_a_store_cannot_choose_among_stay_here(
    store: int, published: tuple[str, Path]
) -> None:
    bucket, releases = published

    assert "index.html.gz" in load(releases, 2).by_path
    assert not [path for path in there(store, bucket) if path.endswith(".gz")]


def test_what_is_withdrawn_is_gone_and_old_assets_and_papers_stay(
    store: int, published: tuple[str, Path]
) -> None:
    bucket, _ = published

    assert get(store, bucket, "policies/2021/5/index.html")[0] == 404
    assert sum(path.startswith("search/a/") for path in there(store, bucket)) == 2
    papers = {path for path in there(store, bucket) if path.startswith("releases/")}
    assert papers == {
        f"releases/000{number}/{name}"
        for number in (1, 2)
        for name in ("MANIFEST.tsv", "SHA256SUMS")
    }


@pytest.mark.usefixtures("keys")
def test_a_loss_of_much_is_refused_before_anything_is_written(
    store: int, published: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bucket, releases = published
    before = there(store, bucket)

    assert run("deploy", bucket, releases, "--seq", "3") == 1
    assert run("deploy", bucket, releases, "--seq", "3", "--removals", "29") == 1

    assert there(store, bucket) == before
    said = capsys.readouterr().err
    assert "这样会撤下 30 个已公开的文件（最多许 20 个），什么也没有改" in said
    assert "改法：核对目标和版本；确要撤下，加 REMOVALS=30" in said


def test_what_may_vanish_is_a_tenth_or_what_is_said() -> None:
    gone = [f"{number}.html" for number in range(30)]

    losses.refuse(gone, 300, None, ours=True)
    losses.refuse(gone, 100, 30, ours=False)
    with pytest.raises(DeliveryError, match="最多许 29 个"):
        losses.refuse(gone, 299, None, ours=True)
    with pytest.raises(DeliveryError, match="可能是别的网站"):
        losses.refuse(gone[:1], 300, None, ours=False)


@pytest.mark.usefixtures("keys")
def test_going_back_must_be_meant_and_going_on_is_no_way_back(
    store: int, published: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bucket, releases = published
    before = there(store, bucket)

    assert run("deploy", bucket, releases, "--seq", "1") == 1
    assert "确要退回：make rollback SEQ=1" in capsys.readouterr().err
    assert run("rollback", bucket, releases, "--seq", "3") == 1
    assert "要发布新版：make deploy SEQ=3" in capsys.readouterr().err
    assert run("rollback", bucket, releases) == 1
    assert "改法：写上版本号，如 SEQ=16" in capsys.readouterr().err
    assert there(store, bucket) == before


@pytest.mark.usefixtures("keys")
def test_assets_stay_as_long_as_a_page_may_be_kept_and_then_may_go(
    published: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bucket, releases = published
    place = Bucket(f"{bucket}/zwgk", Rclone())
    later = datetime.now(UTC) + timedelta(days=2)
    (old,) = (path for path in pages(OLD) if path.startswith("search/a/"))
    assert load(releases, 1).by_path[old].kind == "asset"

    assert gc(options("gc", "--target", f"{bucket}/zwgk", "--keep", "1", "--delete")) == 0

    assert "删除了 0 个" in capsys.readouterr().out
    assert place.unused(1, later, timedelta(days=1)) == [old]
    assert place.unused(2, later, timedelta(days=1)) == []
    assert place.unused(1, later, timedelta(days=7)) == []


def test_without_a_key_rclone_says_why_and_nothing_is_sent(
    store: int,
    bucket: str,
    two: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY", "wrong")

    assert run("deploy", bucket, two) == 1

    said = capsys.readouterr().err
    assert "SignatureDoesNotMatch" in said
    assert "改法：核对目标、密钥" in said
    assert there(store, bucket) == {}
