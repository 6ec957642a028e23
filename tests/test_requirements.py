import re
from pathlib import Path

import pytest

SETS = ("site", "sign", "deploy", "test", "bench", "fonts")


def lines_of(root: Path, name: str) -> list[str]:
    return (root / "requirements" / name).read_text(encoding="utf-8").splitlines()


def pins(root: Path, name: str) -> dict[str, str]:
    """Each requirement of a lock file with all that is said about it, comments left out."""
    lines = [line for line in lines_of(root, f"{name}.txt") if not line.lstrip().startswith("#")]
    requirements = "\n".join(lines).replace("\\\n", " ").splitlines()
    return {line.split("==")[0]: line for line in requirements}


@pytest.mark.parametrize("name", SETS)
def test_every_requirement_is_pinned_and_has_hashes(root: Path, name: str) -> None:
    for requirement, line in pins(root, name).items():
        assert re.match(r"[a-z0-9.-]+==\S+ ", line), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), requirement


@pytest.mark.parametrize("name", SETS)
def test_a_lock_file_says_nothing_of_where_packages_come_from(root: Path, name: str) -> None:
    for line in lines_of(root, f"{name}.txt"):
        assert not re.match(r"\s*(-i|-f|--(?!hash=)\S+)", line), line
        assert "://" not in line, line
        assert "@" not in line, line


@pytest.mark.parametrize("name", ["sign", "deploy", "test", "bench"])
def test_a_larger_set_holds_the_site_set_at_the_same_versions(root: Path, name: str) -> None:
    assert pins(root, "site").items() <= pins(root, name).items()


@pytest.mark.parametrize("name", SETS)
def test_what_is_asked_for_is_locked(root: Path, name: str) -> None:
    asked = [line for line in lines_of(root, f"{name}.in") if re.match(r"[A-Za-z]", line)]

    assert {line.lower() for line in asked} <= set(pins(root, name))


@pytest.mark.parametrize("name", SETS)
def test_what_is_asked_for_stands_in_the_list_of_third_parties(root: Path, name: str) -> None:
    listed = (root / "THIRD_PARTY.md").read_text(encoding="utf-8").lower()

    for line in lines_of(root, f"{name}.in"):
        if re.match(r"[A-Za-z]", line):
            assert re.search(rf"[ ,]{line.lower()}[ ,]", listed), line


def test_the_packages_that_only_windows_needs_are_locked_too(root: Path) -> None:
    assert "colorama==" in pins(root, "test")["colorama"]
    assert "sys_platform == 'win32'" in pins(root, "test")["colorama"]


def test_the_lock_of_the_audit_names_no_address(root: Path) -> None:
    lock = (root / "tests/audit/package-lock.json").read_text("utf-8")

    assert "://" not in lock, "npm notes whom to fund: take the `funding` entries out of the lock"
