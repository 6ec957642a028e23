"""From outputs to files: make what changed, leave what did not, remove what nobody yields.

The rule of every step is that a kill at any moment leaves a folder from which the next build comes
to the same site as from an empty one:

- A file is written beside its place and renamed into it: it is the old one or the new one.
- The marker file says which state of the site the folder holds. Before the first change it says
  none; at the end, when the state was saved, it gets the new state's digest. If marker and state
  do not agree, the folder is walked and whatever nobody yields is removed.
- What is recorded of a file is its digest and stat: one that is not as recorded is made again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple, cast

from jinja2 import Environment

from plugins.cores import each
from plugins.library import Library
from plugins.library.facts import ANYTHING, file_fact
from plugins.memory import Derivations, State, Written
from plugins.offline import Stored, offline_list
from plugins.outputs import (
    Asset,
    Bundle,
    Copy,
    Feature,
    File,
    OfflineList,
    Output,
    Page,
    Pdf,
    Sealed,
)
from plugins.problems import Mark, Problem, mark_at
from plugins.progress import Over, plainly
from plugins.publishing.environment import begin, render
from plugins.publishing.printing import Press, set_or_tell
from plugins.publishing.shelving import BundleShelf, on_shelf
from plugins.reading import Document
from plugins.reading.entries import digest
from plugins.reading.names import SHOWN
from plugins.reading.store import ChangedMeanwhileError
from plugins.reading.tree import Source, Stat, stat_of
from plugins.records import Record
from plugins.reprinting import pictures_in
from plugins.settings import Settings
from plugins.tracing import Trace, traced
from plugins.typesetting import Attachment, Flaw, PreflightError, Sheet, UnequippedError
from plugins.views import Attached, Site, digest_of

_SIZE = 1
"""Where `reading.tree.stat_of` has a file's length."""
MARKER = ".gongkai"
"""This file marks a folder that builds may change, and names the state that it holds."""
_WORTH_CORES = 4
"""From so many PDFs on it pays to start more processes."""
_CHANGING = "changing\n"


class ForeignOutputError(Exception):
    """The output folder holds what no build has made, or lies in the content; it is left alone."""


class UnprintableError(Exception):
    """Some PDF cannot be set without a flaw; nothing of the site was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Published:
    """What a build did. Paths count from the output folder."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    rendered: int = 0
    """Pages that were rendered, also those that came out as they were."""
    pages: int = 0
    files: int = 0
    """All files of the site, pages among them."""

    def changes(self) -> str:
        """The exact lists of changed and removed paths, as JSON for deployment to read."""
        lists = {"written": sorted(self.written), "removed": sorted(self.removed)}
        return json.dumps(lists, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True)
class Job:
    """All that a build needs to make its outputs."""

    features: tuple[Feature, ...]
    library: Library
    settings: Settings
    sources: Mapping[str, Source]
    """What is known of the content's files, for copies."""
    derivations: Derivations
    environment: Environment
    templates: Mapping[str, bytes]
    """Template → digest of its closure."""
    site: Site
    assets: tuple[Asset, ...]
    content: Path
    target: Path
    press: Press
    shelves: Path
    """Where bundles keep what they need for the next build."""
    over: Over = plainly
    sure: bool = False
    """Whether the files of the last build are surely as it left them, while the marker is."""


def must_be_ours(target: Path, content: Path) -> None:
    """Raises ForeignOutputError if a build may not change `target`."""
    inside, outside = target.resolve(), content.resolve()
    if inside == outside or outside in inside.parents or inside in outside.parents:
        raise ForeignOutputError(target)
    if target.is_file() or (target.exists() and not _made_by_us(target)):
        raise ForeignOutputError(target)


def _made_by_us(folder: Path) -> bool:
    """A marker is in it, or nothing but the marker that a killed build was about to put there."""
    begun = Path(_beside(str(folder / MARKER)))
    return (folder / MARKER).is_file() or all(path == begun for path in folder.iterdir())


def publish(job: Job, last: State) -> tuple[Published, State]:
    """Bring the output folder to what the job's outputs are, and say what changed.

    Returns the state's part that belongs to outputs; `settle` must be called once it is saved.
    Raises ForeignOutputError if the folder holds files that no build made, or lies in the content,
    UnprintableError if a PDF has a flaw; then all is as it was.
    """
    must_be_ours(job.target, job.content)
    return _Publishing(job, last).run()


