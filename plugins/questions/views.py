"""What the templates of 政策问答 are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from plugins.views import Banner, Contact, CountedLink, Fact, FileLink, Group, Link, Tag


class BasisView(NamedTuple):
    """What an answer rests on, the place in it, the words there; `url` is empty for a law."""

    label: str
    url: str
    article: str
    quote: str


@dataclass(frozen=True)
class QuestionView:
    """One question with its answer; `html` fits the page that it is shown on."""

    title: str
    anchor: str
    url: str
    tags: tuple[Tag, ...]
    html: str
    bases: tuple[BasisView, ...]
    banner: Banner | None
    organ: str
    source: str
    """信息来源, its full name."""
    phone: str
    answered: date
    published: datetime


@dataclass(frozen=True)
class QuestionPage:
    """A question's own page."""

    question: QuestionView
    facts: tuple[Fact, ...]
    similar: tuple[str, ...]
    files: tuple[FileLink, ...]
    groups: tuple[Group, ...]
    contact: Contact | None
    address: str


class Chapter(NamedTuple):
    """The answers of one matter; `doubtful` are shown without their answers."""

    title: str
    anchor: str
    questions: tuple[QuestionView, ...]
    doubtful: tuple[Link, ...]


@dataclass(frozen=True)
class Booklet:
    """Many questions with their answers on one page, fit to be printed."""

    title: str
    subtitle: str
    intro: str
    total: int
    chapters: tuple[Chapter, ...]
    address: str
    up: Link


@dataclass(frozen=True)
class Shelf:
    """The booklets that there are."""

    title: str
    intro: str
    links: tuple[CountedLink, ...]
    up: Link
