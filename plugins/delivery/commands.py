"""The five targets, and what they print."""

from __future__ import annotations

import argparse
import ipaddress
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from plugins.delivery import buckets, live, trees, vendors
from plugins.delivery.problems import DeliveryError
from plugins.delivery.programs import Rclone
from plugins.delivery.purging import addresses, changed, given_up, lasting, withdrawn
from plugins.delivery.reading import FAMILIES, Reader
from plugins.delivery.shipment import Shipment, before, latest, load, load_manifest, sequences
from plugins.folders import write_whole
from plugins.releases.manifest import HEARTBEAT, MANIFEST, PAPERS_FOLDER, name_of

_LISTED = 20
"""How many faults, addresses or files are printed one by one."""
_LOOK_BACK = 10
"""In how many earlier releases `verify-live` looks for what should be gone."""
Command = Callable[[argparse.Namespace], None]


def deploy(args: argparse.Namespace) -> int:
    """Bring a release to `args.target`: the target `deploy`."""
    return _told(_deploy, args)


def rollback(args: argparse.Namespace) -> int:
    """Bring an older release to `args.target` again: the target `rollback`."""
    return _told(_rollback, args)


def gc(args: argparse.Namespace) -> int:
    """Remove what no citizen can still be shown: the target `gc`."""
    return _told(_gc, args)


def purge(args: argparse.Namespace) -> int:
    """Write, or send, what a CDN must forget: the target `purge`."""
    return _told(_purge, args)


def verify_live(args: argparse.Namespace) -> int:
    """Compare the site as it is sent with its release: the target `verify-live`."""
    return _told(_verify_live, args)


def _told(command: Command, args: argparse.Namespace) -> int:
    try:
        command(args)
    except DeliveryError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


# --- deploy, rollback -----------------------------------------------------------------------------


def _deploy(args: argparse.Namespace) -> None:
    _deliver(args, args.seq or latest(args.releases), back=False)


def _rollback(args: argparse.Namespace) -> None:
    if not args.seq:
        raise DeliveryError("没有说退回到哪一版，什么也没有改", "写上版本号，如 SEQ=16")
    _deliver(args, args.seq, back=True)


def _deliver(args: argparse.Namespace, sequence: int, *, back: bool) -> None:
    shipment = load(args.releases, sequence)
    if _is_store(args.target):
        bucket = buckets.Bucket(args.target, Rclone())
        present = bucket.live()
        _check_order(present, sequence, back=back)
        done = buckets.ship(bucket, shipment, args.removals, _say, ours=present is not None)
    else:
        origin = trees.Origin(Path(args.target))
        with origin.alone():
            _check_order(origin.live(), sequence, back=back)
            done = trees.ship(origin, shipment, args.removals, args.keep)
    print(f"第 {sequence} 版已发布到 {args.target}：{done}")


def _is_store(target: str) -> bool:
    """Whether rclone is meant: `remote:bucket`, and not a folder or a Windows drive."""
    return re.match(r"[^/\\:]{2,}:|:", target) is not None


def _check_order(live: int | None, sequence: int, *, back: bool) -> None:
    if live is None or live == sequence:
        return
    if live > sequence and not back:
        raise DeliveryError(
            f"线上是第 {live} 版，比第 {sequence} 版新，什么也没有改",
            f"确要退回：make rollback SEQ={sequence} TARGET=…",
        )
    if live < sequence and back:
        raise DeliveryError(
            f"线上是第 {live} 版，第 {sequence} 版比它新，不是退回，什么也没有改",
            f"要发布新版：make deploy SEQ={sequence} TARGET=…",
        )


# --- gc -------------------------------------------------------------------------------------------


def _gc(args: argparse.Namespace) -> None:
    now, longest = datetime.now(UTC), timedelta(days=args.days)
    place: buckets.Bucket | trees.Origin
    if _is_store(args.target):
        place = buckets.Bucket(args.target, Rclone())
    else:
        place = trees.Origin(Path(args.target))
    unused = place.unused(args.keep, now, longest)
    _list(unused)
    if args.delete:
        place.discard(unused)
        print(f"删除了 {len(unused)} 个不再用到的。")
    else:
        print(f"不再用到的有 {len(unused)} 个，没有删除。")
        print("    改法：确要删除，加 DELETE=1（--delete）")


def _list(lines: Sequence[str]) -> None:
    for line in lines[:_LISTED]:
        print(f"  {line}")
    if len(lines) > _LISTED:
        print(f"  ……共 {len(lines)} 条")


