from plugins.bench.measuring import Cost
from plugins.bench.results import Surroundings
from plugins.bench_search.asking import Session
from plugins.bench_search.engines import Footprint
from plugins.bench_search.queries import Query
from plugins.bench_search.results import BARE, Sheet, document, tables
from plugins.bench_search.scores import Loads, Outcome, Part

AROUND = Surroundings("2021-07-15", {"Gongkai": "1", "Pagefind": "2"}, "Linux，2 核")
TITLE = Query("title", "甲", frozenset({"a"}))
NUMBER = Query("number", "乙", frozenset({"b"}))


def loads(boot: int, index: int, excerpt: int) -> Loads:
    return Loads({Part.BOOT: boot, Part.INDEX: index, Part.EXCERPT: excerpt}, 3)


def sheet() -> Sheet:
    return Sheet(
        "2 篇",
        first={
            "Gongkai": [
                Outcome(TITLE, ("a",), loads(1000, 2000, 3000)),
                Outcome(NUMBER, ("b",), loads(1000, 4000, 5000)),
            ],
            "Pagefind": [
                Outcome(TITLE, ("x", "a"), loads(10_000, 20_000, 30_000)),
                Outcome(NUMBER, (), loads(10_000, 30_000, 60_000)),
            ],
        },
        later={
            "Gongkai": Session((loads(0, 500, 500),), 0.012),
            "Pagefind": Session((loads(0, 1000, 1000),), 0.024),
        },
        costs={
            "Gongkai": [Cost(5.0, 3.0, 200e6), Cost(6.0, 3.0, 210e6), Cost(7.0, 3.0, 220e6)],
            BARE: [Cost(4.0, 3.0, 190e6)],
            "Pagefind": [Cost(9.0, 4.0, 2100e6), Cost(8.0, 4.0, 2100e6)],
        },
        indexing=[3.0, 2.0, 4.0],
        texts={"Gongkai": Footprint(3, 500_000), "Pagefind": Footprint(5, 2_000_000)},
        footprints={"Gongkai": Footprint(4, 1_000_000), "Pagefind": Footprint(8, 4_000_000)},
    )


def lines() -> list[str]:
    return list(tables([sheet()], AROUND))


def test_answers_are_compared() -> None:
    assert "| MRR@10 | 1.000 | 0.250 | 4.0 |" in lines()
    assert "| 找到率 / recall@10 | 100.0% | 50.0% | 2.0 |" in lines()
    assert "| 无结果 / no result（2） | 0 | 1 | 0.000 |" in lines()


def test_bytes_are_compared() -> None:
    found = lines()

    first = "首次检索，含摘录 / first query, 10 excerpts, KB"
    assert f"| {first} p50 | 6.0 | 60.0 | 0.10 |" in found
    assert f"| {first} p95 | 10.0 | 100.0 | 0.10 |" in found
    assert "| 其中启动 / start-up, KB p50 | 1.0 | 10.0 | 0.10 |" in found
    assert "| 再次检索，含摘录 / later query, 10 excerpts, KB p50 | 1.0 | 2.0 | 0.50 |" in found
    assert "| 首次检索的请求数 / requests, p50 | 3 | 3 | 1.0 |" in found


def test_processor_time_is_that_of_the_best_round_and_memory_that_of_a_build() -> None:
    found = lines()

    assert "| 建索引的 CPU / indexing CPU, s | 2.00 | 8.00 | 0.25 |" in found
    assert "| 内存峰值，整次生成 / peak memory of a build, MB | 210 | 2100 | 0.10 |" in found
    assert "| 其中检索所增 / added by the search | 20 | 2100 | 0.010 |" in found
    assert "| 浏览器 CPU，每次 / browser CPU per query, ms | 12 | 24 | 0.50 |" in found
    assert "| 索引大小 / index on disk, MB | 1.00 | 4.00 | 0.25 |" in found
    assert "| 其中各篇的文字 / of it texts of documents, MB | 0.50 | 2.00 | 0.25 |" in found
    assert "| 索引文件数 / index files | 4 | 8 | 0.50 |" in found


def test_each_kind_of_query_has_a_row_if_it_was_asked() -> None:
    found = lines()

    assert "| 全标题 / full titles | 1 | 1.000 | 0.500 | 100% | 100% |" in found
    assert "| 发文字号 / document numbers | 1 | 1.000 | 0.000 | 100% | 0% |" in found
    assert not any("关键词" in line for line in found)


def test_nothing_is_divided_by_nothing() -> None:
    given = sheet()
    given.first["Pagefind"] = given.first["Gongkai"]

    assert "| 无结果 / no result（2） | 0 | 0 | — |" in list(tables([given], AROUND))


def test_the_document_tells_day_versions_and_machine() -> None:
    written = document([sheet()], AROUND)

    assert written.startswith("# 检索有多准、多省\n")
    assert "2021-07-15；Gongkai 1，Pagefind 2；Linux，2 核。" in written
    assert written.endswith("|\n")
