// 检索: asks the engine, shows what it found, keeps the question in the address.
(() => {
  const form = document.getElementById("search");
  const { base, simplified: simplifiedUrl } = form.dataset;
  const root = new URL(form.dataset.root || ".", location.href).href;
  const field = form.elements.q;
  const count = document.getElementById("count");
  const tools = document.getElementById("search-tools");
  const order = document.getElementById("sort");
  const filters = document.getElementById("search-filters");
  const groups = document.getElementById("search-facets");
  const chips = document.getElementById("search-chips");
  const list = document.getElementById("results");
  const answers = document.getElementById("answers");
  const more = document.getElementById("more");
  const none = document.getElementById("none");
  const nearest = document.getElementById("nearest");
  const browse = document.getElementById("browse");
  const card = document.getElementById("result").content.firstElementChild;
  const title = document.title;
  const PAGE = 10;
  const FEW = 8;
  const MANY = 40;
  const PATIENCE = 700;
  const PAUSE = 250;
  const TO_VERIFY = 40;
  const ANSWERS = 3;
  const MOST_PAGES = 20;
  const QUESTION = "政策问答";
  const ASKING = /[?？]|怎么|如何|怎样|什么|哪些|哪里|哪儿|多少|多久|几天|是否|能不能|可以吗|吗$|呢$/;
  const PHRASE = /["“”＂「『]([^"“”＂「」『』]+)["“”＂」』]/g;
  const QUOTES = /["“”＂「」『』]/g;
  const DATE = "date";

  let engine;
  let facets;
  let chosen = new Map();
  let asked = 0;
  let found;
  let shown = 0;
  let pages = 1;
  let isAdding = false;

  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const open = () =>
    (engine ||= searchEngine.open(new URL(base, location.href).href, lunr).catch((error) => {
      engine = undefined;
      throw error;
    }));

  // --- What is asked ---

  const questionOf = () => {
    const text = field.value.trim();
    const phrases = [...text.matchAll(PHRASE)].map(([, phrase]) => phrase.trim()).filter(Boolean);
    return { text, phrases, words: text.replace(QUOTES, " ") };
  };

  const remember = (push) => {
    const { text } = questionOf();
    const parameters = new URLSearchParams();
    if (text) parameters.set("q", text);
    if (text && order.value === DATE) parameters.set("sort", DATE);
    if (text && pages > 1) parameters.set("page", pages);
    if (text) chosen.forEach((values, key) => values.forEach((value) => parameters.append(key, value)));
    history[push ? "pushState" : "replaceState"](null, "", `${parameters}` ? `?${parameters}` : location.pathname);
  };

  const recall = () => {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") || "";
    order.value = parameters.get("sort") === DATE ? DATE : "score";
    pages = Math.min(Math.max(1, parseInt(parameters.get("page"), 10) || 1), MOST_PAGES);
    chosen = new Map();
    for (const [key, value] of parameters) {
      if (!["q", "sort", "page"].includes(key)) chosen.set(key, new Set([...(chosen.get(key) || []), value]));
    }
    filters.open = filters.open || chosen.size > 0;
  };

  // --- What is found ---

  let simplified;
  const toSimplified = async (text) => {
    simplified ||= fetch(simplifiedUrl).then((answer) => (answer.ok ? answer.json() : Promise.reject())).then(([from, to]) => new Map([...from].map((sign, place) => [sign, [...to][place]])));
    try {
      const map = await simplified;
      return [...text].map((sign) => map.get(sign) || sign).join("");
    } catch {
      simplified = undefined;
      return text;
    }
  };

  const find = async (words) => {
    const index = await open();
    let result = { ...(await index.search(words)), words };
    if (result.strange) {
      const other = await toSimplified(words);
      if (other !== words) result = { ...(await index.search(other)), words: other };
    }
    return { ...result, index };
  };

  const passes = (document, except) =>
    facets.every(({ key, values, of }) => key === except || !chosen.get(key)?.size || of[document].some((code) => chosen.get(key).has(values[code])));

  const filtered = (hits) => {
    const kept = chosen.size && facets ? hits.filter(({ document }) => passes(document)) : hits;
    return order.value === DATE ? [...kept].sort((one, other) => other.document - one.document) : kept;
  };

  // Of what may hold the phrases, what does.
  const verified = async (hits, phrases, index) => {
    const checked = await Promise.all(
      hits.map(async ({ document }) => {
        const { url, title } = await index.row(document);
        const holding = await Promise.all(phrases.map((phrase) => searchExcerpt.holds(root + url, phrase, title)));
        return holding.every(Boolean);
      }),
    );
    return hits.filter((_, place) => checked[place]);
  };

  // The first of those that hold the phrases are looked through at once, the rest as they are shown.
  const onlyHolding = async (result, phrases) => {
    const complete = result.hits.filter(({ isComplete }) => isComplete);
    const hits = await verified(complete.slice(0, TO_VERIFY), phrases, result.index);
    return { ...result, hits, phrases, unread: complete.slice(TO_VERIFY) };
  };
  const readOn = async (result) => {
    while (result.unread.length && result.hits.length < shown + PAGE) {
      const some = result.unread.splice(0, PAGE);
      result.hits.push(...(await verified(some, result.phrases, result.index)));
    }
  };

  // --- What is shown ---

  const fill = (item, row, excerpt) => {
    const link = item.querySelector("a");
    link.textContent = row.title;
    link.href = root + row.url + (excerpt?.link || "");
    const time = item.querySelector("time");
    time.dateTime = row.day;
    time.textContent = row.day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
    const facts = item.querySelectorAll(".card__facts > span");
    [row.number, row.organ, row.kind, row.validity, row.doubt].forEach((word, place) => {
      facts[place].textContent = word;
      facts[place].hidden = !word;
    });
    facts[3].className = `tag tag--${{ 已废止: "stop", 已失效: "stop", 尚未施行: "brand", 已修改: "warn" }[row.validity] || "good"}`;
    const [issue, page, place] = row.printed;
    if (issue && !item.querySelector(".card__gazette")) {
      const links = [make("a", { href: root + page }, "网页"), "、", make("a", { href: root + place }, "PDF")];
      item.append(make("p", { className: "card__gazette small" }, `刊于${issue}：`, ...links));
    }
    const summary = item.querySelector(".card__summary");
    summary.hidden = !excerpt;
    if (excerpt) summary.replaceChildren(...excerpt.parts.map(([text, marked]) => (marked ? make("mark", {}, text) : text)));
    return item;
  };

  const withExcerpts = (rows, { words, places }) =>
    rows.map((row) => {
      const placed = row.parts.length ? places(row.document) : undefined;
      return { row, excerpt: searchExcerpt.make({ ...row, url: root + row.url }, words, placed).catch(() => undefined) };
    });

  const settled = (pairs) =>
    Promise.race([Promise.all(pairs.map(({ excerpt }) => excerpt)), new Promise((done) => setTimeout(done, PATIENCE))]);

  // The next rows; those that hold the question word for word come first among them.
  const showMore = async (mine) => {
    const result = found;
    await readOn(result);
    if (mine !== asked) return undefined;
    const { hits, index } = result;
    const following = hits.slice(shown, shown + PAGE);
    const next = await Promise.all(following.map(({ document }) => index.row(document)));
    const pairs = withExcerpts(next, result);
    const excerpts = await settled(pairs);
    if (mine !== asked) return undefined;
    if (excerpts && order.value !== DATE) {
      pairs.forEach((pair, place) => (pair.phrase = following[place].isNamed ? Infinity : excerpts[place]?.phrase || 0));
      pairs.sort((one, other) => (one.phrase < other.phrase) - (one.phrase > other.phrase));
    }
    const items = pairs.map(({ row, excerpt }) => {
      const item = fill(card.cloneNode(true), row);
      excerpt.then((said) => said && fill(item, row, said));
      return item;
    });
    await Promise.all(excerpts ? pairs.map(({ excerpt }) => excerpt) : []);
    shown += next.length;
    list.append(...items);
    list.hidden = !hits.length;
    more.hidden = shown >= hits.length && !result.unread.length;
    return items[0];
  };

  const showPages = async (mine) => {
    do await showMore(mine);
    while (mine === asked && shown < pages * PAGE && !more.hidden);
  };

  // 智能问答库: the best answers, with what they rest on.
  const showAnswers = async (mine, text) => {
    answers.hidden = true;
    if (!ASKING.test(text) && !chosen.get("kind")?.has(QUESTION)) return;
    const result = found;
    const { hits, index } = result;
    const rows = await Promise.all(hits.slice(0, MANY).map(async ({ document, score }) => ({ ...(await index.row(document)), score })));
    const said = rows.filter(({ kind }) => kind === QUESTION);
    const best = said.filter(({ score }) => score >= said[0].score / 2).slice(0, ANSWERS);
    if (!best.length || mine !== asked) return;
    const basesOf = ({ url }) => searchExcerpt.bases(root + url).catch(() => []);
    const filled = await Promise.all(withExcerpts(best, result).map(async ({ row, excerpt }) => ({ row, excerpt: await excerpt, bases: await basesOf(row) })));
    if (mine !== asked) return;
    answers.querySelector("ol").replaceChildren(
      ...filled.map(({ row, excerpt, bases }) => {
        const item = fill(card.cloneNode(true), row, excerpt);
        if (bases.length) {
          const links = bases.flatMap(([label, href]) => ["；", make("a", { href }, label)]).slice(1);
          item.append(make("p", { className: "small" }, "依据：", ...links));
        }
        return item;
      }),
    );
    answers.hidden = false;
  };

  const choose = (key, value, is) => {
    const values = chosen.get(key) || new Set();
    values[is ? "add" : "delete"](value);
    if (values.size) chosen.set(key, values);
    else chosen.delete(key);
    pages = 1;
    remember(true);
    return search();
  };

  const tally = ({ key, values, of }) => {
    const counts = new Uint32Array(values.length);
    for (const { document } of found.all) if (passes(document, key)) of[document].forEach((code) => (counts[code] += 1));
    const offered = [...values.keys()].filter((code) => counts[code] || chosen.get(key)?.has(values[code]));
    const byYear = key === "year";
    return offered.sort((one, other) => (byYear ? other - one : counts[other] - counts[one] || one - other)).map((code) => [values[code], counts[code]]);
  };

  const drawFacets = () => {
    const focused = document.activeElement?.dataset?.choice;
    const wide = new Set([...groups.querySelectorAll("[data-key][open]")].map((box) => box.dataset.key));
    groups.replaceChildren(
      ...facets.flatMap((facet) => {
        const offered = tally(facet);
        if (!offered.length) return [];
        const { key, label } = facet;
        const options = offered.map(([value, number], place) => {
          const box = make("input", { type: "checkbox", checked: Boolean(chosen.get(key)?.has(value)) });
          box.dataset.choice = `${key} ${value}`;
          box.addEventListener("change", () => choose(key, value, box.checked));
          const counted = make("span", { className: "count" }, `${number}`, make("span", { className: "aside-voice" }, "件"));
          return make("li", { hidden: place >= FEW && !box.checked }, make("label", { className: "find__option" }, box, make("span", {}, value), counted));
        });
        const items = make("ul", { className: "find__options" }, ...options);
        const inside = [items];
        if (options.some((option) => option.hidden)) {
          const all = make("button", { type: "button", className: "find__more" }, `全部${options.length}个`);
          all.addEventListener("click", () => {
            const first = options.find((option) => option.hidden);
            options.forEach((option) => (option.hidden = false));
            all.remove();
            first.querySelector("input").focus();
          });
          inside.push(all);
        }
        const sum = make("span", { className: "count" }, chosen.get(key)?.size ? `已选${chosen.get(key).size}` : "");
        const box = make("details", { className: "find__element", open: wide.has(key) || Boolean(chosen.get(key)?.size) });
        box.dataset.key = key;
        box.append(make("summary", {}, label, sum), make("fieldset", {}, make("legend", { className: "aside-voice" }, label), ...inside));
        return [box];
      }),
    );
    if (focused) [...groups.querySelectorAll("input")].find((box) => box.dataset.choice === focused)?.focus();
  };

  const drawChips = () => {
    const made = [...chosen].flatMap(([key, values]) =>
      [...values].map((value) => {
        const label = facets?.find((facet) => facet.key === key)?.label || key;
        const chip = make("button", { type: "button", className: "find__chip" }, `${label}：${value}`, make("span", {}, "×"));
        chip.setAttribute("aria-label", `去掉条件 ${label}：${value}`);
        chip.addEventListener("click", async () => {
          await choose(key, value, false);
          (chips.querySelector("button") || field).focus();
        });
        return chip;
      }),
    );
    chips.replaceChildren(...made);
    chips.hidden = !made.length;
  };

  const needFacets = async () => {
    if (!facets) facets = await (await open()).loadFacets();
  };

  const nearestWords = () => {
    const { text, words } = questionOf();
    const known = [...new Set(words.split(/\s+/))].filter((word) => word && word !== text);
    nearest.replaceChildren(...known.map((word) => make("li", {}, make("a", { href: `?${new URLSearchParams({ q: word })}` }, word))));
    nearest.parentElement.hidden = !known.length;
  };

  const told = (text) => {
    const number = found.hits.length + found.unread.length;
    if (!number) return `没有找到“${text.replace(QUOTES, " ").trim()}”。${[...text].length === 1 ? "只写一个字时，只在标题里找。" : ""}`;
    const unsure = found.unread.length ? "约" : "";
    return `找到${unsure} ${number} 件${found.words === questionOf().words ? "" : `（按简体“${found.words.trim()}”查找）`}`;
  };

  const clear = () => {
    list.replaceChildren();
    list.hidden = true;
    shown = 0;
    for (const part of [more, answers, none]) part.hidden = true;
  };

  const search = async (isAgain = false) => {
    asked += 1;
    const mine = asked;
    const { text, phrases, words } = questionOf();
    document.title = text ? `${text} · ${title}` : title;
    if (!text) {
      clear();
      count.textContent = "";
      tools.hidden = true;
      browse.hidden = false;
      return;
    }
    try {
      const result = await find(words);
      if (chosen.size || filters.open) await needFacets();
      if (mine !== asked) return;
      const held = phrases.length ? await onlyHolding(result, phrases) : { ...result, unread: [] };
      if (mine !== asked) return;
      found = { ...held, hits: filtered(held.hits), unread: filtered(held.unread), all: [...held.hits, ...held.unread] };
      clear();
      count.textContent = told(text);
      tools.hidden = !found.all.length;
      none.hidden = found.hits.length > 0;
      browse.hidden = found.hits.length > 0;
      if (!found.hits.length) nearestWords();
      drawChips();
      if (facets && filters.open) drawFacets();
      await Promise.all([showPages(mine), showAnswers(mine, text)]);
    } catch {
      if (mine !== asked) return;
      engine = undefined;
      facets = undefined;
      if (!isAgain) {
        search(true); // the site may have been published anew meanwhile
        return;
      }
      clear();
      const retry = make("button", { type: "button", className: "find__more" }, "再试一次");
      retry.addEventListener("click", () => search());
      count.replaceChildren("检索数据没有取到，可能是网络不通。", retry);
      browse.hidden = false;
    }
  };

  // --- What the reader does ---

  let waiting;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    pages = 1;
    remember(true);
    search();
  });
  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isComposing) return;
    waiting = setTimeout(() => {
      pages = 1;
      remember(false);
      search();
    }, PAUSE);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  field.addEventListener("focus", () => open().then((index) => index.loadLengths()).catch(() => {}), { once: true });
  order.addEventListener("change", () => {
    pages = 1;
    remember(true);
    search();
  });
  filters.addEventListener("toggle", async () => {
    if (!filters.open || !found) return;
    await needFacets().catch(() => {});
    if (facets) drawFacets();
  });
  more.addEventListener("click", async () => {
    if (isAdding) return;
    isAdding = true;
    try {
      const first = await showMore(asked);
      if (!first) return;
      pages = Math.ceil(shown / PAGE);
      remember(false);
      const number = told(questionOf().text);
      if (count.textContent !== number) count.textContent = number;
      first.querySelector("a").focus();
    } catch {
      search();
    } finally {
      isAdding = false;
    }
  });
  addEventListener("popstate", () => {
    recall();
    search();
  });
  recall();
  search();
})();
