"""文件沿革: a document's life line, and the banner above a text that is not simply in force."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.library import Library, State, Validity, state_of
from plugins.library.validity import day_in_force
from plugins.presenting import VALIDITY_TONE, errata, written_day
from plugins.reading import Document
from plugins.records import Interpretation, Policy, Record
from plugins.settings import Settings
from plugins.views import Banner, Link, Step


def life_line(document: Document[Record], library: Library, settings: Settings) -> Iterator[Step]:
    """成文 → 印发 → 发布 → 施行 → 解读、修改、废止、失效, in the order of the days."""
    steps = sorted(_steps(document, library), key=lambda pair: (pair[0].day, pair[1]))
    for step, _ in steps:
        yield Step(step.label, step.day, step.link, ahead=not settings.reached(step.day))


def _steps(document: Document[Record], library: Library) -> Iterator[tuple[Step, int]]:
    record = document.record
    if signed := getattr(record, "signed", None):
        yield Step("成文", signed), 0
    if printed := getattr(record, "printed", None):
        yield Step("印发", printed), 1
    yield Step("发布", record.published.date()), 2
    if closes := getattr(record, "closes", None):
        yield Step("截止", closes), 5
    if isinstance(record, Policy):
        yield from _policy_steps(document, library)  # type: ignore[arg-type]


def _policy_steps(document: Document[Policy], library: Library) -> Iterator[tuple[Step, int]]:
    record = document.record
    if record.effective:
        yield Step("施行", record.effective), 3
    for reading in library.interpretations_of(document):
        label = reading.record.stage.value if reading.record.stage else "政策解读"
        yield Step(label, reading.record.published.date(), _link(reading)), 4
    for other in library.amenders_of(document):
        yield Step("修改", day_in_force(other.record), _link(other)), 6
    for other in library.repealers_of(document):
        yield Step("废止", day_in_force(other.record), _link(other)), 7
    if record.repealed:
        yield Step(f"废止（{record.repeal_basis}）", record.repealed), 7
    if record.expires:
        yield Step("失效", record.expires), 8


def banner(
    record: Record, state: State | None, library: Library, settings: Settings
) -> Banner | None:
    """What a reader must know first: not yet in force, amended, repealed, expired."""
    if isinstance(record, Interpretation):
        return _banner_of_interpretation(record, library, settings)
    if not isinstance(record, Policy) or state is None or state.validity is Validity.IN_FORCE:
        return None
    since = written_day(state.since)
    title, text = {
        Validity.PENDING: ("本文件尚未施行", f"自{since}起施行。"),
        Validity.AMENDED: ("本文件已修改", f"自{since}起，部分内容已修改，请与修改文件一并阅读："),
        Validity.REPEALED: ("本文件已废止", f"自{since}起废止，不再作为行政管理的依据。"),
        Validity.EXPIRED: ("本文件已失效", f"自{since}起失效，不再作为行政管理的依据。"),
    }[state.validity]
    if state.validity is Validity.REPEALED and state.by:
        text += "现行规定请看："
    elif state.validity is Validity.REPEALED and record.repeal_basis:
        text += f"废止依据：{record.repeal_basis}。"
    links = tuple(_link(other) for other in state.by)
    return Banner(VALIDITY_TONE[state.validity], title, text, links)


def _banner_of_interpretation(
    record: Interpretation, library: Library, settings: Settings
) -> Banner | None:
    for target in library.find(record.interprets, Policy):
        state = state_of(target, library, settings)
        if state.validity in {Validity.REPEALED, Validity.EXPIRED}:
            text = f"本解读所解读的文件已{state.validity.value}，仅供查阅。"
            links = (_link(target), *(_link(other) for other in state.by))
            return Banner(
                VALIDITY_TONE[state.validity], f"所解读的文件已{state.validity.value}", text, links
            )
    return None


def corrections(document: Document[Record], library: Library) -> Iterator[Banner]:
    """更正, by a document of its own or of this one; 更正说明, the last first."""
    yield from errata(document, library)
    for correction in reversed(document.record.corrections):
        title = f"更正说明（{written_day(correction.at)}）"
        yield Banner("brand", title, correction.note)


def _link(document: Document[Record]) -> Link:
    number = getattr(document.record, "number", None)
    label = f"{document.record.title}（{number}）" if number else document.record.title
    return Link(label, document.url)
