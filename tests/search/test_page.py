"""The search page of the sample county, in a browser: what a citizen types, sees and presses."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from plugins.search.tokens import plain
from tests.search.served import HOST, open_context, site
from tests.theme.reading_room import ASKED, MODES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

Twin = dict[str, Any]
"""A document as machines read it; has nothing to do with the search index."""
HITS = "#results > li"
FIRST = f"{HITS} .card__title a"
MEASURE = (Path(__file__).parents[1] / "theme" / "measure.js").read_text("utf-8")
AXE = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
FOLLOWS = 4
"""Node.DOCUMENT_POSITION_FOLLOWING."""
ALL_HITS = """async (words) => {
  const index = await searchEngine.open(new URL('.', location.href).href, lunr);
  const { hits } = await index.search(words);
  const rows = await Promise.all(hits.map(({ document }) => index.row(document)));
  return rows.map(({ url }) => url);
}"""


LABELS = """all => all.map(({ children: [, value, count] }) =>
  [value.textContent, count.firstChild.data])"""
FOCUSED = """(({ id, textContent }, inResults) => inResults ? "result" : id || textContent.trim())(
  document.activeElement, document.activeElement.closest("#results"))"""


@pytest.fixture(scope="module")
def twins(sample: Path) -> dict[str, Twin]:
    """Address → what the site itself says of each document."""
    found = {}
    for file in sample.rglob("index.json"):
        said = json.loads(file.read_text("utf-8"))
        if "kind_label" in said:
            found[f"{file.parent.relative_to(sample).as_posix()}/"] = said
    return found


@pytest.fixture
def page(chromium: Browser, sample: Path) -> Iterator[Page]:
    page = open_context(chromium, site(sample)).new_page()
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    yield page
    page.context.close()
    assert [words for words in heard if not re.search("ERR_FAILED|404", words)] == []


def ask(page: Page, query: str, more: str = "", base: str = "/") -> None:
    """Open the address of a question, and wait for what comes of it."""
    page.goto(f"{HOST}{base}search/?q={quote(query)}{more}")
    ready(page)


def until(page: Page, expression: str) -> None:
    """Wait until this is true; the site's policy lets no page wait for words by itself."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def ready(page: Page) -> None:
    page.locator(HITS).or_(page.locator("#none:not([hidden])")).first.wait_for()


def until_first_is_not(page: Page, url: str) -> None:
    """Wait for the results of another question."""
    until(page, f"document.querySelector('{FIRST}')?.href.includes('{url}') === false")


def shown(page: Page) -> list[str]:
    """Addresses of the results that are shown, without the place in the page."""
    links: list[str] = page.eval_on_selector_all(FIRST, "all => all.map(({href}) => href)")
    return [urlsplit(link).path.lstrip("/") for link in links]


def told(page: Page) -> int:
    """How many results the page says there are."""
    found = re.search(r"找到约? (\d+) 件", page.inner_text("#count"))
    assert found, page.inner_text("#count")
    return int(found[1])


def show_all(page: Page) -> list[str]:
    """All results, asked for page by page."""
    while page.is_visible("#more"):
        before = page.locator(HITS).count()
        page.click("#more")
        until(page, f"document.querySelectorAll('{HITS}').length > {before}")
    return shown(page)


def text_of(twin: Twin) -> str:
    return "\n".join((twin["title"], twin["text"]))


# --- What is found ---


@pytest.mark.parametrize(
    "written",
    [
        "尧政办发〔2021〕15号",
        "尧政办发[2021]15号",
        "尧政办发（2021）15号",
        "尧政办发【2021】15号",
        "尧政办发〔２０２１〕１５号",
        "尧政办发 2021 年 15 号",
        "尧政办发202115号",
        "尧政办发202115",
    ],
)
def test_the_paper_comes_first_however_its_number_is_typed(page: Page, written: str) -> None:
    ask(page, written)

    assert shown(page)[0] == "policies/2021/2021-015/"


def test_one_character_finds_every_title_that_has_it(page: Page, twins: dict[str, Twin]) -> None:
    ask(page, "水")

    wanted = {url for url, twin in twins.items() if "水" in twin["title"]}
    assert wanted
    assert wanted <= set(show_all(page))


