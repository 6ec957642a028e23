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
  const QUESTION = "政策问答";
  const ASKING = /[?？]|怎么|如何|怎样|什么|哪些|哪里|哪儿|多少|多久|几天|是否|能不能|可以吗|吗$|呢$/;
  const PHRASE = /["“”]([^"“”]+)["“”]/g;
  const DATE = "date";

  let engine;
  let facets;
  let chosen = new Map();
  let asked = 0;
  let found;
  let shown = 0;

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
    return { text, phrases, words: text.replace(/["“”]/g, " ") };
  };

  const remember = (push) => {
    const { text } = questionOf();
    const parameters = new URLSearchParams();
    if (text) parameters.set("q", text);
    if (text && order.value === DATE) parameters.set("sort", DATE);
    if (text) chosen.forEach((values, key) => values.forEach((value) => parameters.append(key, value)));
    history[push ? "pushState" : "replaceState"](null, "", `${parameters}` ? `?${parameters}` : location.pathname);
  };

  const recall = () => {
    const parameters = new URLSearchParams(location.search);
    field.value = parameters.get("q") || "";
    order.value = parameters.get("sort") === DATE ? DATE : "score";
    chosen = new Map();
    for (const [key, value] of parameters) {
      if (!["q", "sort"].includes(key)) chosen.set(key, new Set([...(chosen.get(key) || []), value]));
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
    if (result.missing.some(searchEngine.isHan)) {
      const other = await toSimplified(words);
      if (other !== words) result = { ...(await index.search(other)), words: other };
    }
    return { ...result, index };
  };

  const passes = (document, except) =>
    facets.every(({ key, values, of }) => key === except || !chosen.get(key)?.size || of[document].some((code) => chosen.get(key).has(values[code])));

  const filtered = () => {
    const kept = chosen.size && facets ? found.hits.filter(({ document }) => passes(document)) : found.hits;
    return order.value === DATE ? [...kept].sort((one, other) => other.document - one.document) : kept;
  };

  // Of what may hold a phrase, only what does. More than some are looked through as they are shown.
  const verified = async (hits, phrases) => {
    const checked = await Promise.all(
      hits.slice(0, TO_VERIFY).map(async (hit) => {
        const row = await found.index.row(hit.document);
        const holding = await Promise.all(phrases.map((phrase) => searchExcerpt.holds(root + row.url, phrase, row.title)));
        return holding.every(Boolean);
      }),
    );
    return hits.filter((_, place) => place >= TO_VERIFY || checked[place]);
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
    const summary = item.querySelector(".card__summary");
    summary.hidden = !excerpt;
    if (excerpt) summary.replaceChildren(...excerpt.parts.map(([text, marked]) => (marked ? make("mark", {}, text) : text)));
    return item;
  };

  const withExcerpts = (rows, words) =>
    rows.map((row) => ({ row, excerpt: searchExcerpt.make(root + row.url, words, row.title).catch(() => undefined) }));

  const settled = (pairs) =>
    Promise.race([Promise.all(pairs.map(({ excerpt }) => excerpt)), new Promise((done) => setTimeout(done, PATIENCE))]);

  // The next rows; those that hold the question word for word come first among them.
  const showMore = async (mine) => {
    const { hits, index, words } = found;
    const following = hits.slice(shown, shown + PAGE);
    const next = await Promise.all(following.map(({ document }) => index.row(document)));
    const pairs = withExcerpts(next, words);
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
    more.hidden = shown >= hits.length;
    return items[0];
  };

  // 智能问答库: the best answers, with what they rest on.
  const showAnswers = async (mine, text) => {
    answers.hidden = true;
    if (!ASKING.test(text)) return;
    const { hits, index, words } = found;
    const rows = await Promise.all(hits.slice(0, MANY).map(({ document }) => index.row(document)));
    const best = rows.filter(({ kind }) => kind === QUESTION).slice(0, ANSWERS);
    if (!best.length || mine !== asked) return;
    const basesOf = ({ url }) => searchExcerpt.bases(root + url).catch(() => []);
    const said = await Promise.all(withExcerpts(best, words).map(async ({ row, excerpt }) => ({ row, excerpt: await excerpt, bases: await basesOf(row) })));
    if (mine !== asked) return;
    answers.querySelector("ol").replaceChildren(
      ...said.map(({ row, excerpt, bases }) => {
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

  const told = (text, phrases) => {
    const number = found.hits.length;
    if (!number) return `没有找到“${text}”。${[...text].length === 1 ? "只写一个字时，只在标题里找。" : ""}`;
    const unsure = phrases.length && number > TO_VERIFY ? "约" : "";
    return `找到${unsure} ${number} 件${found.words === questionOf().words ? "" : `（按简体“${found.words.trim()}”查找）`}`;
  };

  const clear = () => {
    list.replaceChildren();
    list.hidden = true;
    shown = 0;
    for (const part of [more, answers, none]) part.hidden = true;
  };

  const search = async () => {
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
      found = { ...result, all: result.hits };
      found.hits = filtered();
      if (phrases.length) {
        const complete = found.hits.filter(({ isComplete }) => isComplete);
        found.hits = await verified(complete, phrases);
        if (mine !== asked) return;
      }
      clear();
      count.textContent = told(text, phrases);
      tools.hidden = !result.hits.length;
      none.hidden = found.hits.length > 0;
      browse.hidden = found.hits.length > 0;
      if (!found.hits.length) nearestWords();
      drawChips();
      if (facets && filters.open) drawFacets();
      await Promise.all([showMore(mine), showAnswers(mine, text)]);
    } catch {
      if (mine !== asked) return;
      engine = undefined; // the site may have been published anew meanwhile
      facets = undefined;
      clear();
      const retry = make("button", { type: "button", className: "find__more" }, "再试一次");
      retry.addEventListener("click", search);
      count.replaceChildren("检索数据没有取到，可能是网络不通。", retry);
      browse.hidden = false;
    }
  };

  // --- What the reader does ---

  let waiting;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    remember(true);
    search();
  });
  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.isComposing) return;
    waiting = setTimeout(() => {
      remember(false);
      search();
    }, PAUSE);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  field.addEventListener("focus", () => open().then((index) => index.loadLengths()).catch(() => {}), { once: true });
  order.addEventListener("change", () => {
    remember(true);
    search();
  });
  filters.addEventListener("toggle", async () => {
    if (!filters.open || !found) return;
    await needFacets().catch(() => {});
    if (facets) drawFacets();
  });
  more.addEventListener("click", async () => (await showMore(asked))?.querySelector("a").focus());
  addEventListener("popstate", () => {
    recall();
    search();
  });
  recall();
  search();
})();
