"""What tests of delivery share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.__main__ import parse
from tests.delivery import servers

Run = Callable[..., int]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an object store that runs for all tests of a worker."""
    with servers.seaweedfs(tmp_path_factory.mktemp("store")) as port:
        yield port


@pytest.fixture
def keys(store: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that tells rclone of the object store."""
    servers.program("rclone")
    for name, value in servers.rclone_settings(store).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def bucket(store: int, keys: None) -> Iterator[str]:  # noqa: ARG001  # sets the environment
    """A bucket of the test's own, as rclone knows it; the environment has the keys."""
    with servers.bucket(store) as name:
        yield name


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """An empty folder of releases."""
    folder = tmp_path / "releases"
    folder.mkdir()
    return folder


def options(*words: str) -> argparse.Namespace:
    """A command line, read."""
    _, args = parse(words)
    return args
