"""Numbers that official papers carry: 发文字号, 索引号, 统一社会信用代码, and their checks."""

from __future__ import annotations

import re
from typing import NamedTuple

_YEAR = r"(?:19|20)[0-9]{2}"
_STANDARD = re.compile(
    rf"(?P<code>[\u4e00-\u9fa5]{{2,15}})〔(?P<year>{_YEAR})〕(?P<no>[1-9][0-9]{{0,4}})号"
)
_ORDER = re.compile(r"(?P<code>[\u4e00-\u9fa5、]{2,40}令)?第(?P<no>[1-9][0-9]{0,3})号")
_YEARLY = re.compile(rf"(?P<year>{_YEAR})年第(?P<no>[1-9][0-9]{{0,3}})号")
_LOOSE = re.compile(
    r"(?P<code>[\u4e00-\u9fa5]{2,15})\s*[\[［(（【〔〈<]\s*(?P<year>(?:[0-9]{2})?[0-9]{2})\s*年?\s*[\]］)）】〕〉>]"
    r"\s*(?:第\s*)?0*(?P<no>[1-9][0-9]{0,4})\s*号?"
)
_TO_ASCII = str.maketrans("０１２３４５６７８９", "0123456789")
_LATEST_SHORT_YEAR = "48"
"""〔49〕 and later mean the last century: there are no such papers before 1949."""
_INDEX = (
    re.compile(rf"(?P<code>[0-9A-Z]{{18}})/{_YEAR}(?:0[1-9]|1[0-2])?-[0-9]{{5}}"),
    re.compile(rf"(?P<code>[0-9A-Z]{{8,10}})/{_YEAR}(?:0[1-9]|1[0-2])?-[0-9]{{5,6}}"),
    re.compile(rf"(?P<code>[0-9A-Z]{{9}})-{_YEAR}(?:0[1-9]|1[0-2])?-[0-9]{{5,6}}"),
)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"


class DocumentNumber(NamedTuple):
    """The parts of a 发文字号; `code` or `year` is empty where the form has none."""

    code: str
    year: str
    serial: int


def parse_document_number(text: str) -> DocumentNumber | None:
    """Parts of a well-formed 发文字号 (GB/T 9704-2012, 7.2.5), also 第N号 and 2021年第3号."""
    for form in (_STANDARD, _ORDER, _YEARLY):
        if found := form.fullmatch(text):
            parts = found.groupdict()
            return DocumentNumber(
                parts.get("code") or "", parts.get("year") or "", int(parts["no"])
            )
    return None


def repair_document_number(text: str) -> str:
    """The well-formed 发文字号 that was probably meant, or an empty text."""
    found = _LOOSE.fullmatch(text.strip().translate(_TO_ASCII))
    if not found:
        return ""
    year = found["year"]
    if len(year) == len("21"):
        year = ("19" if year > _LATEST_SHORT_YEAR else "20") + year
    repaired = f"{found['code']}〔{year}〕{found['no']}号"
    return repaired if parse_document_number(repaired) else ""


def by_figures(number: str) -> str:
    """A 发文字号 that sorts by its figures: 2号 before 10号."""
    return re.sub(r"[0-9]+", lambda found: found[0].zfill(6), number)


def is_index_number(text: str) -> bool:
    """Whether a 索引号 has one of the forms in use; an 18-character body code must check out."""
    for form in _INDEX:
        if found := form.fullmatch(text):
            code = found["code"]
            return len(code) != len(_CREDIT_WEIGHTS) + 1 or is_credit_code(code)
    return False


def is_credit_code(text: str) -> bool:
    """Whether a 统一社会信用代码 has the right alphabet and check character (GB 32100-2015)."""
    if len(text) != len(_CREDIT_WEIGHTS) + 1 or any(c not in _CREDIT_ALPHABET for c in text):
        return False
    return text[-1] == credit_check_character(text[:-1])


def credit_check_character(body: str) -> str:
    """Check character of the first 17 characters of a 统一社会信用代码 (GB 32100-2015)."""
    total = sum(_CREDIT_ALPHABET.index(c) * w for c, w in zip(body, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def citizen_check_character(body: str) -> str:
    """Check character of the first 17 digits of a 公民身份号码 (GB 11643)."""
    total = sum(int(c) * w for c, w in zip(body, _CITIZEN_WEIGHTS, strict=True))
    return _CITIZEN_CHECKS[total % 11]


def passes_luhn(digits: str) -> bool:
    """Whether the digits of a bank card number satisfy Luhn's check (ISO/IEC 7812-1)."""
    doubled = [
        sum(divmod(int(c) * 2, 10)) if place % 2 else int(c)
        for place, c in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0
