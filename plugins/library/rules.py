"""Rules that need more than one file, or the moment of the build, to check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import zip_longest
from typing import cast

from pydantic import BaseModel

from plugins.identifiers import parse_document_number
from plugins.library.addresses import addresses_live_on, redirects_lead_somewhere
from plugins.library.catalog_rules import (
    areas_have_free_keys,
    catalog_rows_are_known,
    catalogs_are_sound,
)
from plugins.library.frozen import (
    LOCK,
    PDF,
    SIGNED,
    frozen_issues_stay,
    published_issues_are_frozen,
)
from plugins.library.gazette_rules import gazettes_are_complete, issues_are_sound
from plugins.library.liaisons import units_have_one_liaison
from plugins.library.library import Library, is_public
from plugins.library.lists import lists_are_sound
from plugins.library.official import digest_of_text, first_difference, text_of_copy
from plugins.library.outings import dates_are_honest
from plugins.library.submissions import submissions_agree
from plugins.problems import Mark, Problem, Severity
from plugins.reading import BodyLink, Document
from plugins.reading.decoding import decode
from plugins.reading.document import model_at, named_files
from plugins.reading.media import PLAYED, suffix_of
from plugins.reading.names import COLUMNS, SHOWN
from plugins.records import (
    BY_FOLDER,
    HIGHER_RULES,
    SLOTS,
    Disclosure,
    Interpretation,
    Issue,
    Organ,
    Plan,
    Policy,
    Publication,
    Question,
    Record,
    Topic,
    references,
)
from plugins.records.fields import FieldNote, choices_advice, declared_as, note_of
from plugins.records.interpretation import DRAWN_KINDS, PLAYED_KINDS
from plugins.records.registers import REGISTERS
from plugins.records.vocabularies import PERIODS, PLAN_LEVELS
from plugins.settings import Settings
from plugins.workdays import UnknownYearError

Way = tuple[str | int, ...]
REMINDER = Severity.REMINDER
RULES_IN_FORCE = date(2008, 5, 1)
"""First day of the 政府信息公开条例, which has asked for 20 工作日 ever since."""


def check_document(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Every problem of one document among all others."""
    for rule in DOCUMENT_RULES:
        yield from rule(document, library, settings)


def check_whole(library: Library, settings: Settings) -> Iterator[Problem]:
    """Every problem that no single document has."""
    for rule in LIBRARY_RULES:
        yield from rule(library, settings)


