import http.client
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from watchfiles import Change

from plugins.folders import Folders
from plugins.serving import News, commands, open_server
from plugins.serving import developing as developing_room
from plugins.serving.developing import Changes, Developer, build_on_change
from tests.county import POLICY, THEME, write_county


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


def county_folders(folder: Path) -> Folders:
    """A tiny county whose theme may be edited."""
    content = write_county(folder / "content")
    shutil.copytree(THEME, folder / "theme")
    return Folders(content, folder / "output", folder / "theme", folder / "cache")


@contextmanager
def developing(folders: Folders, developer: Developer, news: News) -> Iterator[Browser]:
    """The development server over a county, and a browser that looks at it."""
    stop = threading.Event()
    watched = [folders.content, folders.theme]
    with open_server("127.0.0.1", 0, folders.output, news) as server:
        serving = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
        building = threading.Thread(
            target=build_on_change, args=(watched, developer, stop), daemon=True
        )
        serving.start()
        browser = Browser(server.server_port)
        building.start()
        yield browser
        stop.set()
        building.join()
        server.shutdown()
        browser.connection.close()


def test_a_saved_document_is_built_and_open_pages_are_told(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    folders, news = county_folders(tmp_path), News()
    page = folders.output / "policies/2021/2021-005/index.html"

    with developing(folders, Developer(folders, news, "2021-12-31"), news) as browser:
        first = browser.event_of(lambda state: state["build"] > 0)
        saved = POLICY.replace("居民", "单位")
        (folders.content / "policies/2021/2021-005.md").write_text(saved, "utf-8")
        browser.event_of(lambda state: state["build"] > first["build"])

        assert "单位用水要节约" in page.read_text("utf-8")


def test_what_is_wrong_is_shown_and_the_next_good_build_clears_it(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    folders, news = county_folders(tmp_path), News()
    policy = folders.content / "policies/2021/2021-005.md"

    with developing(folders, Developer(folders, news, "2021-12-31"), news) as browser:
        browser.event_of(lambda state: state["build"] > 0)
        policy.write_text(POLICY.replace("〔2021〕", "[2021]"), "utf-8")
        bad = browser.event_of(lambda state: state["problem"] != "")
        policy.write_text(POLICY, "utf-8")
        good = browser.event_of(lambda state: state["problem"] == "")

    assert "content/policies/2021/2021-005.md:9:9: 错误：发文字号（number）" in bad["problem"]
    assert good["build"] > bad["build"]


def test_a_fault_in_a_template_is_told_and_the_server_goes_on(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    folders, news = county_folders(tmp_path), News()
    template = folders.theme / "templates/home/home.html"
    sound = template.read_text("utf-8")

    with developing(folders, Developer(folders, news, "2021-12-31"), news) as browser:
        browser.event_of(lambda state: state["build"] > 0)
        template.write_text(sound.replace("latest", "lateste"), "utf-8")
        bad = browser.event_of(lambda state: state["problem"] != "")
        template.write_text(sound.replace("<main", "<main").replace("最新", "新近"), "utf-8")
        browser.event_of(lambda state: state["problem"] == "")

    assert "lateste" in bad["problem"]
    assert "新近" in (folders.output / "index.html").read_text("utf-8")


class Notes(Developer):
    """Builds nothing, and notes what it is asked."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.builds: list[str] = []

    def build(self, changes: Changes = ()) -> None:  # noqa: ARG002  # as the class above
        self.builds.append(self.file.read_text("utf-8"))
        if len(self.builds) == 1:
            self.file.write_text("saved meanwhile", "utf-8")


def test_what_is_saved_during_a_build_is_built_too(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("first", "utf-8")
    developer, stop = Notes(file), threading.Event()
    building = threading.Thread(target=build_on_change, args=([tmp_path], developer, stop))
    building.start()
    while len(developer.builds) < 2 and building.is_alive():
        time.sleep(0.01)
    stop.set()
    building.join()

    assert developer.builds == ["first", "saved meanwhile"]


def test_new_code_ends_the_loop_so_that_the_program_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(developing_room, "CODE", tmp_path)
    (tmp_path / "a.md").write_text("first", "utf-8")
    ended: list[bool] = []
    developer = Notes(tmp_path / "a.md")
    watching = threading.Thread(
        target=lambda: ended.append(build_on_change([tmp_path], developer)), daemon=True
    )
    watching.start()
    while len(developer.builds) < 2:
        time.sleep(0.01)

    (tmp_path / "room.py").write_text("new code", "utf-8")
    watching.join()

    assert ended == [True]


@pytest.mark.parametrize(
    ("change", "name", "touched"),
    [
        (Change.modified, "content/a.md", {"a.md"}),
        (Change.added, "content/b.md", None),
        (Change.deleted, "content/a.md", None),
        (Change.modified, "theme/page.html", None),
        (Change.modified, "content", None),
    ],
)
def test_only_saved_files_of_the_content_spare_a_look_at_all_others(
    change: Change, name: str, touched: set[str] | None, tmp_path: Path
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").touch()
    folders = Folders(tmp_path / "content", tmp_path / "output", THEME)
    developer = Developer(folders, News())
    developer._waiting = set()

    assert developer._touched([(change, str(tmp_path / name))]) == touched


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