# --- purge ----------------------------------------------------------------------------------------


def _purge(args: argparse.Namespace) -> None:
    sequence = args.seq or latest(args.releases)
    new = load(args.releases, sequence)
    old = load(args.releases, args.since or before(args.releases, sequence))
    urls = _to_forget(old, new)
    if args.assets:
        urls = sorted([*urls, *addresses(given_up(old, new), new.site_url)])
    _write(args.requests, urls)
    span = f"第 {old.sequence} 版到第 {new.sequence} 版"
    print(f"{span}，要刷新 {len(urls)} 个网址，写在 {args.requests}：")
    _list(urls)
    if args.send:
        _send(args.send, urls)


def _to_forget(old: Shipment, new: Shipment) -> list[str]:
    paths = changed(old, new)
    urls = addresses(paths, new.site_url)
    if len(urls) <= vendors.DAILY:
        return urls
    _say(f"改动涉及 {len(urls)} 个网址，超过一天的限额：只刷新附件、撤下的和新增的，")
    _say("其余网页一分钟后自己更新。")
    return addresses(lasting(paths, old, new), new.site_url)


def _write(folder: Path, urls: list[str]) -> None:
    files = {"urls.txt": "".join(f"{url}\n" for url in urls).encode()}
    for name, vendor in vendors.VENDORS.items():
        for number, body in enumerate(vendor.bodies(urls), 1):
            files[f"{name}-{number:04}.json"] = body
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*-[0-9][0-9][0-9][0-9].json"):
        if stale.name not in files:
            stale.unlink()
    for name, data in files.items():
        write_whole(folder / name, data)


def _send(name: str, urls: list[str]) -> None:
    vendor = vendors.VENDORS[name]
    if len(urls) > vendors.DAILY:
        raise DeliveryError(
            f"要刷新 {len(urls)} 个网址，超过一天的限额 {vendors.DAILY}，没有发送",
            "按目录刷新，或者分几天发送",
        )
    now = datetime.now(UTC)
    requests = [vendor.request(body, os.environ, now) for body in vendor.bodies(urls)]
    for request in requests:
        vendors.send(request)
    print(f"已向{vendor.chinese}发送 {len(requests)} 次刷新请求。")


# --- verify-live ----------------------------------------------------------------------------------


def _verify_live(args: argparse.Namespace) -> None:
    url = args.url.rstrip("/")
    wrong = [*_names(urlsplit(url).hostname or "")]
    for family in FAMILIES:
        with closing(Reader(url, family)) as reader:
            found = [f"{family}：{fault}" for fault in _over(reader, args)]
        print(f"{family}：{'全部相符' if not found else f'{len(found)} 处不符'}")
        wrong += found
    if wrong:
        _list(wrong)
        raise DeliveryError(f"线上的网站有 {len(wrong)} 处不对", "按上面列的逐处处理，再核对一次")
    print("线上的网站与这一版一个字节不差。")


def _over(reader: Reader, args: argparse.Namespace) -> list[str]:
    said = live.heartbeat(reader)
    if not said:
        return [f"连不上，或者取不到 {HEARTBEAT}"]
    sequence = int(str(said.get("sequence", 0)))
    print(f"第 {sequence} 版，{said.get('date', '')}")
    if args.seq and args.seq != sequence:
        return [f"线上是第 {sequence} 版，不是第 {args.seq} 版"]
    shipment = _expected(reader, args.releases, sequence)
    older = [number for number in sequences(args.releases) if number < sequence][-_LOOK_BACK:]
    gone = withdrawn((load(args.releases, number) for number in older), shipment)
    return list(live.faults(reader, shipment, gone))


def _expected(reader: Reader, releases: Path, sequence: int) -> Shipment:
    if sequence in sequences(releases):
        return load(releases, sequence)
    print(f"{releases} 里没有第 {sequence} 版，与网站自己公布的清单比较")
    path = f"{PAPERS_FOLDER}/{name_of(sequence)}/{MANIFEST}"
    return load_manifest(reader.get(path).body)


def _names(host: str) -> list[str]:
    if host == "localhost" or _is_number(host):
        return []
    from plugins.delivery.names import look_up, resolver  # noqa: PLC0415  # wanted here alone

    found = look_up(host, resolver())
    if found is None:
        print("这里查不了域名，没有核对 AAAA 记录")
        return []
    known = {host: found.host, **found.servers}
    return [f"{name} 没有 AAAA 记录（IPv6）" for name in known if not known[name]]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _say(line: str) -> None:
    print(line, flush=True)
