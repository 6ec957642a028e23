"""Chinese numerals as official papers write them: 一, 十二, 一百零三, 二〇二一."""

from __future__ import annotations

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def value(text: str) -> int:
    """The number that a Chinese numeral below ten thousand stands for; 0 if it is none."""
    if not text or any(c not in DIGITS and c not in UNITS for c in text):
        return 0
    if not any(c in UNITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in UNITS:
            total += (digit or 1) * UNITS[c]
            digit = 0
        else:
            digit = DIGITS[c]
    return total + digit