def settle(target: Path, state: State) -> None:
    """The state is saved: say in the folder that this is the one it holds."""
    if marker_of(target) != state.marker:
        put_in_place(f"{target}/{MARKER}", state.marker.encode())


class _Piece(NamedTuple):
    """A file of a bundle that must be written."""

    path: str
    sealed: Sealed


class _Publishing:
    """One run of `publish`."""

    def __init__(self, job: Job, last: State) -> None:
        self._job = job
        self._last = last
        self._site = digest_of(job.site)
        same = last.templates if last.site == self._site else {}
        self._known_templates = {
            name for name, closure in job.templates.items() if same.get(name) == closure
        } | {""}
        self._trusted = marker_of(job.target) == last.marker != ""
        if not self._trusted:
            _remove_links(job.target)
        sure = job.sure and self._trusted
        self._standing = last.outputs if sure else dict(_standing(job.target, last.outputs))
        self._outputs: dict[str, Written] = {}
        self._set: dict[str, bytes] = {}
        """Path of each PDF that was made → the key under which the press keeps it."""
        self._lists: dict[str, tuple[str, tuple[str, ...]]] = {}
        """Path of each list for reading offline → its title, and the files that it names."""
        self._done = Published()
        self._changing = False

    def run(self) -> tuple[Published, State]:
        # New files first, so that no list leads to a page that is not there yet.
        begin(self._job.environment)
        plan = list(self._plan())
        self._typeset([(output, asked) for output, asked in plan if isinstance(output, Pdf)])
        todo = sorted(self._opened(plan), key=lambda pair: pair[0].path in self._last.outputs)
        gone = self._gone({output.path for output, _ in todo} | self._outputs.keys())
        self._make_room(gone, todo)
        for output, asked in self._job.over("生成", todo, len(todo)):
            self._make(output, asked)
        for path, (title, files) in self._lists.items():
            self._put(path, b"", offline_list(path, title, self._stored(path, files)))
        for path in gone:
            self._remove(path)
        self._done.files = len(self._outputs)
        self._done.pages = sum(path.endswith(".html") for path in self._outputs)
        return self._done, State(
            derivations=self._job.derivations.kept,
            outputs=self._outputs,
            templates=self._job.templates,
            site=self._site,
            marker=_marker(self._outputs),
        )

    def _plan(self) -> Iterator[tuple[Output, bytes]]:
        """Take over what is as it should be; the outputs that must be made."""
        for feature in self._job.features:
            name = f"build {feature.__name__}"
            kept = self._job.derivations.good(name)
            if kept:
                self._job.derivations.take_over(name, kept)
                yield from self._bad_among(kept.result, feature)
                continue
            with traced() as trace:
                outputs = list(feature.build(self._job.library, self._job.settings))
            paths = tuple(output.path for output in outputs)
            self._job.derivations.keep(name, b"", trace, paths)
            yield from self._new_among(outputs)
        yield from self._new_among(self._job.assets)

    def _bad_among(self, paths: Iterable[str], feature: Feature) -> Iterator[tuple[Output, bytes]]:
        """Of a feature that would list the same outputs again: those that must be made again."""
        bad = set()
        for path in paths:
            if self._is_good(path):
                self._take_over(path)
            else:
                bad.add(path)
        outputs = iter(feature.build(self._job.library, self._job.settings) if bad else ())
        while bad:
            output = next(outputs)
            if output.path in bad:
                bad.remove(output.path)
                yield from self._new_among((output,))

    def _new_among(self, outputs: Iterable[Output]) -> Iterator[tuple[Output, bytes]]:
        for output in outputs:
            path = _safe(output.path)
            if path in self._outputs:
                raise ValueError(path)
            asked = _asked(output)
            if self._is_good(path, asked):
                self._take_over(path)
            else:
                self._outputs[path] = _NOT_YET
                yield output, asked

    def _opened(
        self, todo: Iterable[tuple[Output, bytes]]
    ) -> Iterator[tuple[Output | _Piece, bytes]]:
        """Each bundle in its pieces: those that are not in their places; lists wait for the end."""
        for output, asked in todo:
            if isinstance(output, OfflineList):
                self._lists[output.path] = listed = output.title, output.files
                self._job.derivations.keep(output.path, asked, Trace(), ("", listed))
                continue
            if not isinstance(output, Bundle):
                yield output, asked
                continue
            files = self._bundled(output, asked)
            for name, sealed in files.items():
                path = _safe(f"{output.path}{name}")
                if path in self._outputs:
                    raise ValueError(path)
                standing = self._standing.get(path)
                if standing and standing.digest == sealed.digest:
                    self._outputs[path] = standing
                else:
                    self._outputs[path] = _NOT_YET
                    yield _Piece(path, sealed), asked

    def _bundled(self, bundle: Bundle, asked: bytes) -> Mapping[str, Sealed]:
        job = self._job
        shelf = BundleShelf(job.shelves, bundle.path, job.derivations, job.library, job.settings)
        with traced() as trace:
            files = bundle.make(job.library, job.settings, shelf, *bundle.arguments)
        # Thousands of facts: that something is another is told by one.
        coarse = Trace({ANYTHING}, trace.since, trace.until)
        mine = on_shelf(bundle.path)
        derived = tuple(name for name in job.derivations.kept if name.startswith(mine))
        job.derivations.keep(bundle.path, asked, coarse, ("", tuple(files), derived))
        del self._outputs[bundle.path]
        return files

    def _is_good(self, path: str, asked: bytes | None = None) -> bool:
        kept = self._job.derivations.good(path, asked)
        if kept is not None and path.endswith("/"):
            return all(f"{path}{name}" in self._standing for name in kept.result[1])
        return (
            kept is not None
            and kept.result[0] in self._known_templates
            and path in self._standing
            and self._is_set_as_now(*kept.result[1:])
        )

    def _is_set_as_now(self, _shown: bytes = b"", press: bytes = b"") -> bool:
        """Whether an output is no PDF, or one that today's press would set alike."""
        try:
            return not press or press == self._job.press.digest
        except PreflightError:
            return False

    def _take_over(self, path: str) -> None:
        kept = self._job.derivations.good(path)
        if kept is None or path in self._outputs:
            raise ValueError(path)
        self._job.derivations.take_over(path, kept)
        if not path.endswith("/"):
            self._outputs[path] = self._standing[path]
            match kept.result:
                case (_, (title, files)):
                    self._lists[path] = title, files
            return
        _, names, derived = kept.result
        self._outputs |= {f"{path}{name}": self._standing[f"{path}{name}"] for name in names}
        for name in derived:
            inner = self._job.derivations.good(name)
            if inner:
                self._job.derivations.take_over(name, inner)

    def _typeset(self, pdfs: list[tuple[Pdf, bytes]]) -> None:
        """Set all PDFs, on all cores, before anything is written; tell all their flaws at once."""
        problems: list[Problem] = []
        try:
            unset = list(self._unset(pdfs))
            press = partial(set_or_tell, self._job.press)
            work = each(press, [sheet for _, sheet in unset], _WORTH_CORES)
            told = zip(unset, work, strict=True)
            for (output, _), flaws in self._job.over("排版", told, len(unset)):
                problems += (self._told(flaw, output) for flaw in flaws)
        except UnequippedError as error:  # no PDF at all can be set
            problems += (self._told(flaw, pdfs[0][0]) for flaw in error.flaws)
        if problems:
            raise UnprintableError(problems)

    def _unset(self, pdfs: Iterable[tuple[Pdf, bytes]]) -> Iterator[tuple[Pdf, Sheet]]:
        """The PDFs that are not in their places, with what they are made of."""
        for output, asked in pdfs:
            sheet = self._sheet(output, asked)
            self._set[output.path] = key = self._job.press.key(sheet)
            standing = self._standing.get(output.path)
            if not standing or standing.key != key:
                yield output, sheet

    def _told(self, flaw: Flaw, output: Pdf) -> Problem:
        """A flaw where an editor finds it: in the first document that holds it, if one can be seen.

        Those that the PDF was asked for come first, then all others that were read for it: an issue
        of the gazette prints many.
        """
        asked = [document.id for document in _documents(output.arguments)]
        for document_id in dict.fromkeys((*asked, *self._read_for(output.path))):
            text = (self._job.content / f"{document_id}.md").read_text("utf-8", "replace")
            if flaw.character and flaw.character in text:
                mark = mark_at(text, text.index(flaw.character))
                return Problem(f"{SHOWN}/{document_id}.md", mark, flaw.message, flaw.remedy)
        place = f"{SHOWN}/{asked[0]}.md" if asked else output.path
        return Problem(place, Mark(), flaw.message, flaw.remedy)

    def _read_for(self, path: str) -> list[str]:
        """The documents that were read for an output, in a fixed order."""
        kept = self._job.derivations.kept.get(path)
        named = {fact.rpartition(" ")[2] for fact in kept.facts} if kept else set()
        return sorted(name for name in named if self._job.library.get(name))

    def _sheet(self, output: Pdf, asked: bytes) -> Sheet:
        """All that a PDF is made of. Raises UnequippedError without fonts."""
        job, path = self._job, output.path
        with traced() as trace:
            head, inputs = output.make(job.library, job.settings, *output.arguments)
            html = render(job.environment, output.template, job.site, head, inputs)
            files = dict(self._pictures(html, head.url))
        inside = cast("tuple[Attached, ...]", inputs.get("attachments", ()))
        sheet = Sheet(
            html,
            job.press.style,
            job.settings.absolute(head.url),
            files,
            tuple(Attachment(*attached) for attached in inside),
        )
        job.derivations.keep(path, asked, trace, (output.template, b"", job.press.digest))
        return sheet

    def _pictures(self, html: str, url: str) -> Iterator[tuple[str, bytes]]:
        """Address and bytes of the content's files that a page shows; others are told as flaws."""
        root = self._job.settings.absolute("")
        for address in pictures_in(html, root + url):
            source = self._job.library.file_at(address.removeprefix(root))
            if source:
                yield address, self._read(source)

    def _read(self, source: str) -> bytes:
        """A file of the content. Raises ChangedMeanwhileError if it is not as it was looked at."""
        data = (self._job.content / source).read_bytes()
        if digest(data) != self._job.sources[source].digest:
            raise ChangedMeanwhileError(source)
        return data

    def _make(self, output: Output | _Piece, asked: bytes) -> None:
        job, path = self._job, output.path
        match output:
            case _Piece():
                data, key = output.sealed.read(), b""
            case Bundle() | OfflineList():
                raise TypeError(output)  # was opened, or is made at the end
            case Page():
                last = job.derivations.good(path, asked)
                with traced() as trace:
                    head, inputs = output.make(job.library, job.settings, *output.arguments)
                # What has the same trace shows the same: then only the template is another.
                shown = last.result[1] if last else digest_of((head, inputs))
                job.derivations.keep(path, asked, trace, (output.template, shown))
                key = digest(job.templates[output.template] + self._site + shown)
                standing = self._standing.get(path)
                if standing and standing.key == key:
                    self._outputs[path] = standing
                    return
                data = render(job.environment, output.template, job.site, head, inputs).encode()
                self._done.rendered += 1
            case Pdf():
                key = self._set[path]
                standing = self._standing.get(path)
                if standing and standing.key == key:
                    self._outputs[path] = standing
                    return
                data = job.press.printed(key)
            case File():
                with traced() as trace:
                    data = output.make(job.library, job.settings, *output.arguments)
                job.derivations.keep(path, asked, trace, ("",))
                key = b""
            case Copy():
                data = self._read(output.source)
                job.derivations.keep(path, asked, Trace({file_fact(output.source)}), ("",))
                key = b""
            case Asset():
                data, key = output.data, b""
                job.derivations.keep(path, asked, Trace(), ("",))
        self._put(path, key, data)

    def _stored(self, path: str, files: tuple[str, ...]) -> dict[str, Stored]:
        """What a list tells of its files. Raises ValueError if one of them is no output."""
        if not self._outputs.keys() >= set(files):
            raise ValueError(path)
        written = {file: self._outputs[file] for file in files}
        return {file: Stored(each.digest, each.stat[_SIZE]) for file, each in written.items()}

    def _put(self, path: str, key: bytes, data: bytes) -> None:
        standing, now = self._standing.get(path), digest(data)
        if standing and standing.digest == now:
            self._outputs[path] = Written(key, now, standing.stat)
            return
        self._about_to_change()
        stat = put_in_place(f"{self._job.target}/{path}", data)
        self._outputs[path] = Written(key, now, stat)
        self._done.written.append(path)

    def _gone(self, paths: set[str]) -> list[str]:
        """Files that were there and that no output is any more; where in doubt, all others."""
        there = dict.fromkeys(self._last.outputs)
        if not self._trusted:
            there |= dict.fromkeys(_files(self._job.target))
        return [path for path in there if path not in paths and path != MARKER]

    def _make_room(self, gone: list[str], todo: list[tuple[Output | _Piece, bytes]]) -> None:
        """Where a file must go for a folder, or a folder for a file, it goes first."""
        if not gone:
            return
        new = {output.path for output, _ in todo}
        folders = {str(folder) for path in new for folder in PurePosixPath(path).parents}
        for path in [*gone]:
            if path in folders or not new.isdisjoint(map(str, PurePosixPath(path).parents)):
                self._remove(path)
                gone.remove(path)

    def _remove(self, path: str) -> None:
        self._about_to_change()
        (self._job.target / path).unlink(missing_ok=True)
        for folder in PurePosixPath(path).parents:
            try:
                if folder != PurePosixPath():
                    (self._job.target / folder).rmdir()
            except OSError:  # not empty
                break
        self._done.removed.append(path)

    def _about_to_change(self) -> None:
        if not self._changing:
            self._changing = True
            put_in_place(f"{self._job.target}/{MARKER}", _CHANGING.encode())


