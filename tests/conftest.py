"""What every room's tests may use."""

from pathlib import Path

import pytest
from hypothesis import settings

# Examples differ from machine to machine in speed, never in outcome: no test is judged by time.
settings.register_profile("gongkai", deadline=None, derandomize=True)
settings.load_profile("gongkai")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return Path(__file__).parent.parent
