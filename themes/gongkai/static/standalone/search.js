// Finds documents by words of title, number, issuer and keywords, in lists by year that are fetched once.
(() => {
  const form = document.getElementById("search");
  const field = form.elements.q;
  const count = document.getElementById("count");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const browse = document.getElementById("browse");
  const card = document.getElementById("result").content.firstElementChild;
  const title = document.title;
  const PAGE = 20;

  let documents;
  let found = [];

  // Full width and half width, every kind of bracket, upper and lower case are the same.
  const plain = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[〔【（(［]/g, "[")
      .replace(/[〕】）)］]/g, "]");

  const get = (url) => fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject()));

  const load = () =>
    (documents ||= get(form.dataset.documents)
      .then(({ files }) => Promise.all(files.map((file) => get(form.dataset.root + file))))
      .then((years) =>
        years
          .flatMap((year) => year.documents)
          .map((row) => {
            const [title, , number, issuer, , , keywords] = row;
            return { row, number: plain(number), text: plain([title, number, issuer, keywords].join("\n")) };
          }),
      ));

  // [] of documents that hold every word; the one whose number was typed first, then the newest.
  const find = (all, query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    const number = words.join("");
    const rank = (item) => (item.number && item.number === number ? 1 : 0);
    return all
      .filter((item) => words.every((word) => item.text.includes(word)))
      .sort((a, b) => rank(b) - rank(a) || b.row[4].localeCompare(a.row[4]));
  };

  const show = () => {
    const start = list.children.length;
    const next = found.slice(start, start + PAGE).map(({ row: [title, url, number, issuer, day, kind] }) => {
      const item = card.cloneNode(true);
      const link = item.querySelector("a");
      const time = item.querySelector("time");
      link.textContent = title;
      link.href = form.dataset.root + url;
      time.dateTime = day;
      time.textContent = day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");
      item.querySelectorAll("span").forEach((span, index) => {
        span.textContent = [number, issuer, kind][index];
        if (!span.textContent) span.remove();
      });
      return item;
    });
    list.append(...next);
    list.hidden = !found.length;
    more.hidden = list.children.length >= found.length;
    return next[0];
  };

  const search = async () => {
    const query = field.value.trim();
    list.replaceChildren();
    found = [];
    if (query) {
      try {
        found = find(await load(), query);
        count.textContent = found.length
          ? `找到 ${found.length} 件`
          : `没有找到“${query}”。可以少写几个字，或按下面的分类查找。`;
      } catch {
        documents = undefined;
        count.textContent = "检索数据没有取到，请稍后再试，或按下面的分类查找。";
      }
    } else {
      count.textContent = "";
    }
    browse.hidden = found.length > 0;
    show();
    document.title = query ? `${query} · ${title}` : title;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = field.value.trim();
    history.pushState(null, "", query ? `?${new URLSearchParams({ q: query })}` : location.pathname);
    search();
  });

  more.addEventListener("click", () => show()?.querySelector("a").focus());
  field.addEventListener("focus", load, { once: true });

  const restore = () => {
    field.value = new URLSearchParams(location.search).get("q") || "";
    search();
  };
  addEventListener("popstate", restore);
  restore();
})();
