import os
import sys
from pathlib import Path

import pytest

from plugins.bench import live
from plugins.bench.contents import Contents
from plugins.bench.measuring import RunError

SERVER = """
import http.server, pathlib, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = pathlib.Path(self.path.strip("/") + ".md").read_bytes()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass

http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def test_a_saved_text_is_waited_for_and_the_server_ended(
    county: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_QUIET_FOR", 0.0)

    found = live.save_to_browser(
        lambda port: [sys.executable, "-c", SERVER, str(port)],
        county.folder,
        county,
        [1, 2],
        tmp_path / "log.txt",
    )

    assert found.wall > 0
    marks = [i for i in county.ids if "测速标记" in county.file(i).read_text(encoding="utf-8")]
    assert len(marks) == 2


def test_a_server_that_ends_is_told(county: Contents, tmp_path: Path) -> None:
    with pytest.raises(RunError):
        live.save_to_browser(
            lambda _: [sys.executable, "-c", "raise SystemExit(3)"],
            county.folder,
            county,
            [1],
            tmp_path / "log.txt",
        )


def test_processor_time_of_a_process_is_known() -> None:
    if not Path("/proc/self/stat").is_file():
        pytest.skip("this system has no /proc")

    assert live.tree_cpu(os.getpid()) > 0
