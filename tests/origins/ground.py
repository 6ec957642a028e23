"""Where the servers stand and the citizens come from: network namespaces, or this machine's `::1`.

A namespace of Linux has its own addresses and routes. Citizen 6 has no IPv4 at all, not even
127.0.0.1; citizen 4 no IPv6. All addresses are those set apart for documentation; nothing leaves
the machine.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

EDGE6, EDGE4 = "2001:db8:1::80", "198.51.100.80"
SETTLING = 20
"""Seconds that a cable may take until both ends are up, which the kernel tells at its leisure."""
NEEDS_ROOT = "命名空间要 root 权限：这里只对 ::1 验证过，没有证明纯 IPv6 能用"


@dataclass(frozen=True)
class Ground:
    """What to put before a command so that it runs at the edge or at a citizen's."""

    edge: tuple[str, ...]
    citizen6: tuple[str, ...]
    citizen4: tuple[str, ...]
    address6: str
    address4: str
    https: int
    http: int

    @property
    def is_apart(self) -> bool:
        """Whether the parties have networks of their own."""
        return bool(self.edge)


def can_part() -> bool:
    """Whether namespaces can be made here: by root, with the kernel's leave."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("ip"):
        return False
    probe = f"gk-probe-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", probe], check=False, capture_output=True)
    if made.returncode == 0:
        subprocess.run(["ip", "netns", "del", probe], check=True)
    return made.returncode == 0


@contextmanager
def apart() -> Iterator[Ground]:
    """Three namespaces: the servers' edge, a citizen with IPv6 only, one with IPv4 only."""
    names = {who: f"gk{who}-{os.getpid()}" for who in ("edge", "six", "four")}
    try:
        for name in names.values():
            _ip("netns", "add", name)
        _wire(names)
        prefix = {who: ("ip", "netns", "exec", name) for who, name in names.items()}
        yield Ground(prefix["edge"], prefix["six"], prefix["four"], EDGE6, EDGE4, 443, 80)
    finally:
        for name in names.values():
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _wire(names: dict[str, str]) -> None:
    """A cable from the edge to each citizen; IPv6's least MTU, so that big packets must be cut."""
    edge, six, four = names["edge"], names["six"], names["four"]
    _ip("link", "add", "e6", "mtu", "1280", "netns", edge, "type", "veth", *_peer("c6", six))
    _ip("link", "add", "e4", "netns", edge, "type", "veth", *_peer("c4", four))
    for name in (edge, six):
        _ip("-n", name, "link", "set", "lo", "up")
    # The kernel gives every loopback 127.0.0.1.
    _ip("-n", six, "-4", "addr", "flush", "dev", "lo")
    _ip("-n", edge, "addr", "add", f"{EDGE6}/64", "dev", "e6", "nodad")
    _ip("-n", edge, "addr", "add", f"{EDGE4}/24", "dev", "e4")
    _ip("-n", six, "addr", "add", "2001:db8:1::c1/64", "dev", "c6", "nodad")
    _ip("-n", four, "addr", "add", "198.51.100.41/24", "dev", "c4")
    off = "/proc/sys/net/ipv6/conf/all/disable_ipv6"
    subprocess.run(["ip", "netns", "exec", four, "sh", "-c", f"echo 1 > {off}"], check=True)
    ends = ((edge, "e6"), (edge, "e4"), (six, "c6"), (four, "c4"))
    for name, device in ends:
        _ip("-n", name, "link", "set", device, "up")
    _ip("-n", six, "-6", "route", "add", "default", "via", EDGE6)
    for name, device in ends:
        _settle(name, device)


def _settle(name: str, device: str) -> None:
    """Wait until the end of the cable is up and its addresses are sure.

    A browser drops what it is fetching (ERR_NETWORK_CHANGED) when an address changes under it; the
    kernel takes a second or two to be sure of the link-local address that it gives each device.

    Raises:
        TimeoutError: It is not up in time.
    """
    end = time.monotonic() + SETTLING
    while time.monotonic() < end:
        link = json.loads(_ip("-n", name, "-json", "addr", "show", "dev", device))[0]
        unsure = [own for own in link["addr_info"] if own.get("tentative")]
        if link["operstate"] == "UP" and not unsure:
            return
        time.sleep(0.1)
    raise TimeoutError(f"{device} of {name} is not up after {SETTLING} s")


def _peer(device: str, name: str) -> list[str]:
    mtu = ["mtu", "1280"] if device == "c6" else []
    return ["peer", "name", device, *mtu, "netns", name]


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True).stdout


def together() -> Ground:
    """This machine alone, for who may not make namespaces: `::1`, on ports that are free."""
    return Ground((), (), (), "::1", "127.0.0.1", _free_port(), _free_port())


def _free_port() -> int:
    with socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::", 0))
        return int(probe.getsockname()[1])
