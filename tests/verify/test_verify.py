"""核对文件: every file that can be downloaded is known by its digest, and nothing else is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from plugins.auditing import served
from tests.county import SOUND, build, settings, write_county
from tests.gazette.test_frozen import LATER, freeze_first
from tests.gazette.test_gazette import FILES, PDF

WITH_FILE = SOUND["policies/2021/2021-005.md"].replace(
    "disclosure:", "attachments: [table.csv]\ndisclosure:", 1
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    content = write_county(folder / "content", FILES | {"policies/2021/2021-005.md": WITH_FILE})
    (content / "policies/2021/table.csv").write_text("甲,乙\n1,2\n", "utf-8")
    freeze_first(content, folder / "output")
    return folder


def _known(site: Path) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = json.loads(
        (site / "output/verify/digests.json").read_text("utf-8")
    )
    return known


def test_the_pdf_of_an_issue_and_an_attachment_are_known_by_their_bytes(site: Path) -> None:
    known = _known(site)

    for path, title in (
        (PDF, "某县人民政府公报2021年第1期（总第1期）"),
        ("output/policies/2021/2021-005/table.csv", "table.csv"),
    ):
        found = known[hashlib.sha256((site / path).read_bytes()).hexdigest()]
        assert found["title"].endswith(title)
    assert len(known) == 2


def test_a_file_of_what_is_not_public_is_not_known(tmp_path: Path) -> None:
    hidden = WITH_FILE.replace("disclosure:", "draft: true\ndisclosure:", 1)
    content = write_county(tmp_path / "content", SOUND | {"policies/2021/2021-020.md": hidden})
    (content / "policies/2021/table.csv").write_text("甲,乙\n1,2\n", "utf-8")

    build(content, tmp_path / "output", settings(LATER))

    assert _known(tmp_path) == {}


def test_the_page_lists_digests_for_those_without_scripts(site: Path) -> None:
    page = (site / "output/verify/index.html").read_text("utf-8")

    assert hashlib.sha256((site / PDF).read_bytes()).hexdigest() in page
    assert "certutil -hashfile" in page


def test_a_file_is_known_or_unknown_in_the_browser(site: Path, chromium: Browser) -> None:
    changed = site / "changed.pdf"
    changed.write_bytes((site / PDF).read_bytes() + b"%")
    page = chromium.new_page()

    with served(site / "output") as address:
        page.goto(f"{address}verify/")
        said = page.locator(".verify__said")
        page.set_input_files("input[type=file]", site / PDF)
        expect(said).to_contain_text("是本站公布的原件：某县人民政府公报2021年第1期（总第1期）")
        page.set_input_files("input[type=file]", changed)
        expect(said).to_contain_text("与本站公布的文件都不一致")
    page.close()
