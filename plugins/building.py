"""A whole build: read and check the content, and, if it is sound, publish it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment

from plugins.checking import Checked, asked_of, check_content
from plugins.features import FEATURES
from plugins.folders import Folders
from plugins.memory import State, code_digest, load, save
from plugins.presenting import site_view
from plugins.problems import in_order
from plugins.progress import Progress
from plugins.publishing import (
    Job,
    Press,
    Published,
    UnprintableError,
    closures,
    locked,
    marker_of,
    must_be_ours,
    publish,
    settle,
    standalone,
)
from plugins.publishing.printing import sweep
from plugins.publishing.theme import theme_files
from plugins.reading.store import Store, key_of
from plugins.settings import Settings

_CROWDED = 2
"""So many readings for each file there is are more than the reading cache should hold."""


@dataclass(frozen=True)
class Built:
    """What came of a build; `published` is None if problems stopped it."""

    checked: Checked
    published: Published | None


def compiled(folders: Folders) -> Path:
    """Where this code keeps compiled templates; what other code has kept is removed."""
    own = folders.templates / code_digest().hex()
    if not own.exists():
        shutil.rmtree(folders.templates, ignore_errors=True)
    return own


class Builder:
    """Builds one site, once or again and again; between builds it remembers what it knows."""

    def __init__(self, folders: Folders, environment: Environment | None = None) -> None:
        """`environment` is Pelican's, with its base path; without it, one of our own is made."""
        self.folders = folders
        self._given = environment
        self._own: tuple[Environment, str, Mapping[str, bytes]] | None = None
        self._store: Store | None = None
        self._last: State | None = None

    def close(self) -> None:
        """Let go of the reading cache."""
        if self._store:
            self._store.close()
            self._store = None

    def build(
        self,
        settings: Settings,
        progress: Progress,
        touched: Collection[str] | None = None,
        ready: Callable[[Built], None] = lambda built: None,  # noqa: ARG005  # tell nobody
    ) -> Built:
        """Check, and publish if all is sound.

        `touched`: since the last build of this builder nothing but these files of the content has
        changed, neither there nor in the output folder. `ready` is called as soon as the site
        stands, before what was learnt is saved.

        Raises FileNotFoundError without content, ForeignOutputError if the output folder is not
        ours to change, ChangedMeanwhileError if content was saved while it was being read.
        """
        must_be_ours(self.folders.output, self.folders.content)
        with locked(self.folders.output), self._readings().looked_into() as store:
            asked = asked_of(settings)
            with progress.stage("读取状态"):
                last = self._state(asked)
            if last is not self._last or not all(path in last.sources for path in touched or ()):
                touched = None
            looked = time.time_ns()
            with progress.stage("读取检查"):
                checked = check_content(
                    self.folders.content, settings, store, last, over=progress.over, touched=touched
                )
            if checked.errors:
                ready(Built(checked, None))
                return Built(checked, None)
            with progress.stage("生成"):
                job = self._job(checked, settings, last, progress)
                try:
                    published, state = publish(replace(job, sure=touched is not None), last)
                except UnprintableError as flawed:
                    problems = in_order([*checked.problems, *flawed.problems])
                    ready(Built(replace(checked, problems=tuple(problems)), None))
                    return Built(replace(checked, problems=tuple(problems)), None)
            ready(Built(checked, published))
            state = replace(
                state,
                now=settings.now,
                looked=looked,
                asked=asked,
                sources=dict(checked.tree.sources),
            )
            with progress.stage("保存状态"):
                self._keep(state, last, published)
            return Built(checked, published)

    def _readings(self) -> Store:
        self._store = self._store or Store(self.folders.readings)
        return self._store

    def _state(self, asked: bytes) -> State:
        """The last state; that in memory only while nobody else has built."""
        if self._last and marker_of(self.folders.output) == self._last.marker:
            return self._last.for_those_who(asked)
        return load(self.folders.state).for_those_who(asked)

    def _job(self, checked: Checked, settings: Settings, last: State, progress: Progress) -> Job:
        theme = self.folders.theme
        templates = closures(theme / "templates", last.templates)
        return Job(
            features=FEATURES,
            library=checked.public,
            settings=settings,
            sources=checked.tree.sources,
            derivations=checked.derivations,
            environment=self._given or self._environment(templates, settings),
            templates=templates,
            site=site_view(checked.public, settings),
            assets=tuple(theme_files(theme)),
            content=self.folders.content,
            target=self.folders.output,
            press=Press(theme / "print", self.folders.printed, settings.county.fonts),
            shelves=self.folders.shelves,
            over=progress.over,
        )

    def _environment(self, templates: Mapping[str, bytes], settings: Settings) -> Environment:
        """Our own environment; another one as soon as a template or the base path is another."""
        base_path = settings.base_path
        if self._own is None or self._own[1:] != (base_path, templates):
            folder = self.folders.theme / "templates"
            self._own = standalone(folder, base_path, compiled(self.folders)), base_path, templates
        return self._own[0]

    def _keep(self, state: State, last: State, published: Published) -> None:
        """Save the state, if it is another; now the output folder may say that it holds it."""
        self.folders.own.mkdir(parents=True, exist_ok=True)
        self.folders.changes.write_text(published.changes(), encoding="utf-8")
        is_new = not _is_same(state, last)
        if is_new:
            save(self.folders.state, state, last)
        self._last = state if is_new else last
        settle(self.folders.output, state)
        sweep(self.folders.printed, sum(path.endswith(".pdf") for path in state.outputs))
        if self._readings().holds_more_than(_CROWDED * len(state.sources)):
            self._readings().sweep({key_of(path, s.digest) for path, s in state.sources.items()})


def _is_same(state: State, last: State) -> bool:
    """Whether saving would change nothing that the next build needs."""
    return (
        state.asked == last.asked
        and state.site == last.site
        and state.templates == last.templates
        and _same_objects(state.sources, last.sources)
        and _same_objects(state.derivations, last.derivations)
        and state.outputs == last.outputs
    )


def _same_objects(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    return one.keys() == other.keys() and all(other[key] is value for key, value in one.items())