def test_traditional_characters_find_what_simplified_ones_do(page: Page) -> None:
    ask(page, "政务公开")
    wanted, number = shown(page), told(page)

    ask(page, "政務公開")

    assert shown(page) == wanted
    assert told(page) == number
    assert "按简体“政务公开”查找" in page.inner_text("#count")


def test_words_that_stand_side_by_side_need_no_map_of_traditional_characters(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    ask(page, "公开医保")  # no text has 开医, but each sign stands in another pair

    assert not [url for url in asked if "simplified" in url]
    ask(page, "政務公開")
    assert [url for url in asked if "simplified" in url]


@pytest.mark.parametrize(
    "phrase", ["政务公开工作要点", "一网通办", "20个工作日", "互联网协议第6版", "税费"]
)
def test_a_quoted_phrase_finds_what_holds_it_and_nothing_else(
    page: Page, twins: dict[str, Twin], phrase: str
) -> None:
    wanted = {url for url, twin in twins.items() if plain(phrase) in plain(text_of(twin))}
    assert wanted

    ask(page, f"“{phrase}”")

    found = show_all(page)
    assert set(found) == wanted
    assert told(page) == len(found) == len(set(found))


def test_a_beginning_of_a_word_finds_the_word(page: Page, twins: dict[str, Twin]) -> None:
    ask(page, "ipv")

    wanted = {url for url, twin in twins.items() if "ipv6" in text_of(twin).lower()}
    assert wanted <= set(show_all(page))


def test_a_question_is_answered_with_what_the_answer_rests_on(page: Page) -> None:
    ask(page, "一次性创业补贴有多少，怎么申请？")
    page.locator("#answers li").first.wait_for()

    best = page.locator("#answers li").first
    assert "一次性创业补贴" in best.locator("a").first.inner_text()
    assert "依据" in best.inner_text()
    assert best.locator("a[href*='policies/'], a[href*='notices/']").count() > 0
    assert page.evaluate("answers.compareDocumentPosition(results)") == FOLLOWS


def test_an_answer_that_fits_far_less_than_the_best_is_none(page: Page) -> None:
    ask(page, "创业补贴怎么申请", "&year=2023")
    page.locator("#answers li").first.wait_for()

    said = page.locator("#answers li h2").all_inner_texts()
    assert "创业补贴" in said[0]
    assert "不会上网，怎样申请公开政府信息？" not in said
    assert "不会上网，怎样申请公开政府信息？" in page.inner_text("#results")


def test_an_answer_in_doubt_says_so(page: Page, sample: Path) -> None:
    doubtful = [
        row
        for file in (sample / "search" / "d").glob("*.json")
        for row in json.loads(file.read_text("utf-8"))
        if row and row[7]
    ]
    assert doubtful
    ask(page, doubtful[0][1])

    item = page.locator(HITS, has=page.locator(f"a[href*='{doubtful[0][0]}']"))
    assert doubtful[0][7] in item.inner_text()


def test_nothing_found_leads_on(page: Page) -> None:
    ask(page, "鲸鱼饲养")

    assert page.get_attribute("#count", "role") == "status"
    assert "没有找到“鲸鱼饲养”" in page.inner_text("#count")
    assert page.locator(HITS).count() == 0
    assert page.locator("#none a", has_text="申请公开").is_visible()
    page.locator("#none a", has_text="申请公开").click()
    assert page.locator("h1").is_visible()


def test_one_of_several_words_is_offered_where_all_find_nothing(page: Page) -> None:
    ask(page, "“鲸鱼 公开”")

    page.locator("#nearest a", has_text="公开").click()
    ready(page)

    assert told(page) > 0


def test_what_is_typed_is_never_read_as_html(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)>公开")
    assert page.locator("main img").count() == 0
    ask(page, "<b>鲸鱼</b>")
    assert page.locator("#count b").count() == 0
    assert "<b>" in page.inner_text("#count")


# --- Conditions, order, address ---


def years(twin: Twin) -> list[str]:
    return [twin["published"][:4]]


def kinds(twin: Twin) -> list[str]:
    return [twin["kind_label"]]


def states(twin: Twin) -> list[str]:
    return [twin["validity"]["state"]] if "validity" in twin else []


def subjects(twin: Twin) -> list[str]:
    return [twin["subject"].partition("\\")[0]] if "subject" in twin else []


FACETS = {"类型": kinds, "年份": years, "有效性": states, "主题分类": subjects}


def counted(page: Page, label: str) -> dict[str, int]:
    """A facet as the page shows it: value → number."""
    box = page.locator("#search-facets details", has=page.locator("summary", has_text=label))
    rows: list[list[str]] = box.locator("label").evaluate_all(LABELS)
    return {value: int(number) for value, number in rows}


def open_filters(page: Page) -> None:
    if not page.evaluate("document.getElementById('search-filters').open"):
        page.click("#search-filters > summary")
    page.locator("#search-facets details").first.wait_for()


@pytest.mark.parametrize("query", ["公开", "补贴 申请"])
def test_every_facet_counts_what_the_documents_say(
    page: Page, twins: dict[str, Twin], query: str
) -> None:
    ask(page, query)
    found = [twins[url] for url in page.evaluate(ALL_HITS, query)]
    open_filters(page)

    assert told(page) == len(found)
    for label, values in FACETS.items():
        assert counted(page, label) == Counter(v for twin in found for v in values(twin)), label


def test_a_condition_leaves_what_meets_it_and_the_others_count_that(
    page: Page, twins: dict[str, Twin]
) -> None:
    ask(page, "公开")
    found = [(url, twins[url]) for url in page.evaluate(ALL_HITS, "公开")]
    open_filters(page)
    page.locator("#search-facets summary", has_text="类型").click()
    page.locator("#search-facets label", has_text="政策文件").first.click()
    until(page, "document.querySelector('#search-chips button')")
    ready(page)

    left = [(url, twin) for url, twin in found if "政策文件" in kinds(twin)]
    assert told(page) == len(left)
    assert counted(page, "年份") == Counter(v for _, twin in left for v in years(twin))
    assert counted(page, "类型") == Counter(v for _, twin in found for v in kinds(twin))
    assert set(show_all(page)) == {url for url, _ in left}

    page.locator("#search-chips button").click()
    until(page, f"document.querySelector('#count').textContent.includes('{len(found)}')")
    assert page.evaluate("document.activeElement.id") == "q"


def test_by_date_the_newest_comes_first(page: Page, twins: dict[str, Twin]) -> None:
    ask(page, "公开")
    by_score = show_all(page)
    page.select_option("#sort", "date")
    until(page, f"document.querySelectorAll('{HITS}').length === 10")

    by_date = show_all(page)

    assert set(by_date) == set(by_score)
    days = [twins[url]["published"][:10] for url in by_date]
    assert all(one >= other for one, other in pairwise(days))
    assert "sort=date" in page.url


def test_an_address_holds_question_conditions_and_order(page: Page) -> None:
    ask(page, "公开", f"&kind={quote('政策文件')}&year=2021&sort=date")

    assert page.input_value("#sort") == "date"
    assert page.locator("#search-chips button").count() == 2
    assert page.locator("#search-facets input:checked").count() == 2
    assert told(page) == len(show_all(page)) > 0


def test_back_and_forward_lead_from_question_to_question(page: Page) -> None:
    ask(page, "公开")
    first = shown(page)
    page.fill("#q", "补贴")
    page.keyboard.press("Enter")
    until_first_is_not(page, first[0])
    second = shown(page)

    page.go_back()
    until_first_is_not(page, second[0])
    assert page.input_value("#q") == "公开"
    assert shown(page) == first
    page.go_forward()
    until_first_is_not(page, first[0])
    assert page.input_value("#q") == "补贴"
    assert shown(page) == second


def test_back_from_a_document_shows_the_results_again(page: Page) -> None:
    ask(page, "尧政办发〔2021〕15号")
    before = shown(page)
    page.locator(FIRST).first.click()
    page.wait_for_url("**/policies/2021/2021-015/**")

    page.go_back()
    ready(page)

    assert shown(page) == before


def test_typing_asks_once_the_reader_pauses_and_adds_no_step_back(page: Page) -> None:
    page.goto(f"{HOST}/search/")
    steps = page.evaluate("history.length")
    page.locator("#q").press_sequentially("政务公开", delay=30)
    page.locator(HITS).first.wait_for()

    assert page.evaluate("history.length") == steps
    assert unquote(page.url).endswith("?q=政务公开")


def test_a_late_answer_never_overwrites_a_newer_one(page: Page) -> None:
    ask(page, "公开")
    kept: list[Route] = []
    is_slow = True

    def keep(route: Route) -> None:
        if is_slow:
            kept.append(route)
        else:
            route.fallback()

    page.route("**/search/t/*", keep)
    page.fill("#q", "鲸鱼饲养基地")
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert kept
    is_slow = False
    page.fill("#q", "公开")
    page.keyboard.press("Enter")
    until(page, "document.title.startsWith('公开')")
    page.locator(HITS).first.wait_for()
    wanted = shown(page), page.inner_text("#count")

    for route in kept:
        route.fallback()
    page.wait_for_timeout(500)

    assert (shown(page), page.inner_text("#count")) == wanted
    assert page.is_hidden("#none")


# --- Where it lies, who can use it ---


@pytest.mark.parametrize("base", ["/zwgk/", "/a/b/"])
def test_it_works_wherever_the_site_lies(chromium: Browser, sample: Path, base: str) -> None:
    page = open_context(chromium, site(sample), base).new_page()
    ask(page, "尧政办发〔2021〕15号", base=base)
    page.locator(f"{HITS} mark").first.wait_for()
    page.locator(FIRST).first.click()

    page.wait_for_url(f"**{base}policies/2021/2021-015/**")
    page.context.close()


def test_every_search_box_of_the_site_leads_here(page: Page) -> None:
    page.goto(f"{HOST}/")
    page.locator("main input[type=search]").fill("公开")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    ready(page)

    assert told(page) > 0


def test_without_scripts_there_are_ways_to_look_on(chromium: Browser, sample: Path) -> None:
    page = open_context(chromium, site(sample), scripts=False).new_page()
    page.goto(f"{HOST}/search/?q=公开")

    assert page.locator("#search").is_hidden()
    assert page.locator("main a[href$='catalog/find/']").first.is_visible()
    assert page.locator("#browse a", has_text="政策文件").first.is_visible()
    page.locator("noscript a", has_text="按年份和名称查找").click()
    page.locator("main a", has_text="区财政局").click()
    assert page.url == f"{HOST}/organs/finance/"
    page.context.close()


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.goto(f"{HOST}/search/")
    page.focus("#q")
    page.keyboard.type("尧政办发202115号")
    page.keyboard.press("Enter")
    page.locator(f"{HITS} mark").first.wait_for()
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
        if seen[-1] == "result":
            break
    assert seen[-1] == "result"
    assert [name for name in seen if name in {"sort", "筛选"}] == ["sort", "筛选"]
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"

    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/2021/2021-015/**")


def test_a_hit_shows_whole_runs_and_opens_where_they_stand(page: Page, sample: Path) -> None:
    ask(page, "依申请公开工作质量")
    page.locator(f"{HITS} mark").first.wait_for()

    assert page.locator(f"{HITS} mark").first.inner_text() == "依申请公开工作质量"
    link = page.locator(FIRST).first.get_attribute("href") or ""
    place, _, fragment = link.partition("#")[2].partition(":~:text=")
    assert unquote(fragment) == "依申请公开工作质量"
    html = (sample / urlsplit(link).path.lstrip("/") / "index.html").read_text("utf-8")
    assert not place or f'id="{place}"' in html
    page.locator(FIRST).first.click()
    page.wait_for_url("**/policies/**")
    until(page, "scrollY > 1000")


def test_a_broken_network_is_told_and_can_be_tried_again(page: Page) -> None:
    page.route("**/search/manifest.json", lambda route: route.abort())
    page.goto(f"{HOST}/search/?q={quote('公开')}")
    page.get_by_role("button", name="再试一次").wait_for()
    assert "网络" in page.inner_text("#count")
    page.unroute("**/search/manifest.json")

    page.get_by_role("button", name="再试一次").click()
    page.locator(HITS).first.wait_for()

    assert told(page) > 0


@pytest.mark.parametrize("mode", MODES)
def test_results_and_conditions_have_no_barrier(
    chromium: Browser, sample: Path, axe_source: str, mode: str
) -> None:
    context = open_context(chromium, site(sample))
    for key, value in MODES[mode].items():
        context.add_init_script(f"localStorage.setItem('gongkai.{key}', '{value}')")
    context.add_init_script(axe_source)
    page = context.new_page()
    faults: list[str] = []
    for query, more in (("补贴怎么申请？", "&year=2023"), ("鲸鱼 “公开鲸鱼”", "")):
        ask(page, query, more)
        page.wait_for_timeout(300)
        found = page.evaluate(AXE, ASKED[mode])["violations"]
        faults += [
            f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]
        ]
        sizes = (24, 60) if mode == "elder" else (0, 44)
        faults += page.evaluate(MEASURE, [*sizes])
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            faults.append(f"{query}: scrolls sideways")
    context.close()

    assert faults == []


