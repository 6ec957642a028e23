"""The targets `release`, `verify-releases` and `rebuild-check`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from plugins import addresses
from plugins.checking import Checked, clock, looked_at
from plugins.library.outings import dates_are_honest
from plugins.origins.selfcontained import Allowed, faults_in
from plugins.problems import Severity, report
from plugins.publishing import locked
from plugins.releases import signatures
from plugins.releases.laying import (
    carry_papers,
    clear_of_marks,
    compress,
    entries_of,
    set_time,
    sums_text,
)
from plugins.releases.manifest import (
    HEARTBEAT,
    MANIFEST,
    PAPERS,
    PAPERS_FOLDER,
    SUMS,
    Release,
    name_of,
    read_manifest,
    write,
)
from plugins.releases.problems import ReleaseError
from plugins.releases.rebuilding import differences
from plugins.releases.register import Recorded, record, recorded
from plugins.releases.repository import commit_of
from plugins.releases.verifying import faults_of, faults_of_chain, folders_in
from plugins.settings import BEIJING, Settings
from plugins.site.command import publish_quietly

_PUBLIC = Path("publishconf.py")
_DRAFT = ".draft"


class _Last(NamedTuple):
    """The release before, and its folder."""

    folder: Path
    release: Release
    digest: str


def release(options: argparse.Namespace) -> int:
    """Make the next release: the target `release`."""
    try:
        options.releases.mkdir(parents=True, exist_ok=True)
        with locked(options.releases / "site"):
            return _release(options)
    except ReleaseError as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"读写文件时出错：{fault}\n    改法：看看磁盘满没满，能不能写", file=sys.stderr)
    return 1


def _release(options: argparse.Namespace) -> int:
    if not options.unsigned:
        signatures.check_keys(os.environ, options.public_key)
    last = _last(options.releases)
    if last and _is_unrecorded(last, recorded(options.content)):
        return _finish(options, last)
    commit = commit_of(options.content)
    _must_follow(last, recorded(options.content))
    if last:
        _must_be_sound(last, options)
    options.build_date = options.build_date or f"{clock():%Y-%m-%d %H:%M}"
    looked = looked_at(options, _PUBLIC)
    if looked is None:
        return 1
    checked, settings = looked
    if checked.errors:
        print(report(checked.errors), file=sys.stderr)
        return 1
    if not _is_honest(checked, settings):
        return 1
    _must_be_new(options, settings, commit)
    allowed = Allowed(settings.own_hosts, checked.public.outward_hosts)
    made = _make(options, settings, commit, last, allowed)
    if made is None:
        return 1
    return _say(options, made, _record(options, made, checked, settings))


def _last(releases: Path) -> _Last | None:
    folders = folders_in(releases)
    if not folders:
        return None
    path = folders[-1] / MANIFEST
    try:
        return _Last(folders[-1], read_manifest(path), sha256(path.read_bytes()).hexdigest())
    except (OSError, ValueError) as fault:
        raise ReleaseError(f"上一版已损坏：{fault}", f"从备份取回 {folders[-1]}") from None


def _is_unrecorded(last: _Last, kept: list[Recorded]) -> bool:
    """Whether a run ended between putting a release in its place and writing it down."""
    before = kept[-1] if kept else None
    number, digest = (before.sequence, before.digest) if before else (0, "")
    return last.release.sequence == number + 1 and last.release.previous == digest


def _finish(options: argparse.Namespace, last: _Last) -> int:
    options.build_date = _written(last.release)
    looked = looked_at(options, _PUBLIC)
    if looked is None:
        return 1
    new = _record(options, last.release, *looked)
    print("上一次没有登记完，这次补上，没有另做一版。")
    return _say(options, last.release, new)


def _must_follow(last: _Last | None, kept: list[Recorded]) -> None:
    wanted = kept[-1].digest if kept else ""
    if (last.digest if last else "") != wanted:
        number = kept[-1].sequence if kept else 0
        found = last.release.sequence if last else 0
        raise ReleaseError(
            f"releases.csv 登记到第 {number} 版，发布版文件夹里最后是第 {found} 版，或者清单不同",
            "把登记过的最后一版取回发布版文件夹；用 --releases 指明文件夹",
        )


def _must_be_sound(last: _Last, options: argparse.Namespace) -> None:
    signed = (last.folder / f"{SUMS}.minisig").is_file()
    faults = list(faults_of(last.folder, options.public_key if signed else None))
    if faults:
        raise ReleaseError("\n".join(["上一版已损坏：", *faults]), f"从备份取回 {last.folder}")


def _must_be_new(options: argparse.Namespace, settings: Settings, commit: str) -> None:
    for folder in folders_in(options.releases):
        old = read_manifest(folder / MANIFEST)
        if (old.commit, old.site_url, old.date) == (commit, settings.site_url, _moment(settings)):
            raise ReleaseError(
                f"第 {old.sequence} 版就是这次提交、这个时刻、这些设置", "不用再做；直接发布那一版"
            )


def _is_honest(checked: Checked, settings: Settings) -> bool:
    late = [replace(p, severity=Severity.ERROR) for p in dates_are_honest(checked.public, settings)]
    if late:
        print(report(late), file=sys.stderr)
    return not late


def _moment(settings: Settings) -> str:
    return settings.now.replace(tzinfo=BEIJING).isoformat(timespec="seconds")


def _written(made: Release) -> str:
    return made.date[:16].replace("T", " ")


def _make(
    options: argparse.Namespace,
    settings: Settings,
    commit: str,
    last: _Last | None,
    allowed: Allowed,
) -> Release | None:
    """Build beside all releases, and put the folder in its place when it is whole."""
    draft = options.releases / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    site = draft / "site"
    site.mkdir(parents=True)
    if publish_quietly(options, site):
        shutil.rmtree(draft, ignore_errors=True)
        return None
    _must_stand_alone(site, allowed)
    sequence = last.release.sequence + 1 if last else 1
    date = _moment(settings)
    clear_of_marks(site)
    for lock in draft.glob(".*.lock"):
        lock.unlink()
    beat = {"sequence": sequence, "date": date, "commit": commit}
    (site / HEARTBEAT).write_text(json.dumps(beat) + "\n", "utf-8", newline="\n")
    before = {entry.path: entry for entry in last.release.entries} if last else {}
    _carry(site, options.public_key, last)
    compress(site, before, last.folder / "site" if last else site)
    moment = int(datetime.fromisoformat(date).timestamp())
    entries = tuple(entries_of(site, sequence, moment, before))
    previous = last.digest if last else ""
    made = Release(sequence, commit, date, settings.site_url, previous, entries)
    _write_papers(draft, made, moment, options)
    draft.chmod(0o755)
    draft.replace(options.releases / name_of(sequence))
    return made


def _must_stand_alone(site: Path, allowed: Allowed) -> None:
    """The site loads nothing from elsewhere, by no IPv4 address, and leads to listed sites only."""
    faults = list(faults_in(site, allowed))
    if faults:
        shutil.rmtree(site.parent, ignore_errors=True)
        raise ReleaseError(
            "\n".join(["网站用了外站的东西，或链到没有列出的网站：", *faults]),
            "改掉链接；确要链去的网站，列入 content/outward_hosts.yaml；模板和样式里的，改主题",
        )


def _carry(site: Path, public: Path, last: _Last | None) -> None:
    """Earlier papers, and the public keys, so that citizens find all in one place."""
    if last:
        carry_papers(site, last.folder, last.release.sequence)
    for key in (public, public.with_name(signatures.SIGNERS)):
        if key.is_file():
            (site / PAPERS_FOLDER).mkdir(exist_ok=True)
            shutil.copyfile(key, site / PAPERS_FOLDER / key.name)


def _write_papers(draft: Path, made: Release, moment: int, options: argparse.Namespace) -> None:
    write(draft / MANIFEST, made)
    sums = sums_text(made, (draft / MANIFEST).read_bytes())
    (draft / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    if not options.unsigned:
        signatures.sign(draft, made, os.environ, options.public_key)
    for name in PAPERS:
        if (draft / name).is_file():
            set_time(draft / name, moment)


def _record(
    options: argparse.Namespace, made: Release, checked: Checked, settings: Settings
) -> int:
    addresses.add(checked, settings, options.content)
    folder = options.releases / name_of(made.sequence)
    record(options.content, folder, (d.url for d in checked.public.look_up("open")))
    return sum(entry.first_seq == made.sequence for entry in made.entries)


def _say(options: argparse.Namespace, made: Release, new: int) -> int:
    folder = options.releases / name_of(made.sequence)
    print(
        f"第 {made.sequence} 版：{folder}，文件 {len(made.entries)} 个，新增 {new} 个"
        f"{'，没有签名' if options.unsigned else ''}。\n"
        f"已登记在 {options.content} 的 releases.csv、released.csv 和 addresses.txt："
        "请提交这三个文件。"
    )
    return 0


def verify_releases(options: argparse.Namespace) -> int:
    """Prove a folder of releases, or name what is wrong: the target `verify-releases`."""
    folders = folders_in(options.releases)
    if not folders:
        print(f"{options.releases} 里没有发布版\n    改法：用 --releases 指明", file=sys.stderr)
        return 1
    if not options.unsigned and not options.public_key.is_file():
        print(
            f"找不到公钥 {options.public_key}\n"
            "    改法：用 --public-key 指明；不核对签名的，加 --unsigned",
            file=sys.stderr,
        )
        return 1
    public = None if options.unsigned else options.public_key
    faults = [fault for folder in folders for fault in faults_of(folder, public)]
    faults += faults_of_chain(folders, recorded(options.content))
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"共 {len(faults)} 处不符\n    改法：从备份取回，查明是谁改的", file=sys.stderr)
        return 1
    signed = "签名没有核对" if options.unsigned else "签名有效"
    print(f"{len(folders)} 版都完好：每个文件与清单相符，{signed}，前后相接。")
    return 0


def rebuild_check(options: argparse.Namespace) -> int:
    """Make a release again and compare: the target `rebuild-check`."""
    folders = folders_in(options.releases)
    options.seq = options.seq or (int(folders[-1].name) if folders else 1)
    try:
        made, found = differences(options.releases, options.seq, options.content)
    except ReleaseError as fault:
        print(fault, file=sys.stderr)
        return 1
    if found:
        print(f"第 {made.sequence} 版重做的结果不同，{len(found)} 个文件：", file=sys.stderr)
        print("\n".join(found), file=sys.stderr)
        return 1
    print(f"第 {made.sequence} 版可以由提交 {made.commit} 重做出来，未压缩的文件逐字节相同。")
    return 0
