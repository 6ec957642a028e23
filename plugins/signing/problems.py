"""What keeps a file from being signed or looked at."""

from __future__ import annotations

from plugins.problems import StoppedError


class SigningError(StoppedError):
    """Something that whoever signs must mend."""
