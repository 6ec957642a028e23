"""One sheet → the bytes of its PDF, by WeasyPrint, with everything that it reports taken for wrong.

WeasyPrint goes on where it cannot do what was asked, and says so in its log only: an empty place
for a picture, a box for a character. In a document of the government such a thing must not pass.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from plugins.settings import BEIJING
from plugins.typesetting.faces import Face, Faces, missing_character, undrawable, unusable
from plugins.typesetting.sheet import (
    Flaw,
    PreflightError,
    Sheet,
    UnequippedError,
    text_of,
    untold_drawings,
)

VARIANT = "pdf/a-3a"
_FONTCONFIG = "FONTCONFIG_FILE"
_CREATED = re.compile(r'<meta name="dcterms.created" content="([^"]+)"')
_WEIGHTS = {700: "bold", 900: "black"}
"""CSS's weights as fontconfig calls them."""
_SELDOM = (100_000, 10, 100)
"""Thresholds of Python's garbage collector: objects, then rounds."""
_OURS = "这是模板或样式表的问题，请告诉维护人员"


@contextmanager
def _circles_let_go() -> Iterator[None]:
    """Take back the memory of pages that hold one another, also where a build does not.

    It is done more seldom than Python would, which costs nothing but time. Of what was there
    before nothing is looked through: it can be a whole library, and in a forked process looking at
    it would copy it.
    """
    enabled, thresholds, frozen = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not enabled:
            gc.disable()
        if not frozen:
            gc.unfreeze()


@_circles_let_go()
def typeset(sheet: Sheet, faces: Faces, folder: Path) -> bytes:
    """The sheet as PDF/A-3a with the mark of PDF/UA-1; the same sheet gives the same bytes.

    `folder` is where what the font library needs is kept from one time to the next. Raises
    PreflightError for whatever would not come out as it was written, UnequippedError if this
    machine cannot typeset at all.
    """
    if flaws := unusable(faces):
        raise UnequippedError(flaws)
    if flaws := _seen_at_once(sheet, faces):
        raise PreflightError(flaws)
    with _only(faces, folder):
        weasyprint = _weasyprint(folder)
        from plugins.typesetting.pace import with_room  # noqa: PLC0415  # it needs WeasyPrint

        with _told() as said, warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint's colour profile
            data = with_room(_set)(weasyprint, sheet)
    if said:
        raise PreflightError(dict.fromkeys(map(_flaw, said)))
    return data


def _seen_at_once(sheet: Sheet, faces: Faces) -> list[Flaw]:
    """The flaws for which nothing need be laid out."""
    flaws = undrawable(text_of(sheet.html), faces)
    if untold_drawings(sheet.html):
        message = "PDF 里有一幅图（svg）没有文字说明：<svg> 里最前面要有 <title>"
        flaws.append(Flaw(message, _OURS))
    if sheet.attachments and not _CREATED.search(sheet.html):
        message = "PDF 带有附件，却没有写明发布时间：缺 dcterms.created"
        flaws.append(Flaw(message, _OURS))
    return flaws


def _set(weasyprint: Any, sheet: Sheet) -> bytes:  # noqa: ANN401  # WeasyPrint has no types
    from plugins.typesetting.archival import finish  # noqa: PLC0415  # brings pydyf in

    fetcher = _Fetcher(sheet.files)
    style = weasyprint.CSS(string=sheet.style, url_fetcher=fetcher)
    page = weasyprint.HTML(
        string=sheet.html, base_url=sheet.address, url_fetcher=fetcher, encoding="utf-8"
    )
    document = page.render(stylesheets=[style], pdf_variant=VARIANT)
    for laid in document.pages:
        laid.links[:] = _outer_links(laid.links)
    data: bytes = document.write_pdf(
        pdf_variant=VARIANT, attachments=list(_attached(weasyprint, sheet)), finisher=finish
    )
    return data


def _outer_links(links: list[Any]) -> Iterator[Any]:
    """The links of a page without those that lie in another one to the same place.

    WeasyPrint makes a link of each element inside an `<a>` besides; the inner ones are told twice,
    and have no tag of their own, which breaks PDF/UA-1 (7.18.5).
    """
    kept: list[Any] = []
    for link in links:
        kind, target, (left, top, right, bottom), _box = link
        across, down = (left + right) / 2, (top + bottom) / 2
        if not any(
            (kind, target) == other[:2]
            and other[2][0] <= across <= other[2][2]
            and other[2][1] <= down <= other[2][3]
            for other in kept
        ):
            kept.append(link)
            yield link


def _attached(weasyprint: Any, sheet: Sheet) -> Iterator[Any]:  # noqa: ANN401  # the same
    """A sheet's attachments, in the order in which PDF wants their names."""
    for attachment in sorted(sheet.attachments, key=lambda one: one.name.encode()):
        moment = _published(sheet.html)
        yield weasyprint.Attachment(
            string=attachment.data,
            name=attachment.name,
            description=attachment.description,
            relationship=attachment.relationship,
            created=moment,
            modified=moment,
        )


def _published(page: str) -> datetime:
    """The moment of `dcterms.created` in UTC, in which WeasyPrint writes that of an attachment."""
    moment = datetime.fromisoformat(_CREATED.findall(page)[0])
    if moment.tzinfo is None:  # a day alone
        moment = moment.replace(tzinfo=BEIJING)
    return moment.astimezone(UTC)


