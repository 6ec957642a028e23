"""What keeps a release from going where it should."""

from __future__ import annotations

from plugins.problems import StoppedError


class DeliveryError(StoppedError):
    """Something that whoever publishes must mend."""
