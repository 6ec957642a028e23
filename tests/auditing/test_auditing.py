from argparse import Namespace
from pathlib import Path
from urllib.request import urlopen

import pytest

from plugins import auditing
from plugins.auditing import LEAST

GOOD = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    names = ["index.html", "policies/index.html", "policies/2020/05/index.html"]
    names += [f"policies/2021/2021-00{number}/index.html" for number in (2, 1)]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<title>{name}</title>", "utf-8")
    return tmp_path


def test_home_the_first_document_and_its_list_are_the_sample(site: Path) -> None:
    assert auditing.sample(site) == [
        "index.html",
        "policies/2021/2021-001/index.html",
        "policies/index.html",
    ]


def test_a_page_is_asked_for_as_readers_do() -> None:
    site = "http://localhost/"

    assert auditing.address_of(site, "index.html") == "http://localhost/"
    assert auditing.address_of(site, "a/b/index.html") == "http://localhost/a/b/"
    assert auditing.address_of(site, "下载.html") == "http://localhost/%E4%B8%8B%E8%BD%BD.html"


def test_of_three_runs_the_middle_score_counts() -> None:
    runs = [GOOD | {"performance": score} for score in (60, 99, 96)]

    assert auditing.median(runs)["performance"] == 96


def test_a_score_under_its_bound_is_marked_in_the_table() -> None:
    low = GOOD | {"performance": 94, "seo": 99}

    assert auditing.below(low) == ["performance", "seo"]
    assert auditing.below(GOOD) == []
    assert "94!" in auditing.table({"index.html": low})
    assert "!" not in auditing.table({"index.html": GOOD})


def test_scores_are_read_from_a_report_and_an_unjudged_one_is_zero() -> None:
    report = {"categories": {name: {"score": 0.97} for name in LEAST}}
    report["categories"]["seo"] = {"score": None}  # type: ignore[dict-item]

    assert auditing.scores_in(report) == dict.fromkeys(LEAST, 97) | {"seo": 0}


def test_the_site_is_served_for_as_long_as_the_block_runs(site: Path) -> None:
    with auditing.served(site) as address, urlopen(address) as response:  # noqa: S310 - our own
        assert response.read() == b"<title>index.html</title>"


def test_without_a_site_the_audit_says_how_to_make_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert auditing.command(Namespace(output=tmp_path, pages=[])) == 1
    assert "python -m plugins publish" in capsys.readouterr().err


def test_one_bad_page_fails_the_audit(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scores = iter([GOOD] * 3 + [GOOD | {"accessibility": 99}] * 3)
    monkeypatch.setattr(auditing, "lighthouse", lambda _address: next(scores))

    assert not auditing.check_pages(site, ["index.html", "policies/index.html"])
    assert "99!" in capsys.readouterr().out


def test_tools_once_installed_are_not_installed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package-lock.json").write_text("{}", "utf-8")
    (tmp_path / "node_modules").mkdir()
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho ran >> runs\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    auditing.install_tools(tmp_path)
    auditing.install_tools(tmp_path)

    assert (tmp_path / "runs").read_text("utf-8") == "ran\n"
