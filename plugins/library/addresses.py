"""No address that was published is lost: it lives, has moved, or was taken down with a reason.

A permanent address is the URL of a document. Lists and other pages that follow from documents come
and go with them, and are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from plugins.library.library import Library, is_public
from plugins.problems import Mark, Problem, Severity
from plugins.reading.entries import is_open
from plugins.reading.names import ADDRESSES, REDIRECTS, SHOWN
from plugins.records import BY_FOLDER
from plugins.records.fields import DOCUMENT_ID
from plugins.records.office import Redirect, listed
from plugins.settings import Settings

SITE_FOLDERS = frozenset(
    {
        "404.html",
        "columns",
        "comparisons",
        "consult",
        "enterprise",
        "feeds",
        "index.html",
        "rates",
        "search",
        "sitemap",
        "sitemaps",
        "theme",
        "verify",
    }
)
"""First parts of addresses that are the site's own and no document's."""
_LIST = re.compile(r"\d{1,2}|\d{4}|index")
_ELSEWHERE = re.compile(r"https?://")


def addresses_live_on(library: Library, _: Settings) -> Iterator[Problem]:
    """Every address in the list of published ones has its document, or an entry in redirects.yaml.

    A document that waits for its day counts as there, so that a preview of an earlier day is
    possible; a draft, or one that is no longer 主动公开, does not.
    """
    addresses = library.addresses
    if not addresses:
        return
    there = {document.url for document in library.look_up("open")}
    there |= {f"{document_id}/" for document_id in library.unread}
    there |= {redirect.source for redirect in library.redirects}
    for line, address in listed(addresses):
        if address not in there:
            yield _vanished(library, line, address)


def _vanished(library: Library, line: int, address: str) -> Problem:
    document = library.get(address.removesuffix("/"))
    if document is None:
        why, back = "现在没有这份文件", f"恢复 content/{address.removesuffix('/')}.md"
    elif document.record.draft:
        why, back = "现在是草稿", f"删去 {document.path} 里的 draft: true"
    else:
        disclosure = document.record.disclosure.value
        why, back = f"现在的公开属性是{disclosure}", f"改回 {document.path} 里的 disclosure"
    return Problem(
        f"{SHOWN}/{ADDRESSES}",
        Mark(line),
        f"{address} 公开过，{why}，也没有写明去向",
        f"{back}；移走的，在 {SHOWN}/{REDIRECTS} 加一行 "
        f"- {{from: {address}, to: 新网址, date: 年-月-日}}；撤下的，加一行 "
        f"- {{from: {address}, gone: 撤回, date: 年-月-日, note: 原因}}",
    )


def redirects_lead_somewhere(library: Library, settings: Settings) -> Iterator[Problem]:
    """A source is no page of this site, a target is one, and nobody is sent on twice."""
    by_source: dict[str, Redirect] = {}
    for redirect in library.redirects:
        earlier = by_source.setdefault(redirect.source, redirect)
        if earlier is not redirect:
            yield _redirect_problem(
                redirect.mark,
                f"{redirect.source} 写了两次（第 {earlier.mark.line} 行已有）",
                "删去一处",
            )
        yield from _of_source(redirect, library)
    for redirect in by_source.values():
        if redirect.target and not _ELSEWHERE.match(redirect.target):
            yield from _of_target(redirect, by_source, library, settings)


def _of_source(redirect: Redirect, library: Library) -> Iterator[Problem]:
    source = redirect.source
    document_id = source.removesuffix("/")
    first = source.partition("/")[0]
    if first in BY_FOLDER:
        if not _may_be_document(source):
            yield _redirect_problem(
                redirect.mark, f"{source} 不是文件的网址", "只有文件的网址要写去向，列表页不用写"
            )
    elif first in SITE_FOLDERS:
        yield _redirect_problem(redirect.mark, f"{source} 是网站自己的页面", "删去这一项")
    document = library.get(document_id) if source.endswith("/") else None
    if document and is_open(document.record):
        yield _redirect_problem(
            redirect.mark,
            f"{source} 现在有文件（{document.path}）",
            "删去这一项；文件确实不再公开的，先删去文件",
        )


def _may_be_document(address: str) -> bool:
    document_id = address.removesuffix("/")
    parts = document_id.split("/")
    if not address.endswith("/") or not re.fullmatch(DOCUMENT_ID, document_id):
        return False
    kind = BY_FOLDER[parts[0]]
    return not (
        _LIST.fullmatch(parts[-1]) or parts[1] in kind.model_fields or parts[1] in kind.pages
    )


def _of_target(
    redirect: Redirect, by_source: Mapping[str, Redirect], library: Library, settings: Settings
) -> Iterator[Problem]:
    place, _, anchor = redirect.target.partition("#")
    if place in by_source:
        yield _chain(redirect, by_source)
        return
    document = library.get(place.removesuffix("/"))
    if document is None and f"{place.partition('/')[0]}/" == place and place[:-1] in BY_FOLDER:
        return
    if document is None or not place.endswith("/"):
        if place.removesuffix("/") not in library.unread:
            yield _redirect_problem(
                redirect.target_mark,
                f"去向 {place} 不存在",
                "写现有文件的网址（如 policies/2021/2021-015/）、"
                "栏目首页（如 policies/），或以 https:// 开头的完整网址",
            )
    elif not is_open(document.record):
        yield _redirect_problem(
            redirect.target_mark, f"去向 {place} 现在不公开", "写一份已经公开的文件的网址"
        )
    elif not is_public(document, settings):
        day = f"{document.record.published:%Y-%m-%d %H:%M}"
        yield _redirect_problem(
            redirect.target_mark,
            f"去向 {place} 要到 {day} 才公开，以前打不开",
            "等它公开以后再发布这一项；预览以前的日期时可以不管",
            Severity.REMINDER,
        )
    elif anchor and anchor not in document.body.anchors:
        known = "、".join(sorted(document.body.anchors)[:8]) or "（没有标题）"
        yield _redirect_problem(
            redirect.target_mark, f"{place} 里没有编号为“{anchor}”的地方", f"可用：{known}"
        )


def _chain(redirect: Redirect, by_source: Mapping[str, Redirect]) -> Problem:
    """What to say of an address whose target was itself moved or taken down."""
    way = [redirect.source]
    target = redirect.target
    while (place := target.partition("#")[0]) in by_source:
        if place in way:
            ring = " → ".join([*way, place])
            return _redirect_problem(
                redirect.target_mark, f"去向绕了一圈：{ring}", "改正写错的一项"
            )
        way.append(place)
        after = by_source[place]
        if after.gone:
            return _redirect_problem(
                redirect.target_mark,
                f"去向 {place} 已经撤下（第 {after.mark.line} 行）",
                "把 to 改成现有的网址；没有的，改写 gone 和 note",
            )
        target = after.target
    chain = " → ".join([*way, target])
    return _redirect_problem(
        redirect.target_mark, f"去向又转到别处：{chain}", f"直接写最后的去向：to: {target}"
    )


def _redirect_problem(
    mark: Mark, message: str, remedy: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(f"{SHOWN}/{REDIRECTS}", mark, message, remedy, severity=severity)