def _documents(arguments: Iterable[object]) -> Iterator[Document[Record]]:
    for argument in arguments:
        if isinstance(argument, Document):
            yield argument
        elif isinstance(argument, tuple):
            yield from _documents(argument)


_NOT_YET = Written(b"", b"", (0, 0, 0, 0))


def _asked(output: Output) -> bytes:
    """What tells one call from another: the function and its arguments."""
    match output:
        case Page() | Pdf():
            call = (output.template, output.make.__module__, output.make.__qualname__)
            return digest_of((*call, output.arguments))
        case File() | Bundle():
            return digest_of((output.make.__module__, output.make.__qualname__, output.arguments))
        case OfflineList():
            return digest_of((output.title, output.files))
        case Copy():
            return digest(output.source.encode())
        case Asset():
            return digest(output.data)


def _safe(path: str) -> str:
    """Raises ValueError for a path that leaves the site or is the marker's."""
    if path.startswith("/") or ".." in PurePosixPath(path).parts or path == MARKER:
        raise ValueError(path)
    return path


def _standing(target: Path, outputs: dict[str, Written]) -> Iterator[tuple[str, Written]]:
    """Those files that are in their places as they were written."""
    for path, written in outputs.items():
        file = f"{target}/{path}"  # thousands of them: text is quicker than a Path
        try:
            stat = stat_of(os.stat(file))  # noqa: PTH116  # the same
            if stat == written.stat:
                yield path, written
            elif digest(Path(file).read_bytes()) == written.digest:
                yield path, written._replace(stat=stat)
        except OSError:
            continue


