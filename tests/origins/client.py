"""curl as a citizen: one answer with its headers, or all files of the site."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.origins.ground import Ground
from tests.origins.papers import Papers
from tests.origins.servers import BASE, HOST


@dataclass(frozen=True)
class Reply:
    """What came back; the names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, "")


@dataclass(frozen=True)
class Citizen:
    """Asks over IPv6 alone, or over IPv4 alone."""

    ground: Ground
    papers: Papers
    family: int = 6

    @property
    def home(self) -> str:
        """The address of the home page."""
        port = "" if self.ground.https == 443 else f":{self.ground.https}"
        return f"https://{HOST}{port}{BASE}/"

    @property
    def address(self) -> str:
        """Where the site's name leads this citizen."""
        return self.ground.address6 if self.family == 6 else self.ground.address4

    def ask(self, path: str, *words: str, scheme: str = "https", host: str = HOST) -> Reply:
        """One request, to a path of the server."""
        port = self.ground.https if scheme == "https" else self.ground.http
        url = f"{scheme}://{host}:{port}{path}"
        known = [] if host == HOST else ["--resolve", f"{host}:{port}:{self._bracketed}"]
        done = self._curl("--include", "--path-as-is", *known, *words, url)
        assert done.returncode == 0, done.stderr
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        pairs = [line.split(": ", 1) for line in lines if ": " in line]
        headers: dict[str, str] = {}
        for name, value in pairs:
            low = name.lower()
            headers[low] = f"{headers[low]}, {value}" if low in headers else value
        return Reply(int(status.split()[1]), headers, body)

    def differing(self, sums: Mapping[str, str], folder: Path) -> list[str]:
        """Fetch every file and compare it with its sum; what cannot be had or is another."""
        lines = [f'url = "{self.home}{quote(path)}"\noutput = "{folder}/{path}"\n' for path in sums]
        script = "".join(lines).encode()
        words = ["--fail", "--create-dirs", "--parallel", "--parallel-max", "16", "--config", "-"]
        done = self._curl(*words, "--max-time", "20", script=script)
        said = [f"IPv{self.family}: {done.stderr.decode()[:200]}"] if done.returncode else []
        return said + [
            f"IPv{self.family}: {path} 与校验值不符"
            for path, digest in sums.items()
            if (folder / path).is_file()
            and hashlib.sha256((folder / path).read_bytes()).hexdigest() != digest
        ]

    @property
    def _bracketed(self) -> str:
        return f"[{self.address}]" if self.family == 6 else self.address

    def _curl(self, *words: str, script: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        before = self.ground.citizen6 if self.family == 6 else self.ground.citizen4
        known = []
        for port in (self.ground.https, self.ground.http):
            known += ["--resolve", f"{HOST}:{port}:{self._bracketed}"]
        return subprocess.run(
            [
                *before,
                "curl",
                f"-{self.family}",
                "--globoff",
                "--silent",
                "--show-error",
                "--connect-timeout",
                "5",
                "--cacert",
                str(self.papers.root),
                *known,
                *words,
            ],
            input=script,
            check=False,
            capture_output=True,
        )
