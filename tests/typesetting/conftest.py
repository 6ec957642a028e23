"""One folder of the font library for all tests of this room: it looks through the fonts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.typesetting import Faces, find_faces


@pytest.fixture(scope="session")
def faces() -> Faces:
    return find_faces()


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("typesetting")
