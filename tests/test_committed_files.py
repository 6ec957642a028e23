"""What lies in the repository must work, and make sense, on any machine."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import LONG

# Put together here, so that this very file holds none of them.
REGISTRY_HOSTS = [
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "deb.debian" + ".org",
    "security.debian" + ".org",
]
MACHINE_PATH = re.compile(r"(?<![\w.}])/(?:work|root|opt/wheels|opt/pypi)/|[A-Z]:[\\/]Users[\\/]")


@pytest.fixture(scope="session")
def committed(root: Path) -> dict[str, str]:
    """Every committed file that is text."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True)
    names = listed.stdout.decode().split("\0")[:-1]
    texts = {}
    for name in names:
        file = root / name
        content = file.read_bytes() if file.is_file() else b"\0"
        if b"\0" not in content:
            texts[name] = content.decode("utf-8")
    return texts


@pytest.mark.parametrize("host", REGISTRY_HOSTS)
def test_no_committed_file_names_a_package_registry(committed: dict[str, str], host: str) -> None:
    assert [name for name, text in committed.items() if host in text] == []


def test_no_committed_file_names_a_folder_of_one_machine(committed: dict[str, str]) -> None:
    assert [name for name, text in committed.items() if MACHINE_PATH.search(text)] == []


def test_no_committed_text_has_windows_line_ends(committed: dict[str, str]) -> None:
    allowed = ("tests/",)  # where they are what is tested

    carriers = [name for name, text in committed.items() if "\r\n" in text]

    assert [name for name in carriers if not name.startswith(allowed)] == []


def test_files_of_tests_that_begin_first_are_there(root: Path) -> None:
    assert [name for name in LONG if not (root / name).is_file()] == []
