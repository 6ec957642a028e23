"""nginx and Caddy as Debian has them, run with the configurations that we write."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from plugins.origins import caddy, nginx
from plugins.origins.site import Site, whereabouts
from tests.origins.ground import Ground
from tests.origins.papers import Papers

HOST, BASE = "www.example.gov.cn", "/zwgk"
KINDS = ("nginx", "caddy")
Change = Callable[[str], str]
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def site_at(root: Path, papers: Papers) -> Site:
    """What the configuration says of the site in `root`."""
    moved, gone = whereabouts(root, BASE)
    return Site(
        host=HOST,
        base=BASE,
        root=str(root),
        certificate=str(papers.certificate),
        key=str(papers.key),
        brotli=True,
        moved=moved,
        gone=gone,
    )


def unchanged(text: str) -> str:
    """The configuration as it is written."""
    return text


@contextmanager
def running(
    kind: str, site: Site, ground: Ground, folder: Path, change: Change = unchanged
) -> Iterator[None]:
    """A server at the ground's edge, for as long as the block runs; its files lie in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    start = {"nginx": _nginx, "caddy": _caddy}[kind]
    with start(site, ground, folder, change):
        yield


@contextmanager
def _nginx(site: Site, ground: Ground, folder: Path, change: Change) -> Iterator[None]:
    text = nginx.configuration(site)
    if not ground.is_apart:
        text = text.replace("[::]:443", f"[::]:{ground.https}").replace(
            "[::]:80", f"[::]:{ground.http}"
        )
    (folder / "gongkai.conf").write_text(change(text), "utf-8")
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{name}_temp_path {folder}/{name};\n" for name in temporary)
    # Around it, what Debian's own nginx.conf brings; root may read pytest's folders, others not.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user} worker_processes 1; pid {folder}/pid;\n"
        f"error_log {folder}/error.log warn; load_module {BROTLI};\n"
        f"events {{}}\nhttp {{ access_log off; {kept} include {folder}/gongkai.conf; }}\n",
        "utf-8",
    )
    words = [*ground.edge, "nginx", "-c", str(folder / "nginx.conf"), "-e", f"{folder}/error.log"]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    try:
        assert done.stderr == "", "nginx warns of the configuration"
        yield
    finally:
        subprocess.run([*words, "-s", "stop"], check=True, capture_output=True)
        _wait_until(lambda: not (folder / "pid").exists())


@contextmanager
def _caddy(site: Site, ground: Ground, folder: Path, change: Change) -> Iterator[None]:
    text = caddy.configuration(site)
    if not ground.is_apart:
        ports = f"\thttp_port {ground.http}\n\thttps_port {ground.https}\n\tadmin off\n"
        text = text.replace("\n{\n", "\n{\n" + ports, 1)
    (folder / "Caddyfile").write_text(change(text), "utf-8")
    words = [*ground.edge, "caddy", "run", "--config", str(folder / "Caddyfile")]
    homes = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    log = folder / "log"
    with log.open("w") as heard, _program(words, os.environ | homes, heard) as process:
        _wait_until(lambda: _is_up(log) or process.poll() is not None)
        assert process.poll() is None, log.read_text("utf-8")
        yield


def _is_up(log: Path) -> bool:
    return "serving initial configuration" in log.read_text(encoding="utf-8")


@contextmanager
def _program(
    words: list[str], environment: dict[str, str], heard: IO[str]
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(words, env=environment, stdout=heard, stderr=heard, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.02)
    raise TimeoutError("a server neither started nor stopped")
