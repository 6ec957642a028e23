from datetime import datetime
from pathlib import Path

import pytest

from plugins.bench.contents import LAST_DAY, Contents, write_real, write_short
from plugins.bench.passages import ENOUGH, Passage, passages_of
from plugins.bench.pelican.writing import write_for_pelican
from plugins.checking import check_content, settings_from
from plugins.problems import Problem
from plugins.records import Policy
from plugins.settings import END_OF_DAY
from plugins.trial.converting import Converted, blocks


def problems(contents: Contents, root: Path) -> tuple[Problem, ...]:
    settings = settings_from(root / "pelicanconf.py", contents.build_date.isoformat())
    assert settings.now == datetime.combine(contents.build_date, END_OF_DAY)
    return check_content(contents.folder, settings).problems


def test_a_text_is_split_into_passages_without_loss(
    texts: list[Converted], passages: list[Passage]
) -> None:
    given = [block.lstrip("# ") for block in blocks(texts[0].source)]

    assert [block.lstrip("# ") for p in passages for block in p.blocks] == given
    assert len(passages) > 2
    assert all(len("".join(p.blocks).encode()) >= ENOUGH * 0.6 for p in passages[:-1])


def test_passages_say_which_articles_they_hold(passages: list[Passage]) -> None:
    assert [p.text for p in passages] == ["河道巡查条例"] * len(passages)
    assert passages[0].part.startswith("第一条至第")
    assert passages[-1].part.endswith("第十一条")


def test_headings_of_a_passage_begin_at_the_first_level(passages: list[Passage]) -> None:
    headings = [block for block in passages[-1].blocks if block.startswith("#")]

    assert headings == ["## 第一节 附则"]


@pytest.mark.parametrize("slip", ["联系人身份证号 11010519491231002X", "依照国发［1995］32号办理"])
def test_a_passage_that_a_check_would_print_is_left_out(slip: str, tmp_path: Path) -> None:
    from plugins.trial.converting import convert  # noqa: PLC0415
    from plugins.trial.sources import read_source  # noqa: PLC0415

    (tmp_path / "a.md").write_text(f"# 示例\n\n<!-- INFO END -->\n\n{slip}。\n", encoding="utf-8")

    assert passages_of(convert([read_source(tmp_path, "a.md")])) == []


def test_a_county_of_short_documents_has_no_problem_at_all(county: Contents, root: Path) -> None:
    assert problems(county, root) == ()


def test_real_texts_have_no_problem_either(
    texts: list[Converted], root: Path, tmp_path: Path
) -> None:
    contents = write_real(root / "content", texts, tmp_path / "real")

    assert problems(contents, root) == ()
    assert contents.ids == (texts[0].id,)


def test_the_same_county_is_written_each_time(
    county: Contents, passages: list[Passage], root: Path, tmp_path: Path
) -> None:
    again = write_short(root / "content", passages, 30, tmp_path / "again")

    assert again.ids == county.ids
    for document_id in county.ids:
        assert again.file(document_id).read_bytes() == county.file(document_id).read_bytes()


def test_documents_lie_in_folders_of_their_years_oldest_first(county: Contents) -> None:
    years = [document_id.split("/")[1] for document_id in county.ids]

    assert years == sorted(years)
    assert years[-1] == str(LAST_DAY.year)
    assert len(set(years)) > 20
    assert all(county.file(document_id).is_file() for document_id in county.ids)


def test_documents_differ_in_what_lists_are_made_of(county: Contents, root: Path) -> None:
    settings = settings_from(root / "pelicanconf.py", county.build_date.isoformat())
    records = [d.record for d in check_content(county.folder, settings).public.of(Policy)]

    assert len({record.title for record in records}) == 30
    assert len({record.issuer for record in records}) == 12
    assert len({record.kind for record in records}) > 2
    assert len({record.subject for record in records}) == 10
    assert len({record.category for record in records}) == 2
    assert any(record.repeals for record in records)
    assert any(record.repealed_by for record in records)


def test_some_bodies_have_tables_lists_and_bold_words(county: Contents) -> None:
    written = [county.file(document_id).read_text(encoding="utf-8") for document_id in county.ids]

    assert sum("\n| 序号 |" in text for text in written) == 5
    assert sum("\n- 申请材料" in text for text in written) == 3
    assert sum("\n**第" in text for text in written) >= 4


def test_pelican_gets_its_own_front_matter_and_the_same_body(
    county: Contents, tmp_path: Path
) -> None:
    document_id = county.ids[-1]
    source = county.file(document_id)

    write_for_pelican(source, document_id, tmp_path / "x.md")

    head, _, body = (tmp_path / "x.md").read_text(encoding="utf-8").partition("\n\n")
    lines = head.splitlines()
    assert lines[0].startswith("Title: 示例局")
    assert f"Date: {LAST_DAY}" in lines
    assert f"Slug: {document_id}" in lines
    assert source.read_text(encoding="utf-8").endswith(f"---\n\n{body}")
