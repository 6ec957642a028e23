// Narrows a table by words and by chosen values; keeps both in the address; fetches the table's other pages once.
document.querySelectorAll("[data-filter]").forEach((form) => {
  const table = document.getElementById(form.dataset.filter);
  const region = table.parentElement;
  const body = table.tBodies[0];
  const caption = table.caption.textContent;
  const status = form.querySelector("[role=status]");
  const selects = [...form.querySelectorAll("select")];
  const parts = (form.dataset.parts || "").split(" ").filter(Boolean).slice(1);
  const pages = document.querySelector("[data-pages]");
  let rows;

  // Full width and half width, upper and lower case are the same.
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  const fetchRows = async (part) => {
    const answer = await fetch(part);
    if (!answer.ok) throw new Error(part);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.getElementById(table.id).tBodies[0].rows];
  };

  // Every row of the whole table, also of its other pages; asked for once, and again if that failed.
  const load = () =>
    (rows ||= Promise.all(parts.map(fetchRows)).then((found) => {
      body.append(...found.flat());
      if (pages) pages.hidden = true;
      return [...body.rows].map((row) => ({
        row,
        text: plain([...row.cells].map((cell) => cell.textContent).join("\n")),
        values: selects.map((select) => row.cells[select.dataset.column].textContent),
      }));
    }));

  const filter = async () => {
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = selects.map((select) => select.value);
    if (!rows && !words.length && !chosen.some(Boolean)) return;
    status.textContent = "正在查找";
    try {
      const all = await load();
      let count = 0;
      for (const { row, text, values } of all) {
        const fits = words.every((word) => text.includes(word)) && chosen.every((value, place) => !value || value === values[place]);
        row.hidden = !fits;
        count += fits;
      }
      const whole = count === all.length;
      status.textContent = whole ? `共 ${count} 项` : count ? `共 ${all.length} 项，找到 ${count} 项` : `共 ${all.length} 项，没有符合条件的，可以少选几个条件`;
      if (parts.length) table.caption.textContent = caption.replace(/，本页.*/, "");
      region.scrollTop = 0;
    } catch {
      rows = undefined;
      status.textContent = "其他各页没有取到，请稍后再试，或下载清单全文查找";
    }
  };

  const remember = () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `${asked}` ? `?${asked}` : location.pathname);
  };

  let timer;
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember();
      filter();
    }, 150);
  };

  form.addEventListener("input", change);
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change();
  });

  for (const [name, value] of new URLSearchParams(location.search)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  filter();
});
