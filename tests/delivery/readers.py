"""Citizens who read while a release goes out: pages that arrive, and whether their style does."""

from __future__ import annotations

import http.client
import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from urllib.parse import quote, urlsplit

ASSET = re.compile(rb'href="/(search/[^"]+)"')


class Readers:
    """Some readers of a site; `seen` counts what they met with.

    `kept` is what a reader is shown who opens a page that a browser or an edge has kept.
    """

    def __init__(self, url: str, paths: list[str], count: int = 3) -> None:
        self._url = urlsplit(url)
        self._paths = paths
        self._done = threading.Event()
        self._reading = threading.Barrier(count + 1)
        self.seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(random.Random(n),)) for n in range(count)
        ]

    def during(self, act: Callable[[], object]) -> Counter[str]:
        """Read from before an act to a little after it."""
        for thread in self._threads:
            thread.start()
        self._reading.wait(30)  # every reader holds a page of before
        try:
            act()
        finally:
            self._done.set()
            for thread in self._threads:
                thread.join()
        return self.seen

    def _read(self, chance: random.Random) -> None:
        line = http.client.HTTPConnection(self._url.hostname or "", self._url.port, timeout=30)
        kept = self._page(line, self._paths[0])[1]
        self._reading.wait(30)
        rounds = 0
        while not self._done.is_set() or rounds == 0:
            rounds += 1
            self._once(line, chance.choice(self._paths), kept)
            self._done.wait(0.003)  # the processors are wanted elsewhere too
        # Once more after the act: what it left behind counts too.
        for path in self._paths:
            self._once(line, path, kept)
        line.close()

    def _once(self, line: http.client.HTTPConnection, path: str, kept: list[str]) -> None:
        status, assets = self._page(line, path)
        found = Counter({"pages": 1, "lost": status != 200})  # OK
        found["broken"] = any(self._get(line, name)[0] != 200 for name in assets)
        found["broken kept"] = any(self._get(line, name)[0] != 200 for name in kept)
        found["new"] = bool(assets) and assets != kept
        with self._lock:
            self.seen += found

    def _page(self, line: http.client.HTTPConnection, path: str) -> tuple[int, list[str]]:
        status, body = self._get(line, path)
        return status, [name.decode() for name in ASSET.findall(body)]

    def _get(self, line: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
        line.request("GET", f"{self._url.path}/{quote(path)}")
        answer = line.getresponse()
        return answer.status, answer.read()
