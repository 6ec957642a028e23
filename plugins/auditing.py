"""Judges of the built site: which hosts it needs, the Nu HTML checker on every page, Lighthouse."""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from plugins.checking import settings_from
from plugins.folders import CONF
from plugins.installing import BROWSERS, ROOT, InstallError, find_program
from plugins.origins.selfcontained import Allowed, faults_in
from plugins.reading.names import OUTWARD
from plugins.reading.office import read_office
from plugins.serving import open_server

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

PUBLIC_CONF = Path("publishconf.py")
TOOLS = ROOT / "tests" / "audit"
CHECKER = Path("node_modules/vnu-jar/build/dist/vnu.jar")
LIGHTHOUSE = Path("node_modules/lighthouse/cli/index.js")

RUNS = 3
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}

# Chromium asks for nothing but the page, and writes nothing outside its own folder.
BROWSER_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def command(args: argparse.Namespace) -> int:
    """Examine the site in `args.output`: the target `audit`."""
    if not (args.output / "index.html").is_file():
        print(f"{args.output} 里还没有网站，请先执行：python -m plugins publish", file=sys.stderr)
        return 1
    is_alone = check_hosts(args.output, allowed(args.content))
    install_tools(TOOLS)
    is_valid = check_html(args.output)
    is_good = check_pages(args.output, args.pages or sample(args.output))
    return 0 if is_alone and is_valid and is_good else 1


def allowed(content: Path) -> Allowed:
    """The site's own names, and the other sites that the office has listed."""
    conf = PUBLIC_CONF if PUBLIC_CONF.is_file() else CONF
    listed = content / OUTWARD
    office, _ = read_office({OUTWARD: listed.read_bytes()} if listed.is_file() else {})
    return Allowed(settings_from(conf).own_hosts, office.hosts)


def check_hosts(output: Path, hosts: Allowed) -> bool:
    """Look whether the site loads and leads to nothing but what it may; print what is wrong."""
    print("== 外站和 IPv4 地址 / other hosts and IPv4 addresses", flush=True)
    faults = list(faults_in(output, hosts))
    for fault in faults:
        print(fault)
    print(f"有 {len(faults)} 处 / faults" if faults else "没有 / none", flush=True)
    return not faults


def install_tools(folder: Path) -> None:
    """Install what package-lock.json names, unless that has been done to the end before.

    Raises:
        InstallError: npm failed.
    """
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"  # npm ci begins by removing the folder
    with suppress(FileNotFoundError):
        if stamp.read_text("utf-8") == digest:
            return
    # No package's own script is run: one would fetch a browser, another a Java.
    npm = [find_program("npm") or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    if subprocess.run(npm, cwd=folder, env=environment, check=False).returncode != 0:
        raise InstallError("npm 安装失败，请检查网络后重试。\nnpm ci failed; check the network.")
    stamp.write_text(digest, "utf-8")


def check_html(output: Path) -> bool:
    """Have the Nu HTML checker read every page; it prints what is wrong."""
    print("== Nu HTML Checker", flush=True)
    words = ["java", "-jar", str(TOOLS / CHECKER), "--errors-only", "--skip-non-html"]
    is_valid = subprocess.run([*words, str(output)], check=False).returncode == 0
    print("HTML 全部有效 / all pages valid" if is_valid else "HTML 有错误 / errors", flush=True)
    return is_valid


def sample(output: Path) -> list[str]:
    """The home page, one document and one list, as far as the site has them."""
    documents = sorted(output.glob("policies/*/*-*/index.html"))  # not the months' lists
    pages = [output / "index.html", *documents[:1], output / "policies" / "index.html"]
    return [page.relative_to(output).as_posix() for page in pages if page.is_file()]


def check_pages(output: Path, pages: Sequence[str]) -> bool:
    """Run Lighthouse on each page and print the scores; True if none is under `LEAST`."""
    print("== Lighthouse (mobile)", flush=True)
    with served(output) as address:
        scores = {
            page: median([lighthouse(address_of(address, page)) for _ in range(RUNS)])
            for page in pages
        }
    print(table(scores), flush=True)
    return not any(map(below, scores.values()))


def address_of(site: str, page: str) -> str:
    """The address under which readers know a page: without index.html."""
    return site + quote(page.removesuffix("index.html"))


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address of a server of our own, for as long as the block runs."""
    with open_server("127.0.0.1", 0, output) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()
        thread.join()


def lighthouse(address: str) -> dict[str, int]:
    """The scores of one run, 0 to 100.

    Raises:
        RuntimeError: Lighthouse could not load the page.
    """
    flags = [*BROWSER_FLAGS, *(["--no-sandbox"] if runs_as_root() else [])]
    result = subprocess.run(
        [
            "node",
            str(TOOLS / LIGHTHOUSE),
            address,
            "--output=json",
            "--quiet",
            "--no-enable-error-reporting",
            f"--only-categories={','.join(LEAST)}",
            f"--chrome-flags={' '.join(flags)}",
        ],
        check=False,
        stdout=subprocess.PIPE,
        env={**os.environ, "CHROME_PATH": find_program(*BROWSERS) or ""},
    )
    if result.returncode != 0:
        raise RuntimeError(f"Lighthouse {address}: exit code {result.returncode}")
    return scores_in(json.loads(result.stdout))


def scores_in(report: Mapping[str, Mapping[str, Mapping[str, float | None]]]) -> dict[str, int]:
    """The categories' scores in a report; one that could not be judged counts as 0."""
    categories = report["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in LEAST}


def runs_as_root() -> bool:
    """Whether Chromium, which refuses its sandbox to root, must do without."""
    return sys.platform != "win32" and os.geteuid() == 0


def median(runs: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The middle score of each category."""
    return {name: round(statistics.median(run[name] for run in runs)) for name in LEAST}


def below(scores: Mapping[str, int]) -> list[str]:
    """The categories whose score is under what is demanded."""
    return [name for name, least in LEAST.items() if scores[name] < least]


def table(scores: Mapping[str, Mapping[str, int]]) -> str:
    """The scores in columns, those too low marked with an exclamation mark."""
    width = max(map(len, [*scores, "page"]))
    lines = ["  ".join(["page".ljust(width), *LEAST])]
    for page, row in scores.items():
        low = below(row)
        cells = [f"{row[name]}{'!' if name in low else ''}".rjust(len(name)) for name in LEAST]
        lines.append("  ".join([page.ljust(width), *cells]))
    wanted = [str(least).rjust(len(name)) for name, least in LEAST.items()]
    return "\n".join([*lines, "  ".join(["at least".ljust(width), *wanted])])
