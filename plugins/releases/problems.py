"""Why a release cannot be made or proved."""

from __future__ import annotations


class ReleaseError(Exception):
    """What is wrong, with the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n    改法：{remedy}")
