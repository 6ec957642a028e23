from collections import Counter
from pathlib import Path

import pytest

from plugins.bench.contents import Contents
from plugins.bench_search.queries import FEW, KINDS, Query, derive
from plugins.bench_search.texts import Text, read_texts
from plugins.bench_search.words import HAN_RUN, candidates, key_words

RIVER = (
    "巡查人每日沿河巡查堤防。堤防出现裂缝的，巡查人立即报告。"
    "修复堤防由水利站负责，水利站应当在三日内修复。加固堤防也由水利站负责。"
)
SCHOOL = (
    "学校每学期组织校车驾驶员培训。校车逾期不检验的，学校停止使用校车。"
    "校车驾驶员应当持证，没有证件的校车驾驶员不得上岗。学校公布校车路线。"
)
TEXTS = [
    Text("policies/2020/1", "关于印发河道巡查办法的通知", "示例一发〔2020〕1号", RIVER),
    Text("policies/2021/2", "关于加强校车安全管理的意见", "示例二发〔2021〕12号", SCHOOL),
    Text("policies/2021/3", "关于开放体育场馆的公告", "", "体育场馆对外开放。开放时间另行公布。"),
]


def of_kind(kind: str, texts: list[Text] = TEXTS) -> list[Query]:
    return [query for query in derive(texts, 20) if query.kind == kind]


def test_the_same_texts_give_the_same_queries() -> None:
    assert derive(TEXTS, 20) == derive(list(TEXTS), 20)


def test_there_are_at_most_so_many_of_a_kind_and_no_two_alike() -> None:
    queries = derive(TEXTS, 2)

    assert set(Counter(query.kind for query in queries).values()) == {2}
    assert len({(query.kind, query.words) for query in queries}) == len(queries)


def test_whole_titles_are_asked_for() -> None:
    assert {query.words: query.wanted for query in of_kind("title")} == {
        text.title: frozenset({text.id}) for text in TEXTS
    }


def test_two_documents_of_one_title_are_both_right() -> None:
    twin = Text("policies/2022/4", TEXTS[0].title, "", "另一篇。")

    found = {query.words: query.wanted for query in of_kind("title", [*TEXTS, twin])}

    assert found[twin.title] == {TEXTS[0].id, twin.id}


def test_what_too_many_documents_hold_is_not_asked() -> None:
    many = [Text(f"policies/2022/{n}", "通知公告", "", "没有内容。") for n in range(FEW + 1)]

    assert derive(many, 20) == []


def test_parts_of_titles_are_cut_at_their_seams() -> None:
    parts = {query.words for query in of_kind("part")}

    assert parts <= {"印发河道巡查办法", "加强校车安全管理", "开放体育场馆"}
    assert len(parts) == 3


def test_phrases_are_whole_clauses_of_the_known_document() -> None:
    queries = of_kind("phrase")

    assert len(queries) == 3
    for query in queries:
        (text,) = (text for text in TEXTS if text.id in query.wanted)
        assert query.words in HAN_RUN.findall(text.body)


def test_key_words_all_stand_in_every_right_document() -> None:
    queries = of_kind("keywords")

    assert queries
    by_id = {text.id: text for text in TEXTS}
    for query in queries:
        words = query.words.split(" ")
        assert 2 <= len(words) <= 4
        for document_id in query.wanted:
            text = by_id[document_id]
            assert all(word in text.title + "\n" + text.body for word in words)


def test_joined_key_words_have_no_blank() -> None:
    queries = of_kind("joined")

    assert queries
    assert all(HAN_RUN.fullmatch(query.words) for query in queries)


def test_numbers_are_typed_in_several_forms() -> None:
    texts = [Text(f"a/{n}", f"标题{n}", f"示例发〔2021〕{n}号", "") for n in range(1, 60)]

    typed = {query.words for query in of_kind("number", texts)}

    assert len(typed) == 20
    assert any("〔2021〕" in words for words in typed)
    assert any("[2021]" in words for words in typed)
    assert any("２０２１" in words for words in typed)
    assert any("示例发2021" in words for words in typed)


def test_a_text_without_a_number_is_not_asked_by_number() -> None:
    assert {next(iter(query.wanted)) for query in of_kind("number")} == {
        TEXTS[0].id,
        TEXTS[1].id,
    }


def test_words_come_again_between_different_neighbours() -> None:
    found = candidates(RIVER)

    assert "堤防" in found
    assert "水利站" in found
    assert "防出" not in found


def test_words_that_others_use_too_come_last() -> None:
    words = key_words(SCHOOL + "堤防。修堤防。", [RIVER, RIVER])

    assert "校车" in words[0]
    assert words[-1] == "堤防"


def test_no_two_key_words_overlap() -> None:
    words = key_words(SCHOOL, [RIVER])
    pairs = [word[n : n + 2] for word in words for n in range(len(word) - 1)]

    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    ("written", "read"), [("title: 甲", "甲"), ("title: '甲''乙''：丙'", "甲'乙'：丙")]
)
def test_a_text_is_read_as_benches_write_it(tmp_path: Path, written: str, read: str) -> None:
    from datetime import date  # noqa: PLC0415

    contents = Contents(tmp_path, ("one",), date(2021, 1, 1))
    file = f"---\n{written}\nnumber: 示例发〔2021〕1号\nsigned: 2021-01-01\n---\n\n正文。\n---\n"
    contents.file("one").write_text(file, encoding="utf-8")

    assert list(read_texts(contents)) == [Text("one", read, "示例发〔2021〕1号", "\n正文。\n---\n")]


def test_every_kind_has_names_of_its_own() -> None:
    assert len({names[:2] for names in KINDS.values()}) == len(KINDS)
