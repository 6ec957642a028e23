"""Postings as short text: which documents hold a term, and how often, for each field.

Numbers are written in dense codes (Brisaboa, Fariña, Navarro, Esteller: (S,C)-Dense Coding, 2003)
of the 91 printable characters of ASCII that neither part fields nor need a sign before them in
JSON: 66 of them end a number, 25 tell that more follows. A posting is the documents passed over
since the one before, times three, plus how often the term occurs less one, at most two; if it
occurs three times or more, how much more follows. Shards are told by FNV-1a over code points.
"""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain
from operator import sub

from plugins.search.tokens import is_han, is_pair

_BESIDE = "~"
_APART = " "
ALPHABET = "".join(sign for sign in map(chr, range(33, 127)) if sign not in f'"\\{_BESIDE}')
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}
_STOPPERS = 66
_CONTINUERS = len(ALPHABET) - _STOPPERS
MOST = 255
"""How often a term is counted in one field of one document, at most."""
_OFTEN = 8
"""Bits that hold how often in a packed posting."""
_DOCUMENT = -1 << _OFTEN
"""The other bits."""
_LEVELS = 3
_NEAR = 1 << 10
"""Steps to the next document that are written once and for all: others are rare."""
_SEVERAL = 31
"""Added to the bits of several parts: one more than there are parts (`parts.MOST`)."""
LENGTHS: tuple[int, ...] = tuple(sorted({max(1, int(1.2**step + 0.5)) for step in range(75)}))
"""Lengths of fields are kept in steps of a fifth: one character each, and nothing lost."""
VERSION = 5
"""Characters that tell a file's version."""
_PREFIX = 3
"""Words and figures lie together with all that begin alike, so that a beginning finds them."""
_TOGETHER = 5
"""Pairs with one first character lie in 2^(bits - 5) shards: some five of them in each, which
share it, and none is so large a crowd that its shard is much larger than others."""


@lru_cache(maxsize=1 << 14)
def number(value: int) -> str:
    """One number as text."""
    value, place = divmod(value, _STOPPERS)
    text = ALPHABET[place]
    while value:
        value, place = divmod(value - 1, _CONTINUERS)
        text = ALPHABET[_STOPPERS + place] + text
    return text


def numbers(text: str) -> list[int]:
    """The numbers of a text."""
    found, value = [], 0
    for place in map(_VALUE.__getitem__, text):
        if place < _STOPPERS:
            found.append(value * _STOPPERS + place)
            value = 0
        else:
            value = value * _CONTINUERS + place - _STOPPERS + 1
    return found


def encode_places(places: Iterable[int]) -> str:
    """Parts of long texts as text: 0 for none, n for the n-th alone, else their bits and 31.

    Most terms of a long text stand in one of its parts: that is one character.
    """
    return "".join(
        number(bits.bit_length() if bits & (bits - 1) == 0 else bits + _SEVERAL) for bits in places
    )


def decode_places(text: str) -> list[int]:
    """The bits that `encode_places` wrote."""
    return [value - _SEVERAL if value > _SEVERAL else (1 << value) >> 1 for value in numbers(text)]


def pack(document: int, often: int) -> int:
    """A posting as one number that sorts by document."""
    return document << _OFTEN | min(often, MOST)


def unpack(posting: int) -> tuple[int, int]:
    """Document and how often."""
    return posting >> _OFTEN, posting & MOST


class _Steps(dict[int, str]):
    """A posting, packed with the distance to the document before it (from -1) → its text."""

    def __missing__(self, step: int) -> str:
        distance, often = unpack(step)
        more = often - _LEVELS
        start = (distance - 1) * _LEVELS
        text = number(start + often - 1) if more < 0 else number(start + _LEVELS - 1) + number(more)
        if distance < _NEAR:
            self[step] = text
        return text


_STEPS = _Steps()


def encode(postings: Sequence[int]) -> str:
    """Packed postings, in ascending order, as text."""
    if len(postings) == 1:  # as of most terms
        return _STEPS[postings[0] - _DOCUMENT]
    before = chain((_DOCUMENT,), [posting & _DOCUMENT for posting in postings])
    return "".join(map(_STEPS.__getitem__, map(sub, postings, before)))


def decode(text: str) -> list[int]:
    """The packed postings of a text."""
    found, document = [], -1
    rest = iter(numbers(text))
    for step in rest:
        passed, often = divmod(step, _LEVELS)
        document += passed + 1
        found.append(pack(document, often + 1 + (next(rest) if often == _LEVELS - 1 else 0)))
    return found


def entry(fields: Sequence[str], places: str = "") -> str:
    """What a term has in each field, with blanks between; empty ones at the end fall away.

    Behind the first field, in which parts of long texts it stands.
    """
    first, *others = fields
    own = f"{first}{_BESIDE}{places}" if places else first
    return _APART.join((own, *others)).rstrip(_APART)


def fields_of(text: str, count: int) -> list[str]:
    """The fields that `entry` joined."""
    found = text.split(_APART)
    found[0] = found[0].partition(_BESIDE)[0]
    return found + [""] * (count - len(found))


def places_of(text: str) -> str:
    """What `entry` wrote behind the first field."""
    return text.partition(_APART)[0].partition(_BESIDE)[2]


def length_code(length: int) -> int:
    """Place of the nearest length in `LENGTHS`; of two as near, the longer."""
    place = bisect_left(LENGTHS, length)
    if place == len(LENGTHS):
        return place - 1
    if place and length - LENGTHS[place - 1] < LENGTHS[place] - length:
        return place - 1
    return place


@cache
def fnv(text: str) -> int:
    """FNV-1a of 32 bits over code points, its upper half mixed into the lower.

    It is asked of single characters, of beginnings, and of whole 发文字号.
    """
    value = 0x811C9DC5
    for character in text:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


def shard_of(token: str, bits: int) -> int:
    """In which of 2^bits shards a token lies."""
    if is_pair(token):
        apart = (1 << max(bits - _TOGETHER, 0)) - 1
        value = fnv(token[0]) ^ (fnv(token[1:]) & apart)
    else:
        value = fnv(token if is_han(token) else token[:_PREFIX])
    return value & (1 << bits) - 1


def named(place: str, data: bytes, ending: str) -> str:
    """A file's name: its place, and characters that tell its versions apart on any disk."""
    said = base64.b32encode(blake2b(data, digest_size=5).digest())
    version = said[:VERSION].decode("ascii").lower()
    return f"{place}-{version}{ending}"


def version_in(name: str) -> str:
    """The part of a file's name that tells its version."""
    return name.rpartition("-")[2].partition(".")[0]