def references_resolve(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Every document that is named exists, is of the right kind, and may be seen."""
    for way, target in references(document.record):
        folders = _note(document, way).relation
        if target == document.id:
            yield document.problem(way, "指向了自己", "删去这一项")
        elif target not in library:
            if target not in library.unread:
                yield document.problem(
                    way, f"找不到 {target}.md", _near_id(library, document, target, folders)
                )
        elif target.split("/")[0] not in folders:
            labels = "、".join(f"{f}（{BY_FOLDER[f].label}）" for f in folders)
            yield document.problem(way, f"{target} 不能放在这里", f"这里只能是：{labels}")
        elif is_public(document, settings) and not is_public(library[target], settings):
            yield _hidden_target(document, way, target)


def _hidden_target(document: Document[Record], way: Way, target: str) -> Problem:
    if way[0] == "interprets":
        return document.problem(
            way,
            f"所解读的 {target} 现在不公开",
            "等文件公开后再发布解读：写 embargo: true 并把 published 改到那一天",
        )
    return document.problem(
        way,
        f"{target} 现在不公开，网页上不显示这一项",
        "确认无误可以不改；否则删去这一项",
        REMINDER,
    )


def _near_id(
    library: Library, document: Document[Record], target: str, folders: tuple[str, ...]
) -> str:
    known = {d.id for d in library} | library.unread
    ids = sorted(i for i in known if i.split("/")[0] in folders and i != document.id)
    near = get_close_matches(target, ids, 1, 0.6)
    return (
        f"是不是想写：{near[0]}"
        if near
        else "核对文件的位置和名称，写成 栏目/年份/文件名，不带 .md"
    )


def topic_facets_are_known(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """A facet that a document names is one of those that the topic's own file lists."""
    record = document.record
    for place, asked in enumerate(record.topics if isinstance(record, Publication) else ()):
        topic = library.get(asked.topic) if asked.facets else None
        if topic is None or not isinstance(topic.record, Topic):
            continue
        known = tuple(facet.name for facet in topic.record.facets)
        for item, facet in enumerate(asked.facets):
            if facet not in known:
                yield document.problem(
                    ("topics", place, "facets", item),
                    f"专题“{topic.record.title}”没有“{facet}”这一方面",
                    choices_advice(facet, known)
                    if known
                    else f"删去这一项；或者在 {topic.path} 里加 facets",
                )


def organs_are_known(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Every 机构 that is named has a page or stands in the list of outside bodies."""
    for way, name in _organs_named(document.record):
        if not library.knows_organ(name):
            if _all_organs_known(library):
                yield document.problem(way, f"没有名为“{name}”的机构", _organ_advice(name, library))
        elif is_public(document, settings) and _is_hidden_organ(name, library, settings):
            yield document.problem(
                way,
                f"“{name}”的机构页现在不公开",
                "先公开机构页，或把机构全称加到 content/vocabularies/outside_organs.yaml",
            )


def _organ_advice(name: str, library: Library) -> str:
    if near := get_close_matches(name, library.organ_names(), 1, 0.6):
        return f"是不是想写：{near[0]}"
    return (
        "写机构的全称；本级机构在 content/organs/ 建一个文件，"
        "上级机关加到 content/vocabularies/outside_organs.yaml"
    )


def _is_hidden_organ(name: str, library: Library, settings: Settings) -> bool:
    organ = library.organ(name)
    listed = name in library.vocabularies["outside_organs"]
    return organ is not None and not listed and not is_public(organ, settings)


def _all_organs_known(library: Library) -> bool:
    """False while a file of 机构 has errors: its name may be the one that is looked for."""
    organs_unread = any(i.startswith(f"{Organ.folder}/") for i in library.unread)
    return library.vocabularies["outside_organs"].readable and not organs_unread


def _organs_named(record: BaseModel) -> Iterator[tuple[Way, str]]:
    for key, _ in declared_as(type(record), "organ"):
        value = getattr(record, key)
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, tuple):
            yield from (((key, place), name) for place, name in enumerate(value))


def both_sides_agree(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """A far side that an editor typed (repealed_by …) is said by the other document too."""
    record = document.record
    for key, note in declared_as(type(record), "inverse"):
        for place, target in enumerate(getattr(record, key)):
            other = library.get(target)
            if other and document.id not in getattr(other.record, note.inverse, ()):
                yield document.problem(
                    (key, place),
                    f"{target} 没有写它与本文件的关系",
                    f"在 content/{target}.md 里加：{note.inverse}: [{document.id}]，或删去这一项",
                )


def numbers_are_unique(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """发文字号 and 索引号 are given once; only versions of a higher rule share the first number."""
    for key in ("number", "index_number"):
        value = getattr(document.record, key, None)
        if not value or _shares_number(document, key):
            continue
        first = min(_holders(document, key, value, library), key=lambda other: other.id)
        if first.id != document.id:
            yield document.problem(
                key,
                f"“{value}”与 {first.path}:{first.mark(key).line} 重复",
                "核对两份文件，改正其中一个",
            )


def _holders(
    document: Document[Record], key: str, value: str, library: Library
) -> Iterator[Document[Record]]:
    """The documents, this one among them, that may not have the same number."""
    issuer = getattr(document.record, "issuer", "") if _needs_issuer(value) else ""
    for other in library.look_up(key, value):
        same = not issuer or getattr(other.record, "issuer", "") == issuer
        if same and not _shares_number(other, key):
            yield other


def _shares_number(document: Document[Record], key: str) -> bool:
    return key == "number" and _is_higher_rule(document)


def organ_names_are_unique(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """No two bodies have one full name, for names are what documents call them by."""
    if isinstance(document.record, Organ):
        first = min(library.look_up("organ", document.record.title), key=lambda other: other.id)
        if first.id != document.id:
            yield document.problem("title", f"与 {first.path} 同名", "两个机构不能同名，合并或改名")


def _needs_issuer(value: str | None) -> bool:
    """第3号 and 2021年第3号 are counted by each body for itself."""
    parts = parse_document_number(value) if value else None
    return bool(parts and not parts.code)


def relations_have_no_cycle(library: Library, _: Settings) -> Iterator[Problem]:
    """Nothing repeals, amends or succeeds itself through others, or is its own superior."""
    changing = cast("list[Document[Policy]]", library.look_up("changes"))
    changes = {d.id: (*d.record.repeals, *d.record.amends) for d in changing}
    yield from _cycles(library, changes, "repeals", "废止、修改关系绕了一圈")
    plans = library.of(Plan)
    following = cast("list[Document[Interpretation]]", library.look_up("follow-up"))
    follows = {d.id: (d.record.follows,) for d in following if d.record.follows}
    yield from _cycles(library, follows, "follows", "延伸、补充解读绕了一圈")
    parents = {d.id: (d.record.parent,) for d in plans if d.record.parent}
    yield from _cycles(library, parents, "parent", "上位规划绕了一圈")
    earlier = {d.id: (d.record.replaces,) for d in plans if d.record.replaces}
    yield from _cycles(library, earlier, "replaces", "接续的规划绕了一圈")
    ids = {d.record.title: d.id for d in library.of(Organ)}
    above = {d.id: (ids[d.record.parent],) for d in library.of(Organ) if d.record.parent in ids}
    yield from _cycles(library, above, "parent", "上级机构绕了一圈")


def _cycles(
    library: Library, edges: Mapping[str, tuple[str, ...]], key: str, message: str
) -> Iterator[Problem]:
    """One problem for each cycle, at its smallest id. Iterative: chains may be long."""
    done: set[str] = set()
    for start in sorted(edges):
        trail: list[str] = []
        stack = [(start, iter(edges.get(start, ())))] if start not in done else []
        trail.extend(node for node, _ in stack)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(node)
                trail.pop()
                stack.pop()
            elif following in trail:
                ring = trail[trail.index(following) :]
                yield _cycle_problem(library, ring, key, message)
            elif following not in done and following in edges:
                trail.append(following)
                stack.append((following, iter(edges[following])))


def _cycle_problem(library: Library, ring: list[str], key: str, message: str) -> Problem:
    least = ring.index(min(ring))
    ring = [*ring[least:], *ring[:least]]
    document = library[ring[0]]
    if key == "repeals" and not getattr(document.record, "repeals", ()):
        key = "amends"
    return document.problem(
        key, f"{message}：{' → '.join([*ring, ring[0]])}", "核对各文件，删去写反的一项"
    )


def days_are_in_order(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """成文 ≤ 发布; nothing is dated in the future unless it waits for its day."""
    record = document.record
    signed = getattr(record, "signed", None)
    printed = getattr(record, "printed", None)
    for title, day in (("成文日期", signed), ("印发日期", printed)):
        if day and record.published.date() < day:
            yield document.problem(
                "published",
                f"{record.published.date()} 早于{title} {day}",
                f"核对两个日期，发布不能早于{title}",
            )
    yield from _future(document, settings)
    for target in library.find(getattr(record, "repeals", ()), Policy):
        if isinstance(record, Policy) and record.signed < target.record.signed:
            yield document.problem(
                "repeals",
                f"被废止的 {target.id} 成文在后（{target.record.signed}）",
                "核对是否写反，或改正成文日期",
            )


def _future(document: Document[Record], settings: Settings) -> Iterator[Problem]:
    record = document.record
    reached = settings.reached(record.published)
    if not reached and not record.embargo and not record.draft:
        yield document.problem(
            "published",
            f"{record.published:%Y-%m-%d %H:%M} 还没有到"
            f"（现在按 {settings.now:%Y-%m-%d %H:%M} 计）",
            "核对日期；到时才发布的，加一行 embargo: true",
        )
    if record.embargo and reached:
        yield document.problem(
            "embargo", "发布日期已到，文件已经公开", "删去 embargo 这一行", REMINDER
        )
    signed = getattr(record, "signed", None)
    if signed and not settings.reached(signed) and is_public(document, settings):
        yield document.problem("signed", f"{signed} 还没有到", "核对日期")
    for place, correction in enumerate(record.corrections):
        if not settings.reached(correction.at) and is_public(document, settings):
            yield document.problem(
                ("corrections", place, "at"),
                f"{correction.at:%Y-%m-%d %H:%M} 还没有到",
                "写实际更正的时间",
            )


def publishing_is_timely(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Published within 20 工作日 of being made (条例 26); late papers are listed, not stopped.

    Papers from before the 条例 was in force were put online later, and rightly so.
    """
    signed = getattr(document.record, "signed", None)
    if not signed or signed < RULES_IN_FORCE or not isinstance(document.record, Publication):
        return
    exempt = _is_higher_rule(document) or _is_past_plan(document)
    if exempt or not is_public(document, settings):
        return
    try:
        due = library.calendar.add(signed, settings.county.timely_days)
    except UnknownYearError as unknown:
        yield document.problem(
            "published",
            f"不知道 {unknown.year} 年的节假日安排，算不出公开期限",
            f"把国务院办公厅公布的 {unknown.year} 年安排写进 content/workdays.yaml",
            REMINDER,
        )
        return
    if document.record.published.date() > due:
        yield document.problem(
            "published",
            f"超过{settings.county.timely_days}个工作日：{signed} 成文，最迟应在 {due} 公开",
            "日期写错的改正；确实迟了的不用改，以后按时公开",
            REMINDER,
        )


def _is_past_plan(document: Document[Record]) -> bool:
    """Old plans are gathered and published long after their time (区2021年工作要点 一（二））."""
    record = document.record
    over = isinstance(record, Plan) and record.ends
    return bool(over and over < record.published.date())


def _is_higher_rule(document: Document[Record]) -> bool:
    record = document.record
    return isinstance(record, Policy) and record.category in HIGHER_RULES


def codes_belong_to_issuers(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """机关代字 of a 发文字号 is one of the issuing body; so is the code of an 索引号."""
    if not isinstance(document.record, Publication):
        return
    issuer = document.record.issuers[0]
    number = parse_document_number(getattr(document.record, "number", None) or "")
    owners = library.look_up("code", number.code) if number and number.code else []
    if number and owners and library.knows_organ(issuer):
        owner = owners[-1].record.title
        if owner != issuer:
            yield document.problem(
                "number",
                f"“{number.code}”是{owner}的机关代字，不是{issuer}的",
                "核对发文字号和发文机关",
                REMINDER,
            )
    index = document.record.index_number
    organ = library.organ(issuer) if index else None
    code = organ.record.credit_code if organ else None
    if index and code and not index.startswith(f"{code}/"):
        yield document.problem(
            "index_number",
            f"不是以{issuer}的统一社会信用代码开头",
            f"写成：{code}/年份-五位流水号",
            REMINDER,
        )


def links_lead_somewhere(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Links of a body lead to documents, places and files that exist and may be seen."""
    for link in document.body.links:
        if link.file and not library.has_file(f"{document.folder}/{link.file}"):
            near = _near_file(library, document.folder, link.file)
            yield _body_problem(
                document,
                link.mark,
                f"找不到文件“{link.file}”",
                _file_advice(document, near),
            )
        elif link.document:
            yield from _document_link(document, link, library, settings)


def _document_link(
    document: Document[Record], link: BodyLink, library: Library, settings: Settings
) -> Iterator[Problem]:
    target = library.get(link.document)
    if target is None:
        if link.document not in library.unread:
            yield _body_problem(
                document,
                link.mark,
                f"链接的文件 {link.document}.md 不存在",
                _near_id(library, document, link.document, tuple(BY_FOLDER)),
            )
    elif is_public(document, settings) and not is_public(target, settings):
        yield _body_problem(
            document,
            link.mark,
            f"链接的 {link.document} 现在不公开",
            "删去这个链接，或等它公开后再加",
        )
    elif link.anchor and link.anchor not in target.body.anchors:
        known = "、".join(sorted(target.body.anchors)[:8]) or "（没有标题）"
        yield _body_problem(
            document,
            link.mark,
            f"{link.document} 里没有编号为“{link.anchor}”的地方",
            f"可用：{known}",
        )


def _body_problem(document: Document[Record], mark: Mark, message: str, remedy: str) -> Problem:
    return Problem(document.path, mark, message, remedy, "正文")


def _near_file(library: Library, folder: str, name: str) -> str:
    beside = [p.rpartition("/")[2] for p in library.files if p.rpartition("/")[0] == folder]
    same = [n for n in beside if n.lower() == name.lower()]
    return next(iter(same or get_close_matches(name, beside, 1, 0.6)), "")


def _file_advice(document: Document[Record], near: str) -> str:
    if near:
        return f"是不是想写：{near}（大小写也要一致）"
    return f"把文件放到 content/{document.folder}/，或改正文件名"


def attachments_lie_beside(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """Every attachment, and every other file that the front matter names, is there."""
    for way, name in named_files(document.record):
        if not library.has_file(f"{document.folder}/{name}"):
            near = _near_file(library, document.folder, name)
            yield document.problem(way, f"找不到文件“{name}”", _file_advice(document, near))


def files_are_used(library: Library, _: Settings) -> Iterator[Problem]:
    """Every file of the content belongs to a document; beside one with errors, nobody can tell."""
    used = set(library.values("uses"))
    for path in used - library.files.keys():  # reported where it is named: a slip of the name
        folder, _slash, name = path.rpartition("/")
        used.add(f"{folder}/{_near_file(library, folder, name)}")
    unsure = {i.rpartition("/")[0] for i in library.unread}
    tables = {COLUMNS, *(register.file for register in REGISTERS)}
    frozen = {
        f"{issue.id}{ending}" for issue in library.of(Issue) for ending in (LOCK, PDF, SIGNED)
    }
    for path in sorted(library.files.keys() - used - tables - frozen):
        if path.rpartition("/")[0] in unsure:
            continue
        yield Problem(
            f"content/{path}",
            Mark(),
            "没有文件用到它，不会发布",
            "写进所属文件的 attachments，或从正文链接它；不用的删去",
            severity=REMINDER,
        )


def answers_are_offered(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """Citizens can ask somebody about each document (区2021年工作要点 四（三））."""
    record = document.record
    if isinstance(record, Organ) and not (record.answers or record.phone):
        asking = library.look_up("answers", record.title)
        if count := sum(_is_asked_about(other, settings) for other in asking):
            yield document.problem(
                "phone",
                f"没有公布咨询电话，有 {count} 份文件由这个机构答复咨询",
                "加一行 answers: 科室和电话",
                REMINDER,
            )
    if not isinstance(record, Publication) or not _is_asked_about(document, settings):
        return
    name = record.answering_body
    if library.organ(name) is None and library.knows_organ(name):
        yield document.problem(
            "contact" if record.contact else "issuer",
            f"“{name}”不在本站的机构里，群众不知道向谁咨询",
            "加一行 contact: 本级负责答复的机构全称",
            REMINDER,
        )


def _is_asked_about(document: Document[Record], settings: Settings) -> bool:
    return is_public(document, settings) and not _is_higher_rule(document)


def interpretations_are_whole(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """The five slots are headings of the body, or waived with a reason; no interpretation first."""
    record = document.record
    if not isinstance(record, Interpretation):
        return
    if not record.follows:
        yield from _slot_problems(document, record)
    interpreted = record.interprets
    for target in (*library.find(interpreted, Policy), *library.find(interpreted, Plan)):
        if record.published < target.record.published:
            yield document.problem(
                "published",
                f"解读早于所解读的 {target.id}（{target.record.published:%Y-%m-%d %H:%M}）",
                "核对发布日期",
                REMINDER,
            )


def _slot_problems(document: Document[Record], record: Interpretation) -> Iterator[Problem]:
    """A follow-up is not asked: the interpretation that it follows holds the five."""
    waived = [_slot_meant(waiver.slot) for waiver in record.waived]
    titles = [heading.text for heading in document.body.headings]
    empty = _titles_without_text(document)
    for number, slot in zip("一二三四五", SLOTS, strict=True):
        there = any(slot in title for title in titles)
        if not there and slot not in waived:
            yield document.problem(
                "waived",
                f"正文没有“{slot}”这一部分",
                f"加一个标题“## {number}、{slot}”；确实没有的，在 waived 里写明理由",
            )
        elif there and slot in waived:
            yield document.problem(
                ("waived", waived.index(slot)),
                f"正文里有“{slot}”，又写了缺项",
                "删去 waived 里的这一项",
                REMINDER,
            )
        elif there and all(title in empty for title in titles if slot in title):
            yield document.problem(
                "waived",
                f"正文“{slot}”下面没有文字",
                "写上内容；确实没有的，删去标题，在 waived 里写明理由",
            )


def _titles_without_text(document: Document[Record]) -> set[str]:
    """Headings under which nothing stands, no picture and no table either."""
    body = document.body
    empty: set[str] = set()
    for heading, following in zip_longest(body.headings, body.headings[1:]):
        start = body.html.find(f'id="{heading.id}"')
        stop = body.html.find(f'id="{following.id}"') if following else len(body.html)
        under = body.html[start:stop].partition(f"</h{heading.level}>")[2]
        under = under.rpartition("<h")[0] if following else under
        deeper = following is not None and following.level > heading.level
        shown = re.sub(r"<(?!img|video|audio)[^>]*>", "", under)
        if not deeper and not shown.strip():
            empty.add(heading.text)
    return empty


def follow_ups_follow(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """延伸、补充解读 come after what they follow, and speak of the same documents."""
    record = document.record
    if not isinstance(record, Interpretation) or not record.follows:
        return
    for first in library.find((record.follows,), Interpretation):
        if record.published < first.record.published:
            yield document.problem(
                "published",
                f"早于所接续的 {first.id}（{first.record.published:%Y-%m-%d %H:%M}）",
                "核对两份解读的发布日期，核对 follows 是否写反",
            )
        strange = [i for i in record.interprets if i not in first.record.interprets]
        for target in strange:
            yield document.problem(
                ("interprets", record.interprets.index(target)),
                f"所接续的 {first.id} 没有解读 {target}",
                "延伸、补充解读只解读同样的文件；核对 interprets 和 follows",
            )


TRANSCRIPT = "文字稿"
_LONG_TEXT = 150
"""Letters from which a text can stand for a 图解: a picture's alt alone says too little."""


def media_have_alternatives(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """Films and recordings have a 文字稿, drawn interpretations a long text (WCAG 1.1.1, 1.2)."""
    del library
    record = document.record
    kinds = record.kinds if isinstance(record, Interpretation) else ()
    played = sorted(path for path in document.files if suffix_of(path) in PLAYED)
    drawn = [kind for kind in kinds if kind in DRAWN_KINDS]
    what = [path.rpartition("/")[2] for path in played]
    what += [kind for kind in kinds if kind in PLAYED_KINDS and not played]
    if what and not _has_transcript(document):
        yield document.problem(
            "kinds" if kinds else "attachments",
            f"“{what[0]}”没有文字稿，看不见、听不见的人无法了解内容",
            "在正文加一个标题“## 文字稿”，下面写视频、音频里说的话和画面要点；"
            "或附上文件，名称里写“文字稿”",
        )
    length = len(re.sub(r"\s", "", document.body.text)) if drawn else _LONG_TEXT
    if length < _LONG_TEXT:
        yield document.problem(
            "kinds",
            f"“{drawn[0]}”没有足够的文字说明（正文只有{length}字）",
            f"把图里的内容写成文字，放在图的下面，不少于{_LONG_TEXT}字",
        )


def _has_transcript(document: Document[Record]) -> bool:
    empty = _titles_without_text(document)
    headings = (h.text for h in document.body.headings if h.text not in empty)
    files = (attachment.title or attachment.file for attachment in document.record.attachments)
    return any(TRANSCRIPT in name for name in (*headings, *files))


def answers_rest_on_their_basis(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """The places that an answer names exist, and say what it quotes; an answer has no headings."""
    record = document.record
    if not isinstance(record, Question):
        return
    if document.body.headings:
        heading = document.body.headings[0].text
        yield _body_problem(
            document,
            Mark(),
            f"答案里有标题“{heading}”",
            "答案直接分段写，不用标题；要分几个问题的，每个问题写一个文件",
        )
    for place, basis in enumerate(record.basis):
        target = library.get(basis.document) if basis.document else None
        if target is None:
            continue
        way = ("basis", place)
        if basis.article and basis.article not in target.body.anchors:
            known = "、".join(sorted(target.body.anchors)[:8]) or "（没有条款）"
            yield document.problem(
                (*way, "article"),
                f"{target.id} 里没有编号为“{basis.article}”的地方",
                f"可用：{known}",
            )
        if basis.quote and _bare(basis.quote) not in _bare(target.body.text):
            yield document.problem(
                (*way, "quote"),
                f"{target.id} 的正文里没有这段话",
                "照原文抄写，标点也要一致；原文改过的，复核答案",
            )


def _bare(text: str) -> str:
    """A text without spaces and line ends, which depend on how it was typed."""
    return "".join(text.split())


def _slot_meant(written: str) -> str:
    """The slot that a waiver means; a misspelt one is told by the record itself."""
    return next(iter(get_close_matches(written, SLOTS, 1, 0.5)), written)


def plans_stand_under_their_like(
    document: Document[Record], library: Library, _: Settings
) -> Iterator[Problem]:
    """A 上位规划 is of no lower level; a plan succeeds one of its own kind, level and time."""
    record = document.record
    if not isinstance(record, Plan):
        return
    levels = library.vocabularies[PLAN_LEVELS].names
    for parent in library.find(filter(None, [record.parent]), Plan):
        above = parent.record.level
        if _place(above, levels) > _place(record.level, levels):
            yield document.problem(
                "parent",
                f"上位规划 {parent.id} 是{above}，比本规划的{record.level}低",
                "核对两个规划的 level，或者改成上一级的规划",
            )
    periods = library.vocabularies[PERIODS].names
    for earlier in library.find(filter(None, [record.replaces]), Plan):
        other = earlier.record
        if _place(other.period, periods) > _place(record.period, periods):
            yield document.problem(
                "replaces",
                f"接续的规划 {earlier.id} 是“{other.period}”的，比本规划的“{record.period}”晚",
                "核对是否写反",
            )
        for key, title in (("kind", "规划类别"), ("level", "规划层级")):
            mine, its = getattr(record, key), getattr(other, key)
            if mine != its:
                yield document.problem(
                    "replaces",
                    f"接续的规划 {earlier.id} 的{title}是“{its}”，本规划是“{mine}”",
                    "接续的应是上一期的同类规划；确有调整的不用改",
                    REMINDER,
                )


def _place(word: str, words: tuple[str, ...]) -> int:
    """The place of a word in its vocabulary; one that is not there, known elsewhere, is first."""
    return words.index(word) if word in words else -1


def withheld_answers_agree(
    document: Document[Record],
    library: Library,  # noqa: ARG001  # a rule
    settings: Settings,  # noqa: ARG001  # a rule
) -> Iterator[Problem]:
    """函 with an open answer: a public paper does not carry a reason for withholding."""
    record = document.record
    if not isinstance(record, Publication):
        return
    if record.disclosure is Disclosure.OPEN and record.disclosure_basis:
        yield document.problem(
            "disclosure_basis",
            "公开属性是主动公开，却写了不公开的理由",
            "删去这一行，或改正 disclosure",
            REMINDER,
        )


def official_texts_agree(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """A higher rule says what its official text says (区2021年工作要点 五（二）1)."""
    record = document.record
    if not isinstance(record, Policy):
        return
    if record.official_version and not settings.reached(record.official_version):
        yield document.problem(
            "official_version", f"{record.official_version} 还没有到", "核对日期"
        )
    official = document.body.text if record.official_digest and not record.official_copy else ""
    if record.official_copy and library.has_file(f"{document.folder}/{record.official_copy}"):
        path = f"{document.folder}/{record.official_copy}"
        copy = decode(f"{SHOWN}/{path}", library.data(path))
        if isinstance(copy, Problem):
            yield copy
            return
        official = text_of_copy(copy, record.title)
        if found := first_difference(document.body.text, official):
            yield document.problem(
                "official_copy",
                f"正文与存档的官方文本不一致，从第 {found.paragraph} 段开始："
                f"本站“{found.ours}”，官方文本“{found.official}”",
                "照官方文本改正正文；官方文本已有新版本的，换成新的存档",
            )
    yield from _digest_problems(document, record, official)


def _digest_problems(
    document: Document[Record], record: Policy, official: str
) -> Iterator[Problem]:
    right = digest_of_text(official) if official else ""
    if record.official_digest and record.official_digest != right and official:
        whose = "存档的官方文本" if record.official_copy else "正文"
        yield document.problem(
            "official_digest",
            f"与{whose}的摘要不一致",
            f"核对是不是同一版本；{whose}的摘要是 {right}",
        )
    elif record.official_copy and official and not record.official_digest:
        yield document.problem(
            "official_digest",
            "没有填写官方文本的摘要",
            f"加一行 official_digest: {right}",
            REMINDER,
        )


def _note(document: Document[Record], way: Way) -> FieldNote:
    """The declaration behind a value; the value may be one item of a list."""
    way = way if isinstance(way[-1], str) else way[:-1]
    return note_of(model_at(document.kind, way[:-1]).model_fields[str(way[-1])])


DocumentRule = Callable[[Document[Record], Library, Settings], Iterator[Problem]]
LibraryRule = Callable[[Library, Settings], Iterator[Problem]]
DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    references_resolve,
    topic_facets_are_known,
    organs_are_known,
    both_sides_agree,
    numbers_are_unique,
    organ_names_are_unique,
    days_are_in_order,
    publishing_is_timely,
    codes_belong_to_issuers,
    links_lead_somewhere,
    attachments_lie_beside,
    answers_are_offered,
    interpretations_are_whole,
    plans_stand_under_their_like,
    answers_rest_on_their_basis,
    follow_ups_follow,
    media_have_alternatives,
    withheld_answers_agree,
    official_texts_agree,
    lists_are_sound,
    catalogs_are_sound,
    catalog_rows_are_known,
    issues_are_sound,
    frozen_issues_stay,
)
"""What each document is asked; it is asked again when something that a rule looked up changes."""
LIBRARY_RULES: tuple[LibraryRule, ...] = (
    relations_have_no_cycle,
    files_are_used,
    addresses_live_on,
    dates_are_honest,
    redirects_lead_somewhere,
    areas_have_free_keys,
    gazettes_are_complete,
    published_issues_are_frozen,
    units_have_one_liaison,
    submissions_agree,
)
RULES: tuple[DocumentRule | LibraryRule, ...] = (*DOCUMENT_RULES, *LIBRARY_RULES)
"""All of them, in the order in which editors read of them."""
