"""What keeps a release from going where it should."""

from __future__ import annotations


class DeliveryError(Exception):
    """Something that whoever publishes must mend."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n    改法：{remedy}")
