"""A small gazette of one issue with two articles, published by the real publisher and served."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from plugins.library import Library
from plugins.memory import Derivations, State
from plugins.offline import offline_edition, offline_issue
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import site_view
from plugins.problems import Problem
from plugins.publishing import Job, Press, publish, settle, standalone
from plugins.publishing.theme import theme_files
from plugins.reading.entries import digest
from plugins.records import Vocabularies
from plugins.settings import Settings
from plugins.tracing import note
from plugins.views import Head
from plugins.workdays import Calendar
from tests.county import ROOT, THEME, settings

ISSUE = "gazette/2021-01/"
TITLE = "2021年第1期（总第1期）"
NAME = "尧都区人民政府公报"
FIRST, SECOND = "第一条　节约用水。", "第二条　植树造林。"
_ISSUE = """\
{% extends "base.html" %}
{% from "components/keep/macro.html" import keep %}
{% block scripts %}{% include "offline/head.html" %}{% endblock %}
{% block content %}
<h1>{{ page.title }}</h1>
{{ keep(page.url) }}
<ol class="plain-links">
{% for link in links %}
<li><a href="{{ url(link) }}">文件{{ loop.index }}</a></li>
{% endfor %}
</ol>
{% endblock %}
"""
_ARTICLE = """\
{% extends "base.html" %}
{% block content %}
<h1>{{ page.title }}</h1>
<p class="text">{{ text }}</p>
<p><img src="picture.svg" alt="图" width="10" height="10"></p>
<p><a href="{{ url(other) }}">{{ label }}</a></p>
{% endblock %}
"""
_SERVING = """
import sys, time
from pathlib import Path
from plugins.serving import server

folder, broken, slow = map(Path, sys.argv[1:])
sound = server.answer

def answer(folder, address):
    if broken.exists() and address.endswith(broken.read_text()):
        time.sleep(60 if slow.exists() else 0)
        return server.Answer(503, server.HTML)
    return sound(folder, address)

server.answer = answer
listening = server.open_server("127.0.0.1", 0, folder)
print(listening.server_port, flush=True)
listening.serve_forever()
"""
TEMPLATES = {"issue.html": _ISSUE, "article.html": _ARTICLE}
NOTHING = Library((), Vocabularies({}), Calendar({}, {}), {})
_WORDS = "words of the gazette"
"""The fact that its texts were read."""
SITE = site_view(NOTHING, settings())


class Gazette:
    """The feature: what the office published last."""

    __name__ = "gazette"

    def __init__(self, second: str = SECOND, *more: Output) -> None:
        self.texts = (FIRST, second)
        self.more = more

    def build(self, *_: object) -> Iterator[Output]:
        """All pages of the gazette, as files that may be kept."""
        note(_WORDS)
        pages = [f"{ISSUE}index.html"]
        yield Page("gazette/index.html", "issue.html", _contents, ("gazette/", (ISSUE,)))
        yield Page(pages[0], "issue.html", _contents, (ISSUE, (f"{ISSUE}01/", f"{ISSUE}02/")))
        for number, text in enumerate(self.texts, 1):
            other = f"{ISSUE}{3 - number:02}/"
            page, picture = f"{ISSUE}{number:02}/index.html", f"{ISSUE}{number:02}/picture.svg"
            yield Page(page, "article.html", _article, (number, text, other))
            yield File(picture, _picture)
            pages += [page, picture]
        yield offline_issue(ISSUE, TITLE, tuple(pages))
        yield from offline_edition(NAME)
        yield from self.more

    def check(self, *_: object) -> tuple[Problem, ...]:
        """Nothing is wrong."""
        return ()


def _contents(_library: Library, _settings: Settings, url: str, links: tuple[str, ...]) -> Shown:
    return _head(TITLE, url), {"links": links}


def _article(_library: Library, _settings: Settings, number: int, text: str, other: str) -> Shown:
    label = "上一篇" if number > 1 else "下一篇"
    inputs = {"text": text, "other": other, "label": label}
    return _head(f"文件{number}", f"{ISSUE}{number:02}/"), inputs


def _picture(_library: Library, _settings: Settings) -> bytes:
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'
    )


def _head(title: str, url: str) -> Head:
    return Head(title, url, title, "", (), ())


class Office:
    """Publishes one version of the gazette after the other into one folder."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.state = State()
        self.gazette = Gazette()

    def release(
        self, gazette: Gazette | None = None, templates: Mapping[str, str] = TEMPLATES
    ) -> list[str]:
        """Publish the gazette, or another one from now on; the paths written or removed."""
        changed = {_WORDS} if gazette else set[str]()
        self.gazette = gazette or self.gazette
        made = settings()
        environment = standalone(THEME / "templates")
        environment.loader = ChoiceLoader(
            [DictLoader(dict(templates)), FileSystemLoader(THEME / "templates")]
        )
        work = self.target.parent / "work"
        job = Job(
            features=(self.gazette,),
            library=NOTHING,
            settings=made,
            sources={},
            derivations=Derivations(self.state.derivations, changed, made.now),
            environment=environment,
            templates={name: digest(text.encode()) for name, text in templates.items()}
            | {"offline/offline.html": b"as it is"},
            site=SITE,
            assets=tuple(theme_files(THEME)),
            content=work / "content",
            target=self.target,
            press=Press(THEME / "print", work / "printed"),
            shelves=work / "shelves",
        )
        published, self.state = publish(job, self.state)
        settle(self.target, self.state)
        return sorted(published.written + published.removed)


class Server:
    """A server of its own process, as `make serve` is one: when it has gone, nothing answers."""

    def __init__(self, folder: Path) -> None:
        self._broken, self._slow = folder.parent / "broken", folder.parent / "slow"
        words = [sys.executable, "-c", _SERVING, str(folder), str(self._broken), str(self._slow)]
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def break_off(self, url: str) -> None:
        """Answer what ends so with an error, as a server does that is being restarted."""
        self._broken.write_text(url, "utf-8")

    def hang(self, url: str) -> None:
        """Let whoever asks for what ends so wait."""
        self._slow.touch()
        self.break_off(url)

    def recover(self) -> None:
        """Answer everything again."""
        self._broken.unlink()

    def stop(self) -> None:
        """Be gone, if it is not yet."""
        with self._process:
            self._process.kill()
