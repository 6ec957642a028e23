"""Personal numbers that must never reach a public page: 身份证号, 手机号, 银行卡号.

`scan` reads any text: a source file, a finished page, the text of an attachment. It sees
through full-width digits, invisible characters, Markdown and HTML emphasis, spaces, hyphens
and one line break inside a number.

What it takes for granted, so that ordinary official papers pass:

* A 公民身份号码 needs a division, a birth date from 1900 to 2099 and the right check
  character; or, when a spreadsheet has rounded it, 000 in the place of its last three digits.
* The other kinds have weak checks or none. In pieces they are taken only in the usual ways
  of writing (3-4-4 digits for a mobile, fours for a card), not inside a row of figures, and
  over a line break only after running text or when no further figures stand next to them.
* A number stuck to Latin letters (hashes, identifiers) or with decimals, a currency sign or
  a unit (元, 吨, 平方米 …) is not personal, save for a bare “.0” left by a table program and
  for words such as Tel and QQ.

It misses numbers in Chinese numerals or pictures, cards outside the listed issuers or
rounded by a spreadsheet, mobiles with a leading 0, several mobiles in a row written with
spaces inside each, and numbers with a tab or a blank line inside. It raises a false alarm for
a serial of 15 digits that happens to hold a division and a date, for about every tenth
serial of 16 to 19 digits with an issuer's prefix, and for a bare amount of 13 to 19.9 billion;
an `Allowance` is the way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from plugins.identifiers import citizen_check_character, is_credit_code, passes_luhn


class Kind(Enum):
    """What a number is, as editors call it."""

    CITIZEN = "公民身份号码"
    OLD_CITIZEN = "15位旧身份证号"
    MOBILE = "手机号码"
    CARD = "银行卡号"


class Finding(NamedTuple):
    """A personal number; the span points into the text as given, `value` is the bare number."""

    kind: Kind
    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Allowance:
    """A number that may be published, and why; `path` limits it to one file."""

    value: str
    reason: str
    path: str = ""


class _Join(Enum):
    """What stands between two groups of digits that may be one number."""

    UNSEEN = "emphasis or invisible characters"
    DASH = "hyphen"
    SPACE = "space"
    BREAK = "one line break"


class _Group(NamedTuple):
    start: int
    end: int
    join: _Join | None


_FIRST_DIGITS = frozenset("12345689")
_LENGTHS = frozenset({11, 15, 16, 17, 18, 19})
_SHORTEST, _LONGEST = min(_LENGTHS), max(_LENGTHS)
_LONGEST_GAP = 240
_SHORTEST_SHOWN = 8
_PLAIN = str.maketrans(
    {0xFF10 + n: str(n) for n in range(10)}
    | {0x1D7CE + n: str(n % 10) for n in range(50)}
    | {"x": "X", "Ｘ": "X", "ｘ": "X", "Ⅹ": "X", "ⅹ": "X", "＋": "+", "．": "."}
)
_TOKEN = re.compile(
    r"(?:\+|(?<![0-9])00)86(?=[ -]?1[3-9])|&#X?[0-9A-Fa-f]{1,6};"
    r"|(?P<group>[0-9]+X?|(?<![0-9A-Za-z])X(?![0-9A-Za-z]))"
)
_UNSEEN_SIGNS = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    r"\u2066-\u2069\ufe0e\ufe0f\ufeff"
)
_SPACES = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES = r"-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_BREAKS = r"\n\r\u0085\u2028\u2029"
_UNSEEN = (
    rf"[{_UNSEEN_SIGNS}]"
    r"|\*{1,3}(?!\*)|_{1,3}(?!_)|~~|`|\\(?=-)"
    r"|</?(?:a|b|i|u|s|em|strong|span|font|mark|code|small|sub|sup|wbr)\b[^<>]{0,200}>"
    r"|&(?:shy|zwj|zwnj|ZeroWidthSpace|NoBreak|#820[3-7]|#X200[b-fB-F]|#173|#X[aA][dD]);"
)
_SPACE = (
    rf"[{_SPACES}]"
    r"|&(?:nbsp|ensp|emsp|thinsp|#160|#X[aA]0|#32|#12288|#X3000);"
)
_DASH = rf"[{_DASHES}]"
_LINE_BREAK = rf"\\?(?:\r\n|[{_BREAKS}])" + r"|<br\b[^<>]{0,40}>(?:\r?\n)?"
_GAPS = (
    (_Join.UNSEEN, re.compile(rf"(?:{_UNSEEN})*")),
    (_Join.SPACE, re.compile(rf"(?:{_UNSEEN})*(?:(?:{_SPACE})(?:{_UNSEEN})*){{1,3}}")),
    (_Join.DASH, re.compile(rf"(?:{_UNSEEN}|{_SPACE})*{_DASH}{{1,2}}(?:{_UNSEEN}|{_SPACE})*")),
    (
        _Join.BREAK,
        re.compile(
            rf"(?:{_UNSEEN}|{_SPACE}|{_DASH})*(?:{_LINE_BREAK})(?:{_UNSEEN}|{_SPACE}|[>\t])*"
        ),
    ),
)
_GAP_SIGNS = rf"{_DASHES}{_UNSEEN_SIGNS}{_SPACES}{_BREAKS}*_~`\\>\t"
_ENOUGH = re.compile(rf"[0-9X](?:[{_GAP_SIGNS}]*[0-9X]){{{min(_LENGTHS) - 1}}}")
"""What every number of enough digits looks like, if no gap in it is a tag or an entity."""
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_PREFECTURE = r"(?:0[1-9]|[1-6][0-9]|70|90)"
_CITIZEN = re.compile(rf"{_PROVINCE}[0-9]{{4}}((?:19|20)[0-9]{{6}})[0-9]{{3}}[0-9X]")
_ROUNDED = re.compile(rf"{_PROVINCE}{_PREFECTURE}[0-9]{{2}}(?:19|20)[0-9]{{7}}000")
_OLD_CITIZEN = re.compile(rf"{_PROVINCE}{_PREFECTURE}[0-9]{{2}}([0-9]{{6}})[0-9]{{3}}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_CARD = re.compile(
    r"6[02][0-9]{14,17}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}|3[57][0-9]{14}"
    r"|(?:955[89]|6858)[0-9]{12,15}"
)
_BODY_CODE = re.compile(rf"[1-9AN][1-9]{_PROVINCE}.*")
_LABEL = re.compile(
    r"(?:^|[^0-9A-Za-z])(?:tel|phone|mobile|mob|cell|wechat|weixin|wx|qq|id|no|sfz)\Z",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"[0-9]\.\Z")
_LIST_MARK = re.compile(r"\n[ \t]*(?:[-*+>][ \t]+)?[0-9]{1,2}\.\Z")
_AMOUNT_AFTER = re.compile(
    r"\.(?!0(?![0-9]))[0-9]|(?:[元吨%％㎡]|[万亿](?:元|吨|平|立|千)|平方|立方|千瓦|公斤|公里)"
)
_AMOUNT_BEFORE = re.compile(r"[¥￥$€][ \u00a0]?\Z")
_MOBILE_SHAPES = frozenset({(11,), (3, 4, 4), (3, 8), (1,) * 11})
_DASHED_MOBILE_SHAPES = _MOBILE_SHAPES | {(7, 4), (4, 4, 3), (3, 3, 5)}
_OLD_SHAPES = frozenset({(15,), (6, 6, 3), (6, 9), (1,) * 15})
_MOST_CITIZEN_PARTS = 6


def scan(text: str) -> Iterator[Finding]:
    """Personal numbers in any text, in order and without overlap; time grows with its length."""
    plain = text.translate(_PLAIN)
    if "<" not in plain and "&" not in plain and not _ENOUGH.search(plain):
        return
    for chain in _chains(plain):
        if sum(group.end - group.start for group in chain) < _SHORTEST:
            continue
        first = 0
        while first < len(chain):
            found = _found_from(plain, chain, first)
            if found:
                last, kind, value = found
                yield Finding(kind, chain[first].start, chain[last].end, value)
                first = last
            first += 1


def allowed(finding: Finding, path: str, allowances: Iterable[Allowance]) -> bool:
    """Whether the number may stand in the file, however it or the allowance is written."""
    value = _bare(finding.value)
    return any(_bare(a.value) == value and a.path in ("", path) for a in allowances if value)


def masked(value: str) -> str:
    """The number with at most its first three and last two characters, safe in logs."""
    bare = _bare(value)
    if len(bare) < _SHORTEST_SHOWN:
        return "*" * len(bare)
    return f"{bare[:3]}{'*' * len(bare[3:-2])}{bare[-2:]}"


def _bare(value: str) -> str:
    return "".join(c for c in value.translate(_PLAIN) if c.isalnum()).upper()


def _chains(plain: str) -> Iterator[list[_Group]]:
    """Groups of digits, put together as long as only a separator stands between them."""
    chain: list[_Group] = []
    for token in _TOKEN.finditer(plain):
        if token["group"] is None:
            continue
        start, end = token.span()
        join = _join_between(plain, chain[-1].end, start) if chain else None
        if chain and join is None:
            yield chain
            chain = []
        chain.append(_Group(start, end, join))
    if chain:
        yield chain


def _join_between(plain: str, end: int, start: int) -> _Join | None:
    return _join(plain[end:start]) if start - end <= _LONGEST_GAP else None


@lru_cache(maxsize=1024)
def _join(gap: str) -> _Join | None:
    return next((join for join, form in _GAPS if form.fullmatch(gap)), None)


def _found_from(plain: str, chain: list[_Group], first: int) -> tuple[int, Kind, str] | None:
    """The longest personal number that begins with this group: its last group, kind, value."""
    if plain[chain[first].start] not in _FIRST_DIGITS:
        return None
    value, ends = "", []
    for last in range(first, min(first + _LONGEST, len(chain))):
        value += plain[chain[last].start : chain[last].end]
        if len(value) > _LONGEST:
            break
        if len(value) in _LENGTHS:
            ends.append((last, len(value)))
    for last, length in reversed(ends):
        kind = _kind(value[:length])
        if kind and _is_written_as(kind, plain, chain, first, last):
            return last, kind, value[:length]
    return None


def _kind(value: str) -> Kind | None:
    match len(value):
        case 11:
            return Kind.MOBILE if _MOBILE.fullmatch(value) else None
        case 15:
            return Kind.OLD_CITIZEN if _is_old_citizen_number(value) else None
        case 18 if _is_citizen_number(value):
            return Kind.CITIZEN
        case _:
            return Kind.CARD if _is_card_number(value) else None


def _is_card_number(value: str) -> bool:
    return bool(_CARD.fullmatch(value)) and passes_luhn(value) and not is_credit_code(value)


def _is_old_citizen_number(value: str) -> bool:
    found = _OLD_CITIZEN.fullmatch(value)
    return found is not None and _is_date("19" + found[1])


def _is_citizen_number(value: str) -> bool:
    found = _CITIZEN.fullmatch(value)
    if not found or not _is_date(found[1]):
        return False
    if citizen_check_character(value[:-1]) == value[-1]:
        return not _is_body_code(value)
    return _ROUNDED.fullmatch(value) is not None


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _is_body_code(value: str) -> bool:
    """Whether an X at the end belongs to a 统一社会信用代码 and not to a person.

    One person in 31 has a number that passes the code's outer check, so the division and the
    organisation's own check character (GB 11714) must agree too.
    """
    if value.isdigit() or not is_credit_code(value) or not _BODY_CODE.fullmatch(value):
        return False
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(value[8:16], weights, strict=True))
    return value[16] == "0X987654321"[total % 11]


def _is_written_as(kind: Kind, plain: str, chain: list[_Group], first: int, last: int) -> bool:
    """Whether the place and the pieces look like this kind, not like figures or a hash."""
    start, end = chain[first].start, chain[last].end
    if not _stands_alone(plain, start, end):
        return False
    parts = _parts(chain[first : last + 1])
    if kind is Kind.CITIZEN:
        return len(parts) <= _MOST_CITIZEN_PARTS or set(parts) == {1}
    if _is_amount(plain, start, end):
        return False
    if first == last:
        return True
    return _has_shape(kind, parts, chain[first + 1 : last + 1]) and not _in_a_row(
        plain, chain, first, last
    )


def _stands_alone(plain: str, start: int, end: int) -> bool:
    """Not stuck to Latin letters or digits, not the decimals of a number."""
    if _is_latin(plain[end : end + 1]):
        return False
    before = ("\n" + plain[max(0, start - 10) : start])[-10:]
    if _DECIMALS.search(before):
        return _LIST_MARK.search(before) is not None
    if not _is_latin(before[-1:]):
        return True
    return before.endswith(("+86", "0086")) or _LABEL.search(before) is not None


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_amount(plain: str, start: int, end: int) -> bool:
    before = plain[max(0, start - 2) : start]
    return bool(_AMOUNT_AFTER.match(plain, end) or _AMOUNT_BEFORE.search(before))


def _parts(groups: list[_Group]) -> tuple[int, ...]:
    """Lengths of the pieces that a reader sees; emphasis and line breaks part nothing."""
    parts = [groups[0].end - groups[0].start]
    for group in groups[1:]:
        if group.join in (_Join.DASH, _Join.SPACE):
            parts.append(0)
        parts[-1] += group.end - group.start
    return tuple(parts)


def _has_shape(kind: Kind, parts: tuple[int, ...], tail: list[_Group]) -> bool:
    if kind is Kind.CARD:
        *whole, last = parts
        return (set(whole) == {4} and last in range(1, 5)) or whole in ([], [6])
    if kind is Kind.OLD_CITIZEN:
        return parts in _OLD_SHAPES
    dashed = all(group.join is not _Join.SPACE for group in tail)
    return parts in (_DASHED_MOBILE_SHAPES if dashed else _MOBILE_SHAPES)


def _in_a_row(plain: str, chain: list[_Group], first: int, last: int) -> bool:
    """Whether the pieces may just be neighbouring figures of a table."""
    joins = {group.join for group in chain[first + 1 : last + 1]}
    before = chain[first].join if first else None
    after = chain[last + 1].join if last + 1 < len(chain) else None
    if before and plain[chain[first - 1].start : chain[first - 1].end] == "86":
        before = None
    neighbours = {before, after}
    if _Join.DASH in neighbours:
        return True
    if _Join.SPACE in neighbours:
        return bool(joins & {_Join.SPACE, _Join.BREAK})
    if _Join.BREAK in joins & neighbours:
        return not _follows_words(plain, chain[first].start)
    return False


def _follows_words(plain: str, start: int) -> bool:
    """Whether running text, not a cell's edge, stands right before the number."""
    before = plain[max(0, start - 2) : start]
    if before.endswith((" ", "\u00a0", "\u3000")):
        return before.startswith(("：", ":", "，", ",", "、", "（", "(", "；", ";"))
    return not (before[-1:] or " ").isspace()
