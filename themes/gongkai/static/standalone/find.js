// 按要素检索: filters the rows of the standard catalog by any of their elements.
(() => {
  const place = document.getElementById("find");
  const { root, rows: rowsUrl, texts: textsUrl } = place.dataset;
  const field = document.getElementById("find-words");
  const groups = document.getElementById("find-elements");
  const count = document.getElementById("find-count");
  const chips = document.getElementById("find-chips");
  const list = document.getElementById("find-rows");
  const more = document.getElementById("find-more");
  const none = document.getElementById("find-none");
  const results = document.getElementById("find-results");
  const card = document.getElementById("find-row").content.firstElementChild;
  const isWide = matchMedia("(min-width: 64rem)").matches;
  const TONES = { published: "good", due: "brand", overdue: "warn" };
  const PAGE = isWide ? 20 : 10;
  const FEW = 8;
  const SOME = 40;
  const STATE = 1;
  const NONE = -1;
  const MANY = -2;

  let elements = [];
  let rows = [];
  let texts;
  let chosen = [];
  let found = [];
  let tallies = [];

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const written = (day) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
  const words = () => plain(field.value).split(/\s+/).filter(Boolean);
  const get = (url) => fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // 公开内容 is as long as all the rest: it comes after the first results are there.
  const loadTexts = () =>
    (texts ||= get(textsUrl).then((all) =>
      all.forEach((text, place) => {
        rows[place].content = text;
        rows[place].text += `\n${plain(text)}`;
      }),
    ));

  const unpack = (data) => {
    elements = data.elements.map((element) => ({ ...element, open: false, filter: "", shown: [] }));
    chosen = elements.map(() => new Set());
    tallies = elements.map((element) => new Uint32Array(element.values.length));
    rows = data.rows.map(([id, number, newest, ...cells]) => {
      const values = cells.map((cell) => (Array.isArray(cell) ? cell : [cell]));
      const names = values.map((set, place) => set.map((v) => elements[place].values[v][1]).join("、"));
      const tone = TONES[elements[STATE].values[values[STATE][0]][0]] || "plain";
      return { id, number, newest, values, names, tone, content: "", text: plain(names.join("\n")) };
    });
  };

  // OR within an element, AND across. A value's number says how many rows it would give.
  const filter = () => {
    const asked = words();
    const active = [...chosen.keys()].filter((place) => chosen[place].size);
    found = [];
    tallies.forEach((tally) => tally.fill(0));
    for (const row of rows) {
      if (asked.length && !asked.every((word) => row.text.includes(word))) continue;
      const failed = failing(row, active);
      if (failed === MANY) continue;
      if (failed === NONE) {
        found.push(row);
        row.values.forEach(countIn);
      } else countIn(row.values[failed], failed);
    }
  };

  const countIn = (values, place) => {
    for (const v of values) tallies[place][v] += 1;
  };

  // The one element whose conditions a row does not meet, or that there is none, or more.
  const failing = ({ values }, active) => {
    let failed = NONE;
    for (const place of active) {
      if (values[place].some((v) => chosen[place].has(v))) continue;
      if (failed !== NONE) return MANY;
      failed = place;
    }
    return failed;
  };

  // What an element offers: all that is chosen, then what gives most rows; the rest can be typed.
  const offered = (place) => {
    const { values, filter: typed, open } = elements[place];
    const tally = tallies[place];
    const all = [];
    for (let v = 0; v < values.length; v += 1) {
      if (chosen[place].has(v) || (tally[v] && values[v][1].includes(typed))) all.push(v);
    }
    if (values.length > FEW) all.sort((a, b) => chosen[place].has(b) - chosen[place].has(a) || tally[b] - tally[a] || a - b);
    const most = open || typed ? SOME : FEW;
    const shown = all.slice(0, Math.max(most, chosen[place].size));
    return { shown, hidden: all.length - shown.length };
  };

  const drawElement = (place) => {
    const element = elements[place];
    element.sum.textContent = chosen[place].size ? `已选${chosen[place].size}` : "";
    if (!element.box.open) return; // drawn when somebody looks
    const { shown, hidden } = offered(place);
    element.shown = shown;
    const options = shown.map((v) => {
      const box = make("input", { type: "checkbox", checked: chosen[place].has(v) });
      box.addEventListener("change", () => choose(place, v, box.checked));
      const number = make("span", { className: "count" }, `${tallies[place][v]}`, make("span", { className: "aside-voice" }, "项"));
      return make("li", {}, make("label", { className: "find__option" }, box, make("span", {}, element.values[v][1]), number));
    });
    element.list.replaceChildren(...options);
    element.more.hidden = !hidden && !element.open;
    element.more.textContent = element.open ? "收起" : `还有${hidden}个`;
    element.more.setAttribute("aria-expanded", element.open);
  };

  const buildElements = () => {
    groups.replaceChildren(
      ...elements.map((element, place) => {
        element.list = make("ul", { className: "find__options" });
        element.more = make("button", { type: "button", className: "find__more" });
        element.more.addEventListener("click", () => {
          element.open = !element.open;
          drawElement(place);
        });
        element.sum = make("span", { className: "count" });
        const inside = [make("legend", { className: "aside-voice" }, element.label)];
        if (element.values.length > FEW) {
          const input = make("input", { type: "search", className: "find__typed", autocomplete: "off" });
          input.setAttribute("aria-label", `在${element.label}里找`);
          input.placeholder = `在${element.values.length}个里找`;
          input.addEventListener("input", () => {
            element.filter = input.value.trim();
            drawElement(place);
          });
          inside.push(input);
        }
        element.box = make("details", { className: "find__element", open: (place < 2 && isWide) || chosen[place].size > 0 });
        element.box.append(make("summary", {}, element.label, element.sum), make("fieldset", {}, ...inside, element.list, element.more));
        element.box.addEventListener("toggle", () => drawElement(place));
        return element.box;
      }),
    );
  };

  const drawChips = () => {
    const made = elements.flatMap((element, place) =>
      [...chosen[place]].map((v) => {
        const name = element.values[v][1];
        const chip = make("button", { type: "button", className: "find__chip" }, `${element.label}：${name}`);
        chip.append(make("span", {}, "×"));
        chip.setAttribute("aria-label", `去掉条件 ${element.label}：${name}`);
        chip.addEventListener("click", () => {
          choose(place, v, false);
          (chips.querySelector("button") || count).focus();
        });
        return chip;
      }),
    );
    if (made.length + words().length > 1) {
      const all = make("button", { type: "button", className: "find__chip" }, "清除全部条件");
      all.addEventListener("click", () => {
        chosen.forEach((set) => set.clear());
        field.value = "";
        remember(true);
        draw();
        count.focus();
      });
      made.push(all);
    }
    chips.replaceChildren(...made);
    chips.hidden = !made.length;
  };

  const at = (row, key) => row.names[elements.findIndex((element) => element.key === key)];

  const fill = (item, row) => {
    item.dataset.row = row.id;
    const link = item.querySelector("a");
    link.textContent = at(row, "secondary") || at(row, "primary");
    link.href = `${root}catalog/rows/${row.id}/`;
    item.querySelector(".find__above").textContent = [at(row, "area"), at(row, "secondary") ? at(row, "primary") : ""].filter(Boolean).join(" › ");
    item.querySelector(".card__summary").textContent = row.content;
    item.querySelector(".tag").className = `tag tag--${row.tone}`;
    const late = row.number && row.tone === TONES.overdue;
    const said = [late ? "尚未见更新" : at(row, "state"), row.number ? `${row.number} 件，最新 ${written(row.newest)}` : "", at(row, "body"), at(row, "limit"), at(row, "audience"), at(row, "manner"), at(row, "level")];
    item.querySelectorAll(".card__facts span").forEach((span, place) => {
      span.textContent = said[place];
      span.hidden = !said[place];
    });
    return item;
  };

  const showMore = () => {
    const start = list.children.length;
    const next = found.slice(start, start + PAGE).map((row) => fill(card.cloneNode(true), row));
    list.append(...next);
    more.hidden = list.children.length >= found.length;
    return next[0];
  };

  const refill = () => {
    [...list.children].forEach((item, place) => (item.querySelector(".card__summary").textContent = found[place].content));
  };

  const draw = () => {
    filter();
    const conditions = chosen.filter((set) => set.size).length + (words().length ? 1 : 0);
    count.textContent = conditions ? `符合条件的有 ${found.length} 项，共 ${rows.length} 项` : `共 ${rows.length} 项`;
    elements.forEach((_, place) => drawElement(place));
    drawChips();
    list.replaceChildren();
    showMore();
    none.hidden = found.length > 0;
  };

  const choose = (place, value, is) => {
    chosen[place][is ? "add" : "delete"](value);
    const isInBox = document.activeElement?.closest("label");
    remember(true);
    draw();
    // The boxes were drawn anew: the one that was pressed keeps the focus.
    if (isInBox) elements[place].list.children[elements[place].shown.indexOf(value)]?.querySelector("input").focus();
  };

  // The address says what is asked, so that it can be kept, sent and gone back to.
  const remember = (push) => {
    const asked = new URLSearchParams();
    if (field.value.trim()) asked.set("q", field.value.trim());
    elements.forEach(({ key, values }, place) => chosen[place].forEach((v) => asked.append(key, values[v][0])));
    history[push ? "pushState" : "replaceState"](null, "", `${asked}` ? `?${asked}` : location.pathname);
  };

  const recall = async () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") || "";
    elements.forEach(({ key, values }, place) => {
      const wanted = asked.getAll(key);
      chosen[place] = new Set(values.flatMap(([name], v) => (wanted.includes(name) ? [v] : [])));
    });
    if (field.value) await loadTexts().catch(() => {});
  };

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      await loadTexts().catch(() => {});
      remember(false);
      draw();
    }, 150);
  });
  document.getElementById("find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    results.scrollIntoView();
    count.focus();
  });
  more.addEventListener("click", () => showMore()?.querySelector("a").focus());
  addEventListener("popstate", () => recall().then(draw));

  get(rowsUrl)
    .then(async (data) => {
      unpack(data);
      await recall();
      buildElements();
      draw();
      place.hidden = false;
      document.getElementById("find-browse").hidden = true;
      loadTexts().then(refill, () => {});
    })
    .catch(() => (document.getElementById("find-failed").hidden = false));
})();
