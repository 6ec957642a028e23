"""What the sample county is built with."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.checking import settings_from
from plugins.settings import Settings
from tests.county import ROOT
from tests.sample import BUILD_DATE


@pytest.fixture(scope="session")
def sample_settings() -> Settings:
    """The sample county's own settings, on one day."""
    return settings_from(ROOT / "pelicanconf.py", BUILD_DATE)


def at(text: str) -> datetime:
    """A moment of the content."""
    return datetime.fromisoformat(text)