def test_the_first_search_loads_little(page: Page, sample: Path) -> None:
    loaded: dict[str, int] = {}

    def weigh(address: str) -> None:
        path = urlsplit(address).path.lstrip("/")
        file = sample / path / "index.html" if (sample / path).is_dir() else sample / path
        if file.is_file():
            loaded[path] = len(gzip.compress(file.read_bytes(), 9))

    page.on("request", lambda request: weigh(request.url))
    ask(page, "政务公开工作要点")
    page.locator(f"{HITS} mark").first.wait_for()

    assert loaded["search/"] > 0
    assert sum(loaded.values()) <= 150 * 1024


def test_more_results_come_once_however_often_one_presses(page: Page) -> None:
    ask(page, "公开")
    page.evaluate("for (let i = 0; i < 3; i += 1) document.getElementById('more').click()")
    page.locator(HITS).nth(10).wait_for()
    page.wait_for_timeout(300)

    found = shown(page)
    assert len(found) == len(set(found)) == 20


def test_an_address_says_how_much_was_shown(page: Page) -> None:
    ask(page, "公开")
    page.click("#more")
    page.locator(HITS).nth(10).wait_for()
    before = shown(page)
    assert page.url.endswith("&page=2")

    page.locator(FIRST).nth(12).click()
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()
    page.locator(HITS).nth(19).wait_for()

    assert shown(page) == before
    page.fill("#q", "补贴")
    page.keyboard.press("Enter")
    until_first_is_not(page, before[0])
    assert "page" not in page.url


