"""政策咨询综合服务窗口: what the office says of it, and nothing where it says nothing."""

from __future__ import annotations

from pathlib import Path

from plugins.checking import check_content
from plugins.records.office import CHANNELS
from tests.building.richer import CONSULT
from tests.county import SOUND, build, settings, write_county


def test_the_page_shows_number_hall_online_channels_and_bodies(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", {**SOUND, "consult.yaml": CONSULT})
    build(content, tmp_path / "output")

    text = (tmp_path / "output" / "consult" / "index.html").read_text("utf-8")
    for words in (
        "一号答",
        "tel:12345",
        "全天",
        "一站式",
        "县城",
        "1号",
        "mailto:a@example.gov.cn",
    ):
        assert words in text
    assert "公告栏" in text
    assert "政务公开科 0357-2000001" in text
    assert 'href="../consult/"' in (tmp_path / "output/questions/index.html").read_text("utf-8")


def test_a_county_without_the_file_has_no_page(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    build(content, tmp_path / "output")

    assert not (tmp_path / "output" / "consult").exists()
    assert check_content(content, settings()).problems == ()


def test_a_channel_that_is_not_told_of_is_missed(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", {**SOUND, "consult.yaml": CONSULT})

    messages = [p.message for p in check_content(content, settings()).problems]

    assert sorted(messages) == sorted(
        f"channels 里没有“{kind}”" for kind in CHANNELS if kind != "公告栏"
    )


def test_a_link_to_a_page_that_is_not_there_is_told(tmp_path: Path) -> None:
    lost = CONSULT.replace("mailto:a@example.gov.cn", "pages/nothing/")
    content = write_county(tmp_path / "content", {**SOUND, "consult.yaml": lost})

    messages = [p.message for p in check_content(content, settings()).problems]

    assert "url 里的 pages/nothing/ 没有公开的网页" in messages
