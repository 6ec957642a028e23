"""What every room's tests may use."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from plugins.installing import HEADLESS, find_program
from tests import county
from tests.county import ROOT
from tests.sample import FULL, run_pelican

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

# Examples differ from machine to machine in speed, never in outcome: no test is judged by time.
settings.register_profile("gongkai", deadline=None, derandomize=True)
settings.load_profile("gongkai")

# A run makes and removes some hundred thousand small files. On a disk the kernel spends a third of
# the run's time on them (ext4 looks long for an inode that was not in use a moment ago); in memory
# hardly any. A container's usual 64 MiB are too few: the run then stays on the disk.
MEMORY, ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108  # pytest makes a folder of the user's own there
if (
    not {"PYTEST_DEBUG_TEMPROOT", "TMPDIR"} & os.environ.keys()
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free >= ROOM
):
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)

LONG = (
    "tests/building/test_incremental.py",
    "tests/search/test_page.py",
    "tests/site/test_browser.py",
    "tests/theme/test_pages.py",
    "tests/releases/test_releases.py",
    "tests/typesetting/test_conformance.py",
    "tests/offline/test_in_a_browser.py",
    "tests/origins/test_ipv6.py",
    "tests/site/test_pelican.py",
    "tests/delivery/test_buckets.py",
    "tests/packages/test_packages.py",
    "tests/theme/test_components.py",
    "tests/gazette/test_frozen.py",
)
"""Files of twenty seconds and more, of few tests each: begun last, one alone would end the run."""

# Chromium asks for nothing but the page; root, as in containers, must do without its sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that the workers of a run end together."""
    places = {ROOT / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, which can be started once a thread, not once a folder."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The one running browser."""
    browser = playwright.chromium.launch(executable_path=find_program(*HEADLESS), args=list(FLAGS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The text of axe-core."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def _templates(shared: Path) -> None:
    """Templates are compiled once a run."""
    folder = shared / "templates"
    folder.mkdir(exist_ok=True)
    county.compiled_templates.append(folder)


@pytest.fixture(scope="session")
def sample(shared: Path) -> Path:
    """Folder of the built sample county; only looked at.

    All workers build into one folder: the second waits for the first, and finds nothing to do.
    """
    output = shared / "sample" / "output"
    output.parent.mkdir(exist_ok=True)
    done = run_pelican(ROOT / "content", output, conf=FULL)
    assert done.returncode == 0, done.stdout + done.stderr
    return output
