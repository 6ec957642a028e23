"""What open browsers are told about builds."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class State:
    """The number of the last good build, and what a later bad one found wrong."""

    build: int = 0
    problem: str = ""

    def as_json(self) -> str:
        """One line of JSON, as reload.js reads it."""
        return json.dumps(asdict(self), ensure_ascii=False)


class News:
    """The state of the builds; many threads may wait for the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state = State()

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    def built(self) -> None:
        """A build went well: browsers load the page again."""
        self._tell(State(build=self._state.build + 1))

    def failed(self, problem: str) -> None:
        """A build failed: browsers keep the page and show the problem."""
        self._tell(State(build=self._state.build, problem=problem))

    def after(self, known: State | None, timeout: float) -> State | None:
        """The state, as soon as it is another than `known`; None when `timeout` seconds pass."""
        with self._changed:
            if self._changed.wait_for(lambda: self._state != known, timeout):
                return self._state
            return None

    def _tell(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()
