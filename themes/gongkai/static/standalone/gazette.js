// 政府公报: leads to a page or an article of an issue, by the list of all issues (index.json).
(() => {
  const box = document.querySelector("[data-go]");
  if (!box) return;
  const said = box.querySelector("[role=status]");
  box.hidden = false;

  const articleAt = (articles, page) =>
    articles.find(({ page_from: first, page_to: last }) => first <= page && page <= last);

  const placeOf = (issue, by, number) => {
    if (by === "article") return issue.articles[number - 1];
    return articleAt(issue.articles, number);
  };

  const answer = (issue, by) => {
    if (by === "article") return `这一期共${issue.articles.length}件文件`;
    const pages = issue.articles.map((article) => article.page_to).filter(Boolean);
    if (!pages.length) return "这一期还没有定版的页码，请按件前往";
    return `这一期的页码是1至${Math.max(...pages)}`;
  };

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    const { issue: name, by, number: written } = Object.fromEntries(new FormData(box));
    if (!written) {
      location.href = new URL(`${name}/`, new URL(box.dataset.go, location));
      return;
    }
    const number = Number(written);
    try {
      const list = await (await fetch(box.dataset.go)).json();
      const issue = list.issues.find(({ gazette_id: id }) => id === name);
      const found = placeOf(issue, by, number);
      if (!found) {
        said.textContent = `${answer(issue, by)}。`;
        return;
      }
      // Articles of an issue of before this site have no pages of their own.
      const reading = issue.articles.some(({ document }) => document) ? `${String(found.seq).padStart(2, "0")}/` : `#a${found.seq}`;
      location.href = new URL(`${name}/${reading}`, new URL(box.dataset.go, location));
    } catch {
      said.textContent = "现在连不上网站，请稍后再试。";
    }
  });
})();
