"""What keeps a file from being signed or looked at."""

from __future__ import annotations


class SigningError(Exception):
    """Something that whoever signs must mend."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n    改法：{remedy}")
