"""Why a release cannot be made or proved."""

from __future__ import annotations

from plugins.problems import StoppedError


class ReleaseError(StoppedError):
    """What is wrong, with the remedy."""
