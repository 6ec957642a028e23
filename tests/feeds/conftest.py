"""The sample county and a small one, built without Pelican."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.checking import settings_from
from plugins.settings import Settings
from tests.county import ROOT, build


@pytest.fixture(scope="session")
def sample_settings() -> Settings:
    """The sample county's own settings, on one day."""
    return settings_from(ROOT / "pelicanconf.py", "2024-06-28")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, sample_settings: Settings) -> Path:
    """Folder of the built sample county."""
    output = tmp_path_factory.mktemp("sample") / "output"
    build(ROOT / "content", output, sample_settings)
    return output


def at(text: str) -> datetime:
    """A moment of the content."""
    return datetime.fromisoformat(text)
