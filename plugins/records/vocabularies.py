"""Controlled vocabularies: the words that a field may take, kept as data that editors extend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from plugins.tracing import note

SEPARATOR = "\\"
WORDS = "words"
"""The fact that a vocabulary was read: `words kinds`."""


GAP_STATES = ("未查到", "正在收集整理", "正在编制", "没有编制")
"""Why a period has no plan of a kind: not found, looked for, being drawn up, never drawn up."""


@dataclass(frozen=True)
class Gap:
    """What the documents of a word lack, and why: a period without a plan of some kind.

    `kind` is empty where it is said of all kinds. `line` is its place in the vocabulary's file.
    """

    state: str
    reason: str
    kind: str = ""
    line: int = 1


@dataclass(frozen=True)
class Term:
    """One word of a vocabulary; `key` is its ASCII name in URLs, `note` explains it."""

    name: str
    key: str
    note: str = ""
    narrower: tuple[Term, ...] = ()
    retired: bool = False
    gaps: tuple[Gap, ...] = ()
    """Of a 规划期 only, like `line`, its place in the file."""
    line: int = 1

    def gap_of(self, kind: str) -> Gap | None:
        """What is said of its lack of documents of one kind; what names the kind goes first."""
        said = [gap for gap in self.gaps if gap.kind in {kind, ""}]
        return max(said, key=lambda gap: gap.kind, default=None)


@dataclass(frozen=True)
class Vocabulary:
    r"""One list of terms; a narrower term is written `class\sub-class`, as in 主题分类."""

    name: str
    label: str
    terms: tuple[Term, ...]
    readable: bool = True
    """False if its file could not be read: then no word can be called wrong."""
    _by_name: Mapping[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", dict(self._named()))

    def _named(self) -> Iterator[tuple[str, Term]]:
        for term in self.terms:
            yield term.name, term
            for narrow in term.narrower:
                yield f"{term.name}{SEPARATOR}{narrow.name}", narrow

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Term:
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Every word that a field may take, in the file's order."""
        return tuple(self._by_name)


@dataclass(frozen=True)
class Vocabularies:
    """All vocabularies of a county, by name; handed to validation as its context."""

    by_name: Mapping[str, Vocabulary]

    def __getitem__(self, name: str) -> Vocabulary:
        note(f"{WORDS} {name}")
        return self.by_name[name]


PERIODS, PLAN_KINDS, PLAN_LEVELS = "plan_periods", "plan_kinds", "plan_levels"
VOCABULARIES: Mapping[str, str] = MappingProxyType(
    {
        "kinds": "文种",
        "genres": "体裁分类",
        "subjects": "主题分类",
        "interpretation_kinds": "解读形式",
        "outlets": "传播渠道",
        "notice_kinds": "公告公示类别",
        PERIODS: "规划期",
        PLAN_KINDS: "规划类别",
        PLAN_LEVELS: "规划层级",
        "list_kinds": "清单类别",
        "organ_kinds": "机构类别",
        "outside_organs": "上级机关和历史机构",
        "areas": "公开领域",
        "channels": "公开渠道和载体",
        "columns": "法定公开栏目",
        "topic_parts": "专题栏目",
        "enterprise_kinds": "企业政策类别",
        "applies_to": "适用对象",
        "matters": "事项领域",
        "gazette_columns": "公报栏目",
    }
)
"""Every vocabulary that the records use: file name in content/vocabularies → Chinese label."""
