"""A whole build: read and check the content, and, if it is sound, publish it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment

from plugins.checking import Checked, asked_of, check_content
from plugins.features import FEATURES
from plugins.memory import State, load, save
from plugins.presenting import site_view
from plugins.progress import Progress
from plugins.publishing import (
    Job,
    Published,
    closures,
    locked,
    must_be_ours,
    publish,
    settle,
    standalone,
)
from plugins.publishing.theme import theme_files
from plugins.reading.entries import digest
from plugins.reading.store import Store, key_of
from plugins.settings import Settings

CACHE = Path(".cache")
"""Where builds keep what they need again; deleting it is always safe."""


@dataclass(frozen=True)
class Folders:
    """Where a build finds everything, and where it puts the site."""

    content: Path
    output: Path
    theme: Path
    cache: Path = CACHE

    @property
    def readings(self) -> Path:
        """The reading cache, one for all output folders."""
        return self.cache / "readings.sqlite"

    @property
    def own(self) -> Path:
        """What is kept for this output folder alone."""
        name = f"{self.output.name}-{digest(str(self.output.resolve()).encode()).hex()[:8]}"
        return self.cache / "builds" / name

    @property
    def state(self) -> Path:
        """The state of the output folder."""
        return self.own / "state"

    @property
    def changes(self) -> Path:
        """Which files the last build wrote and removed, as JSON."""
        return self.own / "changes.json"

    @property
    def templates(self) -> Path:
        """Compiled templates."""
        return self.cache / "templates"


@dataclass(frozen=True)
class Built:
    """What came of a build; `published` is None if problems stopped it."""

    checked: Checked
    published: Published | None


class Builder:
    """Builds one site, once or again and again; between builds it remembers what it knows."""

    def __init__(self, folders: Folders, environment: Environment | None = None) -> None:
        """`environment` is Pelican's, with its base path; without it, one of our own is made."""
        self.folders = folders
        self._environment = environment
        self._store: Store | None = None
        self._last: State | None = None

    def close(self) -> None:
        """Let go of the reading cache."""
        if self._store:
            self._store.close()
            self._store = None

    def check(self, settings: Settings, progress: Progress) -> Checked:
        """Read and check, without writing anything but the reading cache."""
        last = self._state(asked_of(settings))
        with self._readings().looked_into() as store:
            return check_content(self.folders.content, settings, store, last, progress.over)

    def build(self, settings: Settings, progress: Progress) -> Built:
        """Check, and publish if all is sound.

        Raises FileNotFoundError without content, ForeignOutputError if the output folder is not
        ours to change, ChangedMeanwhileError if content was saved while it was being read.
        """
        must_be_ours(self.folders.output, self.folders.content)
        with locked(self.folders.output), self._readings().looked_into() as store:
            asked = asked_of(settings)
            with progress.stage("读取状态"):
                last = self._state(asked)
            looked = time.time_ns()
            with progress.stage("读取检查"):
                checked = check_content(self.folders.content, settings, store, last, progress.over)
            if checked.errors:
                return Built(checked, None)
            with progress.stage("生成"):
                published, state = publish(self._job(checked, settings, last, progress), last)
            state = replace(
                state, now=settings.now, looked=looked, asked=asked, sources=checked.tree.sources
            )
            with progress.stage("保存状态"):
                self._keep(state, last, published)
            return Built(checked, published)

    def _readings(self) -> Store:
        self._store = self._store or Store(self.folders.readings)
        return self._store

    def _state(self, asked: bytes) -> State:
        """The last state; of one that was made with other settings or code, only the outputs."""
        last = self._last or load(self.folders.state)
        if last.asked == asked:
            return last
        return State(outputs=last.outputs, marker=last.marker)

    def _job(self, checked: Checked, settings: Settings, last: State, progress: Progress) -> Job:
        theme = self.folders.theme
        self._environment = self._environment or standalone(
            theme / "templates", settings.base_path, self.folders.templates
        )
        return Job(
            features=FEATURES,
            library=checked.public,
            settings=settings,
            sources=checked.tree.sources,
            derivations=checked.derivations,
            environment=self._environment,
            templates=closures(theme / "templates", last.templates),
            site=site_view(checked.public, settings),
            assets=tuple(theme_files(theme)),
            content=self.folders.content,
            target=self.folders.output,
            over=progress.over,
        )

    def _keep(self, state: State, last: State, published: Published) -> None:
        """Save the state, if it is another; then the output folder may say that it holds it."""
        self._last = state
        self.folders.own.mkdir(parents=True, exist_ok=True)
        self.folders.changes.write_text(published.changes(), encoding="utf-8")
        if _is_same(state, last):
            return
        save(self.folders.state, state)
        settle(self.folders.output, state)
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
