"""Releases of a tiny county: what they hold, what is refused, what is found out."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path
from unittest.mock import ANY

import pytest

from plugins.__main__ import parse
from plugins.releases import verify_releases
from plugins.releases.manifest import read_manifest
from tests.county import POLICY
from tests.releases.project import DATES, commit, git, project, run

FIRST = "policies/2021/2021-005/index.html"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pair of keys of minisign and one of SSH, outside of any repository."""
    folder = tmp_path_factory.mktemp("keys")
    words = ["minisign", "-G", "-W", "-p", "release.pub", "-s", "secret"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "ssh"]
    subprocess.run(words, cwd=folder, check=True)
    (folder / "release.signers").write_text(
        "release " + (folder / "ssh.pub").read_text("utf-8"), "utf-8"
    )
    return folder


def environment(keys: Path) -> dict[str, str]:
    return {
        "GONGKAI_RELEASE_KEY": str(keys / "secret"),
        "GONGKAI_RELEASE_SSH_KEY": str(keys / "ssh"),
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Iterator[Path]:
    """Three releases; only looked at. A policy is corrected in the second."""
    folder = project(tmp_path_factory.mktemp("county") / "county")
    for name in ("release.pub", "release.signers"):
        shutil.copyfile(keys / name, folder / name)
    for number, date in enumerate(DATES, 1):
        if number == 2:
            file = folder / "content/policies/2021/2021-005.md"
            file.write_text(POLICY.replace("部署全县", "布置全县"), "utf-8")
        commit(folder, f"before release {number}")
        done = run(folder, "release", "--build-date", date, **environment(keys))
        assert done.returncode == 0, done.stdout + done.stderr
    yield folder
    assert verified(folder) == (0, ANY), "a test has changed what others look at"


@pytest.fixture
def county(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to spoil; files of its releases only by way of `own`."""
    folder = tmp_path / "county"
    shutil.copytree(made, folder, symlinks=True, ignore=shutil.ignore_patterns("releases"))
    shutil.copytree(made / "releases", folder / "releases", copy_function=os.link)
    return folder


def own(file: Path) -> Path:
    """A file of a release, no longer shared with the releases that it was linked from."""
    draft = file.with_name(f".{file.name}")
    shutil.copy2(file, draft)
    return draft.replace(file)


def verified(folder: Path) -> tuple[int, str]:
    """Exit code and words of the target `verify-releases`."""
    words = ["verify-releases", "--releases", str(folder / "releases")]
    words += ["--content", str(folder / "content"), "--public-key", str(folder / "release.pub")]
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = verify_releases(parse(words)[1])
    return code, out.getvalue()


# --- What a release holds -------------------------------------------------------------------------


def test_sound_releases_are_proved_by_us_and_by_stock_tools(made: Path) -> None:
    assert verified(made)[0] == 0
    for number in ("0001", "0002", "0003"):
        folder = made / "releases" / number
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
        words = ["minisign", "-Vm", "SHA256SUMS", "-p", str(made / "release.pub")]
        told = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
        assert f"seq={int(number)} commit=" in told.stdout


def test_times_tell_the_last_change_and_the_first_release_stays(made: Path) -> None:
    third = {e.path: e for e in read_manifest(made / "releases/0003/MANIFEST.tsv").entries}
    moments = [
        json.loads((made / f"releases/000{n}/site/heartbeat.json").read_text("utf-8"))["date"]
        for n in (1, 2, 3)
    ]

    assert moments[0] == "2021-07-20T09:00:00+08:00"
    assert third["theme/gongkai.css"].mtime == 1_626_742_800
    assert third[FIRST].mtime == third[f"{FIRST}.br"].mtime == 1_627_779_600
    assert third["heartbeat.json"].mtime == 1_630_458_000
    assert third[FIRST].first_seq == 1
    assert third["releases/0002/MANIFEST.tsv"].first_seq == 3


def test_the_site_carries_the_papers_of_all_earlier_releases(made: Path) -> None:
    carried = made / "releases/0003/site/releases"
    for number in ("0001", "0002"):
        for name in ("MANIFEST.tsv", "SHA256SUMS", "SHA256SUMS.minisig", "SHA256SUMS.sig"):
            own = made / "releases" / number / name
            assert (carried / number / name).read_bytes() == own.read_bytes()
    assert not (carried / "0003").exists()


def test_only_texts_that_gain_have_sidecars(made: Path) -> None:
    site = made / "releases/0001/site"
    assert (site / f"{FIRST}.br").stat().st_size < (site / FIRST).stat().st_size
    assert not list(site.rglob("*.png.*"))
    assert not list(site.glob(".*"))


def test_two_releases_of_one_commit_are_the_same_anywhere(
    made: Path, keys: Path, tmp_path: Path
) -> None:
    trees = []
    places = (("Asia/Shanghai", "C.UTF-8", 0o022), ("America/New_York", "C", 0o077))
    for zone, locale, mask in places:
        folder = tmp_path / zone.replace("/", "-")
        git(made, "clone", "-q", str(made), str(folder))
        git(folder, "checkout", "-q", json.loads(_beat(made, 1))["commit"])
        old = os.umask(mask)
        try:
            done = run(
                folder, "release", "--unsigned", "--build-date", DATES[0],
                TZ=zone, LC_ALL=locale, PYTHONHASHSEED=str(mask), PYTHONUTF8="1",
            )  # fmt: skip
        finally:
            os.umask(old)
        assert done.returncode == 0, done.stdout + done.stderr
        trees.append(_described(folder / "releases/0001"))

    assert trees[0] == trees[1]
    assert trees[0]["MANIFEST.tsv"][0] == _described(made / "releases/0001")["MANIFEST.tsv"][0]
    assert keys.is_dir()


def _beat(folder: Path, number: int) -> str:
    return (folder / f"releases/000{number}/site/heartbeat.json").read_text("utf-8")


def _described(folder: Path) -> dict[str, tuple[str, int, int]]:
    return {
        path.relative_to(folder).as_posix(): (
            sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mode,
            int(path.stat().st_mtime),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_release_can_be_made_again_from_its_commit(county: Path) -> None:
    done = run(county, "rebuild-check", "--seq", "2")

    assert done.returncode == 0, done.stderr
    assert "逐字节相同" in done.stdout
    assert git(county, "worktree", "list").count("\n") == 0


# --- What is found out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [f"site/{FIRST}", f"site/{FIRST}.gz", "MANIFEST.tsv", "SHA256SUMS", "SHA256SUMS.minisig"],
)
def test_one_flipped_byte_is_named(county: Path, path: str) -> None:
    file = own(county / "releases/0002" / path)
    times = file.stat()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    os.utime(file, (times.st_atime, times.st_mtime))

    code, said = verified(county)

    assert code == 1
    assert "第 2 版" in said
    assert path.removeprefix("site/") in said
    folder = county / "releases/0002"
    sums = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    words = ["minisign", "-Vm", "SHA256SUMS", "-p", str(county / "release.pub")]
    signature = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    assert sums.returncode or signature.returncode


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_release_that_is_gone_is_named(county: Path, number: int) -> None:
    shutil.rmtree(county / f"releases/000{number}")

    code, said = verified(county)

    assert code == 1
    assert f"缺少第 {number} 版" in said


def test_a_release_that_was_added_is_named(county: Path) -> None:
    shutil.copytree(county / "releases/0003", county / "releases/0004")

    code, said = verified(county)

    assert code == 1
    assert "第 4 版不在 releases.csv 里" in said
    assert "第 4 版接的不是现在的第 3 版" in said


def test_releases_in_another_order_are_named(county: Path) -> None:
    releases = county / "releases"
    (releases / "0001").rename(releases / "kept")
    (releases / "0002").rename(releases / "0001")
    (releases / "kept").rename(releases / "0002")

    code, said = verified(county)

    assert code == 1
    assert "第 1 版的清单与 releases.csv 里登记的不同" in said
    assert "次序被换过" in said


def test_a_file_with_another_time_is_named(county: Path) -> None:
    os.utime(own(county / "releases/0001/site" / FIRST), (1, 1))

    assert f"文件时间与清单不符：“{FIRST}”" in verified(county)[1].replace(FIRST, f"“{FIRST}”")


# --- What is refused ------------------------------------------------------------------------------


def refused(folder: Path, *words: str) -> str:
    """What is said of a release that is not made; nothing of the old state is touched."""
    before = sorted(path.name for path in (folder / "releases").iterdir())
    kept = (folder / "content/releases.csv").read_bytes()
    done = run(folder, "release", "--unsigned", "--build-date", "2021-10-01 09:00", *words)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert "改法：" in done.stderr
    assert sorted(path.name for path in (folder / "releases").iterdir()) == before
    assert (folder / "content/releases.csv").read_bytes() == kept
    return done.stderr


def test_changes_that_are_not_committed_are_refused(county: Path) -> None:
    assert "content/releases.csv" in refused(county)


def test_a_damaged_last_release_is_refused(county: Path) -> None:
    commit(county, "after release 3")
    own(county / "releases/0003/site/index.html").write_text("x", "utf-8")

    assert "第 3 版的文件被改动过：index.html" in refused(county)


def test_content_with_errors_is_refused(county: Path) -> None:
    bad = POLICY.replace("某政办发〔2021〕5号", "某政办发[2021]6号")
    (county / "content/policies/2021/2021-006.md").write_text(bad, "utf-8")
    commit(county, "an error")

    assert "policies/2021/2021-006.md:9:9: 错误：发文字号（number）" in refused(county)


def test_a_site_that_loads_from_elsewhere_is_refused(county: Path) -> None:
    folder = county / "content/policies/2021"
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<image href="http://198.51.100.7/x.png" width="9" height="9"/></svg>'
    )
    (folder / "map.svg").write_text(drawing, "utf-8")
    text = (folder / "2021-005.md").read_text("utf-8")
    (folder / "2021-005.md").write_text(f"{text}\n![位置图](map.svg)\n", "utf-8")
    commit(county, "a drawing that is not all here")

    told = refused(county)

    assert "policies/2021/2021-005/map.svg" in told
    assert "198.51.100.7" in told


def test_without_a_key_nothing_is_made_unless_asked_for(county: Path) -> None:
    done = run(county, "release", GONGKAI_RELEASE_KEY="")

    assert done.returncode == 1
    assert "GONGKAI_RELEASE_KEY" in done.stderr
    assert "--unsigned" in done.stderr


def test_a_date_before_the_first_release_needs_a_reason_which_readers_see(county: Path) -> None:
    late = POLICY.replace("5号", "6号").replace("节水", "节电")
    file = county / "content/policies/2021/2021-006.md"
    file.write_text(late, "utf-8")
    commit(county, "a late paper")

    said = refused(county)

    assert "content/policies/2021/2021-006.md:3" in said
    assert "发布日期 2021-07-15 早于实际上网的日期" in said
    assert "late_reason" in said

    file.write_text(late.replace("number:", "late_reason: 当时已在公告栏张贴\nnumber:"), "utf-8")
    commit(county, "with its reason")
    for date in ("2021-10-01 09:00", "2021-11-01 09:00"):
        done = run(county, "release", "--unsigned", "--build-date", date)
        assert done.returncode == 0, done.stderr
        commit(county, date)
    pages = [
        (county / f"releases/000{n}/site/policies/2021/2021-006/index.html").read_text("utf-8")
        for n in (4, 5)
    ]
    assert "补发原因：当时已在公告栏张贴" in pages[0]
    assert "本文件于2021年10月1日上网" in pages[0]
    assert pages[0] == pages[1]
    assert "policies/2021/2021-006/,4\n" in (county / "content/released.csv").read_text("utf-8")


def test_a_run_that_was_killed_before_writing_down_is_finished(county: Path) -> None:
    git(county, "checkout", "-q", "content")

    done = run(county, "release", "--unsigned", "--build-date", "2021-10-01 09:00")

    assert done.returncode == 0, done.stderr
    assert "没有另做一版" in done.stdout
    assert not (county / "releases/0004").exists()
    assert verified(county)[0] == 0