def test_a_phrase_that_very_many_hold_is_looked_for_in_all_of_them(
    page: Page, twins: dict[str, Twin], sample: Path
) -> None:
    wanted = {url for url, twin in twins.items() if plain("公开，") in plain(text_of(twin))}

    ask(page, "“公开，”")
    found = show_all(page)

    assert wanted <= set(found)
    assert page.inner_text("#count") == f"找到 {len(found)} 件"
    for url in found:  # pages of bodies also say what their heads say
        assert "公开，" in (sample / url / "index.html").read_text("utf-8"), url


def test_conditions_of_a_phrase_count_what_holds_it(page: Page, twins: dict[str, Twin]) -> None:
    ask(page, "“一网通办”")
    wanted = [twin for twin in twins.values() if "一网通办" in text_of(twin)]
    open_filters(page)

    for label, values in FACETS.items():
        assert counted(page, label) == Counter(v for twin in wanted for v in values(twin)), label


def test_other_quotes_are_quotes_too(page: Page) -> None:
    ask(page, "“一网通办”")
    wanted = shown(page)

    ask(page, "「一网通办」")

    assert shown(page) == wanted


def test_what_is_not_found_is_quoted_once(page: Page) -> None:
    ask(page, "“鲸鱼饲养”")

    assert "没有找到“鲸鱼饲养”" in page.inner_text("#count")


def test_who_asks_for_answers_only_is_told_what_they_rest_on(page: Page) -> None:
    ask(page, "创业补贴", f"&kind={quote('政策问答')}")

    page.locator("#answers li", has_text="依据").first.wait_for()


def test_a_site_published_anew_meanwhile_is_read_anew(page: Page) -> None:
    """A file that is gone is asked for once under its new name; nobody is told of it."""
    ask(page, "公开")
    gone: list[str] = []

    def refuse(route: Route) -> None:
        if gone:
            route.fallback()
        else:
            gone.append(route.request.url)
            route.fulfill(status=404, body="")

    page.route("**/search/t/*", refuse)
    page.fill("#q", "鱼塘承包")
    page.keyboard.press("Enter")
    until(page, "document.title.startsWith('鱼塘')")
    ready(page)
    page.wait_for_timeout(300)

    assert gone
    assert page.get_by_role("button", name="再试一次").count() == 0
