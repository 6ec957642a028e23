"""Real servers on this machine's own addresses: an object store, a web server, a cache."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

from plugins.delivery.programs import find

KEY, SECRET = "test", "testsecret"


def program(*names: str) -> str:
    """The path of a program; skips the test if this machine has none of them."""
    places = [find(name) or shutil.which(name, path="/usr/sbin:/sbin") for name in names]
    found = next(filter(None, places), None)
    if found is None:
        pytest.skip(f"{names[0]} is not installed: nothing is known of how this goes with it")
    return found


def ports(wanted: int) -> list[int]:
    """Ports that are free, each with the one ten thousand above it."""
    found: list[int] = []
    while len(found) < wanted:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                other.bind(("127.0.0.1", port + 10_000 if port < 50_000 else port - 10_000))
            except OSError:
                continue
            if port < 50_000 and port not in found:  # so that both are ports
                found.append(port)
    return found


@contextmanager
def running(
    words: Sequence[str],
    port: int,
    log: Path,
    host: str = "127.0.0.1",
    end: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """A server for as long as the block runs, from when it listens on."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        try:
            wait_for((host.strip("[]"), port), process, log)
            yield
        finally:
            process.send_signal(end)
            process.wait(30)


def wait_for(address: tuple[str, int], process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until somebody listens."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(address, timeout=5):
            return
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))


@contextmanager
def seaweedfs(folder: Path) -> Iterator[int]:
    """An S3 object store whose bucket anybody may read; its port."""
    weed = program("weed")
    master, volume, filer, s3 = ports(4)
    (folder / "data").mkdir(parents=True)
    key = {"accessKey": KEY, "secretKey": SECRET}
    deploy = {"name": "deploy", "credentials": [key], "actions": ["Admin", "Read", "Write", "List"]}
    citizen = {"name": "anonymous", "actions": ["Read"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [deploy, citizen]}), "utf-8")
    words = [
        weed, f"-logdir={folder}", "server", f"-dir={folder / 'data'}",
        "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
        "-master.telemetry=false", f"-master.port={master}", f"-volume.port={volume}",
        f"-filer.port={filer}", f"-s3.port={s3}", "-s3.port.iceberg=0", "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=64", "-volume.max=20", "-filer", "-s3", "-s3.iam=false",
        f"-s3.config={folder / 's3.json'}",
    ]  # fmt: skip
    # Asked to end it takes half a minute; nothing in it must outlive the tests.
    with running(words, s3, folder / "weed.log", end=signal.SIGKILL):
        for _ in range(200):  # it listens before it can answer
            if is_healthy(s3):
                break
            time.sleep(0.1)
        yield s3


def is_healthy(port: int) -> bool:
    """Whether the object store can work."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200  # OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def rclone_settings(port: int) -> dict[str, str]:
    """What the environment tells rclone of the object store."""
    return {
        "RCLONE_CONFIG": "",
        "RCLONE_CONFIG_STORE_TYPE": "s3",
        "RCLONE_CONFIG_STORE_PROVIDER": "SeaweedFS",
        "RCLONE_CONFIG_STORE_ENDPOINT": f"http://127.0.0.1:{port}",
        "RCLONE_CONFIG_STORE_ACCESS_KEY_ID": KEY,
        "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY": SECRET,
    }


def rclone(port: int, *words: str) -> str:
    """What rclone prints."""
    done = subprocess.run(
        [program("rclone"), *words],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **rclone_settings(port)},
    )
    return done.stdout


@contextmanager
def bucket(port: int) -> Iterator[str]:
    """An empty bucket, as rclone knows it."""
    name = f"store:bucket-{next(_NUMBERS)}"
    rclone(port, "mkdir", name)
    yield name
    rclone(port, "purge", name)


_NUMBERS = count(1)


NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
{user} events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 100000; absolute_redirect off;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  charset utf-8; charset_types text/html text/css text/plain application/json;
  types {{ text/html html; text/css css; application/json json; application/pdf pdf;
           application/xml xml; text/plain tsv; }}
  default_type text/plain;
  map $request_uri $cache {{
    default "public, max-age=60";
    "~^/search/a/" "public, max-age=31536000, immutable";
  }}
  server {{
    {listen}
    root {root};
    {rules}
  }}
}}
"""


RULES = "add_header Cache-Control $cache; error_page 404 /404.html;"
HOSTS = ("127.0.0.1", "[::1]")


@contextmanager
def nginx(
    folder: Path, root: Path, rules: str = RULES, hosts: Sequence[str] = HOSTS
) -> Iterator[int]:
    """A web server, over IPv4 and IPv6 if nothing else is said; its port."""
    found = program("nginx")
    (port,) = ports(1)
    folder.mkdir(parents=True, exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    listen = " ".join(f"listen {host}:{port};" for host in hosts)
    file.write_text(
        NGINX.format(folder=folder, listen=listen, root=root, user=user, rules=rules), "utf-8"
    )
    words = [found, "-c", str(file), "-e", str(folder / "error.log")]
    with running(words, port, folder / "log", hosts[0]):
        yield port


VCL = """
vcl 4.1;
backend origin {{ .host = "127.0.0.1"; .port = "{origin}"; }}
sub vcl_recv {{
  set req.http.host = "site";
  if (req.method == "PURGE") {{ return (purge); }}
  return (hash);
}}
sub vcl_backend_response {{ set beresp.ttl = 1h; return (deliver); }}
sub vcl_deliver {{ set resp.http.X-Hits = obj.hits; }}
"""


@contextmanager
def varnish(folder: Path, origin: int) -> Iterator[int]:
    """A cache that keeps everything for an hour, 404s too, and obeys PURGE; its port."""
    found = program("varnishd")
    (port,) = ports(1)
    (folder / "work").mkdir(parents=True)
    file = folder / "cache.vcl"
    file.write_text(VCL.format(origin=origin), "utf-8")
    words = [
        found, "-j", "none", "-F", "-n", str(folder / "work"), "-a", f"127.0.0.1:{port}",
        "-f", str(file), "-s", "malloc,64m",
    ]  # fmt: skip
    with running(words, port, folder / "log"):
        yield port