def marker_of(target: Path) -> str:
    """What the folder says of the state that it holds; empty if it says nothing to go by."""
    if Path(_beside(str(target / MARKER))).exists():  # a build was killed at its first change
        return ""
    try:
        return (target / MARKER).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _marker(outputs: dict[str, Written]) -> str:
    """A line that stands for all paths and their bytes."""
    pairs = (path.encode() + b"\0" + outputs[path].digest for path in sorted(outputs))
    return digest(b"".join(pairs)).hex() + "\n"


def _beside(file: str) -> str:
    """Where a file is written before it is renamed into its place; names may be long already."""
    return f"{file.rpartition('/')[0]}/.gongkai.new"


def put_in_place(file: str, data: bytes) -> Stat:
    """Write a file so that at any moment the old one or the new one is there; its stat."""
    beside = _beside(file)
    try:
        out = os.open(beside, _AFRESH, _FOR_ALL)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120  # text is quicker
        out = os.open(beside, _AFRESH, _FOR_ALL)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(out, rest) :]
    finally:
        os.close(out)
    os.replace(beside, file)  # noqa: PTH105  # the same
    return stat_of(os.stat(file))  # noqa: PTH116  # the same


_AFRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_FOR_ALL = 0o666


def _remove_links(folder: Path) -> None:
    """A link in the output folder leads to where no build may write; no build has made it."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            path.unlink()


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() or path.is_symlink():
            yield path.relative_to(folder).as_posix()
