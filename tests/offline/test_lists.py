"""A list for reading offline follows from what was published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from plugins.offline import MANIFEST, Stored, offline_issue, offline_list
from tests.offline.gazette import ISSUE, NAME, TEMPLATES, TITLE, Gazette, Office

LIST = f"{ISSUE}offline.json"


def listed(office: Office) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((office.target / LIST).read_text("utf-8"))
    return made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path / "output")
    office.release()
    return office


def test_addresses_are_relative_and_pages_are_named_as_links_name_them() -> None:
    files = {
        "gazette/2021-01/index.html": Stored(b"\x01", 10),
        "gazette/2021-01/02/index.html": Stored(b"\x02", 20),
        "gazette/2021-01/02/图.png": Stored(b"\x03", 30),
        "theme/gongkai.css": Stored(b"\x04", 40),
    }

    made = json.loads(offline_list(LIST, TITLE, files))

    assert made["files"] == {
        "./": "01",
        "./02/": "02",
        "02/图.png": "03",
        "../../theme/gongkai.css": "04",
    }
    assert (made["title"], made["size"]) == (TITLE, 100)


def test_a_version_stands_for_title_files_and_digests() -> None:
    def version(title: str, **digests: bytes) -> str:
        files = {name: Stored(digest, 1) for name, digest in digests.items()}
        return str(json.loads(offline_list(LIST, title, files))["version"])

    versions = [
        version("甲", a=b"1", b=b"2"),
        version("乙", a=b"1", b=b"2"),
        version("甲", a=b"2", b=b"1"),
        version("甲", a=b"1"),
        version("甲", a=b"1", c=b"2"),
    ]

    assert len(set(versions)) == len(versions)
    assert version("甲", a=b"1", b=b"2") == versions[0]


def test_a_list_tells_digest_and_size_of_the_files_as_they_lie_there(office: Office) -> None:
    made = listed(office)

    there = {
        address: office.target / ISSUE / address / ("index.html" if address.endswith("/") else "")
        for address in made["files"]
    }
    assert made["size"] == sum(file.stat().st_size for file in there.values())
    for address, file in there.items():
        assert (
            made["files"][address]
            == office.state.outputs[
                file.resolve().relative_to(office.target.resolve()).as_posix()
            ].digest.hex()
        )


def test_a_text_that_changed_changes_its_own_digest_and_the_version(office: Office) -> None:
    before = listed(office)

    written = office.release(Gazette("第二条　植树，也种草。"))

    after = listed(office)
    changed = {path for path in after["files"] if after["files"][path] != before["files"][path]}
    assert written == [f"{ISSUE}02/index.html", LIST]
    assert changed == {"./02/"}
    assert before["version"] != after["version"]


def test_a_template_that_changed_changes_lists_that_nobody_asked_for_anew(office: Office) -> None:
    before = listed(office)
    article = TEMPLATES["article.html"].replace('class="text"', 'class="text lead"')

    office.release(templates=TEMPLATES | {"article.html": article})

    after = listed(office)
    assert {path for path in after["files"] if after["files"][path] != before["files"][path]} == {
        "./01/",
        "./02/",
    }


def test_where_nothing_changed_no_list_is_written(office: Office) -> None:
    assert office.release() == []


def test_a_damaged_list_is_made_again(office: Office) -> None:
    sound = (office.target / LIST).read_bytes()
    (office.target / LIST).write_bytes(b"{}")

    office.release()

    assert (office.target / LIST).read_bytes() == sound


def test_a_list_is_the_same_whether_the_site_was_built_at_once_or_step_by_step(
    office: Office, tmp_path: Path
) -> None:
    office.release(Gazette("第二条　改一次。"))
    office.release(Gazette("第二条　改两次。"))
    other = Office(tmp_path / "other")
    other.release(Gazette("第二条　改两次。"))

    assert (office.target / LIST).read_bytes() == (other.target / LIST).read_bytes()


def test_a_list_of_what_nobody_publishes_is_refused(tmp_path: Path) -> None:
    stray = offline_issue("gazette/2021-02/", "第2期", ("gazette/2021-02/index.html",))

    with pytest.raises(ValueError, match="2021-02"):
        Office(tmp_path / "output").release(Gazette("第二条　甲。", stray))


def test_the_manifest_names_the_gazette_and_files_that_are_there(office: Office) -> None:
    file = office.target / MANIFEST
    manifest = json.loads(file.read_text("utf-8"))

    assert manifest["name"] == NAME
    assert all((file.parent / icon["src"]).is_file() for icon in manifest["icons"])
    assert (file.parent / manifest["start_url"] / "index.html").is_file()
