"""Postings as short text: which documents hold a term, and how often, for each field.

VLQ-64: a number in pieces of five bits, lowest first, each one character; 32 is added to all but
the last. A posting is the distance to the document before (from -1) times two, plus one if the term
occurs once; else how often follows. Shards are told by FNV-1a over code points.
"""

from __future__ import annotations

import base64
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain
from operator import sub

from plugins.search.tokens import is_han

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_BITS, _MORE = 5, 32
MOST = 255
"""How often a term is counted in one field of one document, at most."""
_OFTEN = 8
"""Bits that hold how often in a packed posting."""
_READY = 1 << 14
_FAR = _READY // 2 - 1
_SEVERAL = _MORE - 1
_BESIDE = "~"
LENGTHS: tuple[int, ...] = tuple(sorted({max(1, int(1.2**step + 0.5)) for step in range(75)}))
"""Lengths of fields are kept in steps of a fifth: one character each, and nothing lost."""
VERSION = 5
"""Characters that tell a file's version."""
_PREFIX = 3
"""Words and figures lie together with all that begin alike, so that a beginning finds them."""


def number(value: int) -> str:
    """One number, in VLQ-64."""
    text = ""
    while value >= _MORE:
        text += ALPHABET[(value & (_MORE - 1)) | _MORE]
        value >>= _BITS
    return text + ALPHABET[value]


_NUMBERS = [number(value) for value in range(_READY)]


def numbers(text: str) -> list[int]:
    """The numbers of a text in VLQ-64."""
    found, value, shift = [], 0, 0
    for character in text:
        piece = _VALUE[character]
        value |= (piece & (_MORE - 1)) << shift
        if piece & _MORE:
            shift += _BITS
        else:
            found.append(value)
            value = shift = 0
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


def encode(postings: Sequence[int]) -> str:
    """Packed postings, in ascending order, as text."""
    if len(postings) == 1:  # most terms stand in one document
        (posting,) = postings
        step, often = (posting >> _OFTEN) + 1, posting & MOST
        return number(2 * step + 1) if often == 1 else number(2 * step) + _NUMBERS[often]
    documents = [posting >> _OFTEN for posting in postings]
    steps = list(map(sub, documents, chain((-1,), documents)))
    pairs = zip(steps, [posting & MOST for posting in postings], strict=True)
    if max(steps, default=0) < _FAR:
        return "".join(
            [_NUMBERS[2 * s + 1] if o == 1 else _NUMBERS[2 * s] + _NUMBERS[o] for s, o in pairs]
        )
    return "".join([number(2 * s + 1) if o == 1 else number(2 * s) + _NUMBERS[o] for s, o in pairs])


def decode(text: str) -> list[int]:
    """The packed postings of a text."""
    found, last = [], -1
    rest = iter(numbers(text))
    for step in rest:
        last += step >> 1
        found.append(pack(last, 1 if step & 1 else next(rest)))
    return found


def entry(fields: Sequence[str], places: str = "") -> str:
    """What a term has in each field, with blanks between; empty ones at the end fall away.

    Behind the first field, in which parts of long texts it stands.
    """
    first, *others = fields
    return " ".join((f"{first}{_BESIDE}{places}" if places else first, *others)).rstrip(" ")


def fields_of(text: str, count: int) -> list[str]:
    """The fields that `entry` joined."""
    found = text.split(" ")
    found[0] = found[0].partition(_BESIDE)[0]
    return found + [""] * (count - len(found))


def places_of(text: str) -> str:
    """What `entry` wrote behind the first field."""
    return text.partition(" ")[0].partition(_BESIDE)[2]


def length_code(length: int) -> int:
    """Place of the nearest length in `LENGTHS`; of two as near, the longer."""
    place = bisect_left(LENGTHS, length)
    if place == len(LENGTHS):
        return place - 1
    if place and length - LENGTHS[place - 1] < LENGTHS[place] - length:
        return place - 1
    return place


def fnv(text: str) -> int:
    """FNV-1a of 32 bits over code points, its upper half mixed into the lower."""
    value = 0x811C9DC5
    for character in text:
        value = (value ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


def shard_of(term: str, bits: int) -> int:
    """In which of 2^bits shards a term lies."""
    return fnv(term if is_han(term) else term[:_PREFIX]) & (1 << bits) - 1


def named(place: str, data: bytes, ending: str) -> str:
    """A file's name: its place, and characters that tell its versions apart on any disk."""
    said = base64.b32encode(blake2b(data, digest_size=5).digest())
    version = said[:VERSION].decode("ascii").lower()
    return f"{place}-{version}{ending}"


def version_in(name: str) -> str:
    """The part of a file's name that tells its version."""
    return name.rpartition("-")[2].partition(".")[0]
