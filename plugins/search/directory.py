"""按年份和名称查找: what can be found without typing, and without a script.

By year: every list of a type and a year. By name: bodies, 专题, 政策包, 公开领域 and 清单 from A to
Z. Both grow with years and names, never with documents, so that the page stays short.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from plugins.library import Library
from plugins.outputs import Shown
from plugins.presenting import COLUMN_OF, OWN_LISTS, PUBLICATIONS, Column, column_head, years_in
from plugins.records import Catalog, ListVersion, Organ, Package, Topic
from plugins.records.vocabularies import Term
from plugins.search.tokens import plain
from plugins.settings import Settings
from plugins.views import CountedLink, Facet, Link

URL = "search/directory/"
NAME = "按年份和名称查找"
_PURPOSE = (
    "不用输入词语：按年份看每一类公开信息，按拼音首字母找机构、专题、政策包、公开领域和清单。"
)
_UP = Link("检索", "search/")
_OTHERS = "其他"
_FIRST_OF = {
    letter: character.encode("gb2312")
    for letter, character in zip(
        "ABCDEFGHJKLMNOPQRSTWXYZ", "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝", strict=True
    )
}
"""GB/T 2312 has its 3,755 common characters in the order of pinyin: where each letter begins."""
_END = b"\xd7\xfa"
"""Behind the last of them; the rarer ones that follow are in the order of their strokes."""
_GOVERNMENT = "人民政府"


@dataclass(frozen=True)
class Letter:
    """Names that begin alike."""

    letter: str
    anchor: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class DirectoryView:
    """The page."""

    title: str
    intro: str
    years: tuple[Facet, ...]
    letters: tuple[Letter, ...]


def directory(library: Library, settings: Settings) -> Shown:
    """What `search/directory/` shows."""
    letters = tuple(_letters(library, settings))
    view = DirectoryView(NAME, _PURPOSE, tuple(_years(library)), letters)
    column = Column(NAME, URL, _PURPOSE, "信息公开目录")
    return column_head(settings, column, crumbs=(_UP,)), {"directory": view}


def _years(library: Library) -> Iterator[Facet]:
    """The newest year first, in each the types that have something."""
    kinds = [kind for kind in PUBLICATIONS if kind not in OWN_LISTS]
    counts = {kind: years_in(kind.folder, library) for kind in kinds}
    for year in sorted(set().union(*counts.values()), reverse=True):
        columns = [(COLUMN_OF[kind], counts[kind][year]) for kind in kinds if year in counts[kind]]
        links = (CountedLink(c.name, f"{c.url}{year}/", number) for c, number in columns)
        yield Facet(f"{year}年", tuple(links))


def _letters(library: Library, settings: Settings) -> Iterator[Letter]:
    territory = settings.county.authority.removesuffix(_GOVERNMENT)
    placed = sorted((place(bare(link.label, territory)), link) for link in _names(library))
    for letter, found in groupby(placed, lambda pair: pair[0][0]):
        anchor = "others" if letter == _OTHERS else letter.lower()
        yield Letter(letter, f"from-{anchor}", tuple(link for _, link in found))


def _names(library: Library) -> Iterator[Link]:
    for organ in library.of(Organ):
        yield Link(organ.record.short_name, organ.url)
    for topic in library.of(Topic):
        yield Link(topic.record.title, topic.url)
    for package in library.of(Package):
        yield Link(package.record.title, package.url)
    for term in _used("areas", f"{Catalog.folder}.area", library):
        yield Link(
            f"{term.name}（{COLUMN_OF[Catalog].name}）", f"{COLUMN_OF[Catalog].url}{term.key}/"
        )
    for term in _used("list_kinds", f"{ListVersion.folder}.kind", library):
        yield Link(term.name, f"{COLUMN_OF[ListVersion].url}{term.key}/")


def _used(vocabulary: str, index: str, library: Library) -> list[Term]:
    """Words of a vocabulary that some document has."""
    used = library.values(index)
    return [term for term in library.vocabularies[vocabulary].terms if term.name in used]


def bare(name: str, territory: str) -> str:
    """A name without the county's in front: 区财政局 and 尧都区财政局 are looked for under C."""
    for start in range(len(territory)):
        if name.startswith(territory[start:]) and name != territory[start:]:
            return name.removeprefix(territory[start:])
    return name


def place(name: str) -> tuple[str, bytes, str]:
    """Where a name stands: its letter, what it is sorted by, the name. Others come last.

    Signs in front, as in “双公示”, are passed over.
    """
    start = next((at for at, character in enumerate(name) if character.isalnum()), 0)
    said = plain(name[start:])
    code = said.encode("gb18030", errors="replace")
    if "a" <= said[:1] <= "z":
        return said[0].upper(), code, name
    letters = [letter for letter, first in _FIRST_OF.items() if first <= code[:2] < _END]
    return max(letters, default=_OTHERS), code, name