def _weasyprint(folder: Path) -> Any:  # noqa: ANN401  # WeasyPrint has no types
    """WeasyPrint with our justification. Raises UnequippedError if its libraries are missing."""
    from plugins.typesetting.declarations import declarations_kept  # noqa: PLC0415  # cffi

    try:
        with declarations_kept(folder):
            import weasyprint  # noqa: PLC0415  # slow to load, seldom wanted
    except OSError as fault:
        message = f"制作 PDF 要用的程序库没有装好：{str(fault).splitlines()[0]}"
        remedy = "运行 make setup（或 python -m plugins setup）补装，再生成一次"
        raise UnequippedError([Flaw(message, remedy)]) from fault
    from plugins.typesetting import justification, pace  # noqa: PLC0415  # the same

    justification.install()
    pace.install()
    return weasyprint


class _Fetcher:
    """Gives WeasyPrint the files that it was handed, and nothing else."""

    _fail_on_errors = False

    def __init__(self, files: Any) -> None:  # noqa: ANN401
        self._files = files

    def __call__(self, url: str) -> Any:  # noqa: ANN401  # WeasyPrint has no types
        from weasyprint.urls import URLFetcherResponse  # noqa: PLC0415  # it is loaded by now

        return URLFetcherResponse(url, self._files[unquote(url)])


@contextmanager
def _only(faces: Faces, folder: Path) -> Iterator[None]:
    """Let the font library see these faces alone.

    With no font at all it would end the whole process by a fault of memory; with others, a
    character that ours lack would be drawn in any of them. It reads its fonts once: a process
    goes on with the faces of its first sheet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    conf = folder / "fonts.conf"
    text = _conf(faces, folder.absolute() / "fontconfig")
    if not conf.exists() or conf.read_text("utf-8") != text:
        beside = conf.with_name(f"fonts.conf.{os.getpid()}")
        beside.write_text(text, "utf-8")
        beside.replace(conf)
    before = os.environ.get(_FONTCONFIG)
    os.environ[_FONTCONFIG] = str(conf.absolute())
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FONTCONFIG]
        else:
            os.environ[_FONTCONFIG] = before


def _conf(faces: Faces, cache: Path) -> str:
    paths = [str(path) for path in faces.files]
    folders = dict.fromkeys(str(path.parent) for path in faces.files)
    return "\n".join(
        [
            '<?xml version="1.0"?>',
            '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig>",
            *(f"<dir>{escape(folder)}</dir>" for folder in folders),
            f"<cachedir>{escape(str(cache))}</cachedir>",
            "<selectfont>",
            *(f"<acceptfont><glob>{escape(path)}</glob></acceptfont>" for path in paths),
            "<rejectfont><glob>*</glob></rejectfont>",
            "</selectfont>",
            *(line for part, face in faces.parts.items() for line in _rules(part, face)),
            "</fontconfig>",
            "",
        ]
    )


def _rules(part: str, face: Face) -> Iterator[str]:
    """What lets a stylesheet name a face by its part, and keeps it from what it is not used for."""
    yield f'<match target="pattern"><test name="family"><string>{part}</string></test>'
    name = f"<string>{escape(face.family)}</string>"
    yield f'<edit name="family" mode="assign" binding="same">{name}</edit>'
    if face.weight is not None:
        yield f'<edit name="weight" mode="assign"><const>{_WEIGHTS[face.weight]}</const></edit>'
    yield "</match>"
    if face.omitted:
        spans = (
            f"<range><int>{r.start}</int><int>{r.stop - 1}</int></range>" for r in face.omitted
        )
        yield '<match target="scan">'
        yield f'<test name="family">{name}</test>'
        yield '<edit name="charset" mode="assign"><minus><name>charset</name>'
        yield f"<charset>{''.join(spans)}</charset></minus></edit></match>"


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _told() -> Iterator[list[str]]:
    """All that WeasyPrint reports meanwhile, which nobody else gets to hear."""
    logger, ear = logging.getLogger("weasyprint"), _Ear()
    propagate, level = logger.propagate, logger.level
    logger.addHandler(ear)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield ear.said
    finally:
        logger.removeHandler(ear)
        logger.propagate = propagate
        logger.setLevel(level)


def _picture(found: re.Match[str]) -> Flaw:
    name = unquote(found[1]).rpartition("/")[2]
    return Flaw(
        f"PDF 里的图片“{name}”打不开",
        "核对文件名和图片格式（png、jpg、svg），图片要放在用它的文件旁边",
    )


def _no_alt(found: re.Match[str]) -> Flaw:
    name = unquote(found[1]).rpartition("/")[2]
    return Flaw(f"PDF 里的图片“{name}”没有文字说明", f"写成 ![说明]({name})")


_KNOWN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Flaw]], ...] = (
    (re.compile(r"Failed to load image at '([^']*)'"), _picture),
    (re.compile(r'Image "([^"]*)" has no required alt'), _no_alt),
    (
        re.compile(r'\.notdef glyph rendered .*"(.)" \(U\+', re.DOTALL),
        lambda found: missing_character(found[1]),
    ),
    (
        re.compile(r"No anchor (?:#(\S+))? ?for internal URI"),
        lambda found: Flaw(f"PDF 里的链接“#{found[1]}”找不到目标", "核对链接里 # 后面的编号"),
    ),
)


def _flaw(said: str) -> Flaw:
    """What WeasyPrint reported, as an editor or an engineer can mend it."""
    for pattern, flaw in _KNOWN:
        if found := pattern.search(said):
            return flaw(found)
    return Flaw(f"排版程序报告：{said}", _OURS)
