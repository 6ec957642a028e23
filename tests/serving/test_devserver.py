import http.client
import json
import signal
import subprocess
import sys
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from plugins.serving import News, commands, open_server


class Browser:
    """An open page: reads the events that the server sends it."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", "/-/events")
        self.response = self.connection.getresponse()

    def event(self) -> dict[str, Any]:
        """The next event; waits for it."""
        for line in self.response:
            if line.startswith(b"data: "):
                state: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return state
        raise AssertionError("the server ended the events")

    def event_of(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first event from now on that is so."""
        while not condition(state := self.event()):
            pass
        return state


@contextmanager
def developing(content: Path, output: Path, build: commands.Build) -> Iterator[Browser]:
    """The development server over `content`, and a browser that looks at it."""
    news, stop = News(), threading.Event()
    with open_server("127.0.0.1", 0, output, news) as server:
        serving = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        building = threading.Thread(
            target=commands.build_on_change, args=([content], build, news, stop), daemon=True
        )
        serving.start()
        browser = Browser(server.server_port)
        building.start()
        yield browser
        stop.set()
        building.join()
        server.shutdown()
        browser.connection.close()


def test_a_change_is_built_and_open_pages_are_told(tmp_path: Path) -> None:
    content, output = tmp_path / "content", tmp_path / "output"
    content.mkdir()
    (content / "a.md").write_text("old")

    def build() -> tuple[bool, str]:
        output.mkdir(exist_ok=True)
        (output / "index.html").write_text((content / "a.md").read_text())
        return True, ""

    with developing(content, output, build) as browser:
        first = browser.event_of(lambda state: state["build"] > 0)
        (content / "a.md").write_text("new")
        browser.event_of(lambda state: state["build"] > first["build"])

        assert (output / "index.html").read_text() == "new"


def test_a_failed_build_is_shown_and_the_next_good_one_clears_it(tmp_path: Path) -> None:
    def build() -> tuple[bool, str]:
        text = (tmp_path / "a.md").read_text()
        return text == "good", "content/a.md:1: 写错了"

    (tmp_path / "a.md").write_text("bad")
    with developing(tmp_path, tmp_path, build) as browser:
        bad = browser.event_of(lambda state: state["problem"] != "")
        (tmp_path / "a.md").write_text("good")
        good = browser.event_of(lambda state: state["problem"] == "")

    assert bad == {"build": 0, "problem": "content/a.md:1: 写错了"}
    assert good["build"] == 1


def test_what_is_saved_during_a_build_is_built_too(tmp_path: Path) -> None:
    builds = []

    def build() -> tuple[bool, str]:
        builds.append((tmp_path / "a.md").read_text())
        if len(builds) == 1:
            (tmp_path / "a.md").write_text("saved meanwhile")
        return True, ""

    (tmp_path / "a.md").write_text("first")
    with developing(tmp_path, tmp_path, build) as browser:
        browser.event_of(lambda state: state["build"] == 2)

    assert builds == ["first", "saved meanwhile"]


def test_a_build_in_its_own_process_gives_its_outcome_and_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    script = "import sys; print('出错了', file=sys.stderr); raise SystemExit(1)"

    outcome = commands.run_build([sys.executable, "-c", script])

    assert outcome == (False, "出错了\n")
    assert capsys.readouterr().out == "出错了\n"


def test_the_build_is_the_target_html_with_the_same_options() -> None:
    args = Namespace(content=Path("c"), output=Path("o"), build_date="2021-03-05")

    words = commands.build_command(args)

    assert words[1:] == (
        ["-m", "plugins", "html", "--content", "c", "--output", "o", "--build-date", "2021-03-05"]
    )


def test_serving_before_the_first_build_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.serve(Namespace(output=tmp_path, bind="127.0.0.1", port=0)) == 1
    assert "python -m plugins html" in capsys.readouterr().err


def test_a_taken_port_is_told_with_a_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").touch()
    with open_server("127.0.0.1", 0, tmp_path) as taken:
        args = Namespace(output=tmp_path, bind="127.0.0.1", port=taken.server_port)

        assert commands.serve(args) == 1

    assert "--port 8001" in capsys.readouterr().err


# Tests may run where Ctrl-C is switched off, as in a job in the background: switch it on again.
WITH_CTRL_C = """
import signal, sys
from plugins.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_ends_the_server_cleanly(tmp_path: Path, root: Path) -> None:
    (tmp_path / "index.html").touch()
    words = [sys.executable, "-c", WITH_CTRL_C, "serve", "--port", "0", "--output", str(tmp_path)]
    with subprocess.Popen(
        words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout
        assert process.stderr
        assert "按 Ctrl-C 结束" in process.stdout.readline()

        process.send_signal(signal.SIGINT)

        assert process.wait() == 0
        assert process.stderr.read() == ""
