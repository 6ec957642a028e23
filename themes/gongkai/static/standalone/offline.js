// Keeps issues of the gazette on this device, when the reader asks for it and not before.
//
// Each issue has a list of its files with digests, offline.json. It is kept in a cache of its own,
// named `gongkai HOME FOLDER VERSION`, into which the list goes last: a cache without it is half
// done, is never read, and goes with the next attempt. A new version fills a new cache beside the
// old one, taking over what is equal; only then the old one goes.
(() => {
  const place = document.querySelector("[data-keep], [data-kept]");
  if (!place || !navigator.serviceWorker || !navigator.locks || !window.caches) return;

  const SHELF = "offline"; // the page of all that is kept: it is kept with the first issue
  const shown = new URL(place.dataset.keep || place.dataset.kept, document.baseURI);
  const home = new URL("../", shown).href;
  const named = (folder) => `gongkai ${home} ${folder} `;
  const listOf = (folder) => `${home}${folder}/offline.json`;

  const get = async (address) => {
    const answer = await fetch(address, { cache: "reload", mode: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };

  const sizeOf = ({ size }) =>
    size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`;

  const namesOf = async (folder) => (await caches.keys()).filter((name) => name.startsWith(named(folder)));

  const standing = async (folder) => {
    for (const name of (await namesOf(folder)).reverse()) {
      const cache = await caches.open(name);
      const list = await cache.match(listOf(folder));
      if (list) return { folder, name, cache, list: await list.json() };
    }
  };

  const allKept = async () => {
    const start = `gongkai ${home} `;
    const names = (await caches.keys()).filter((name) => name.startsWith(start));
    const folders = new Set(names.map((name) => name.slice(start.length).split(" ")[0]));
    folders.delete(SHELF);
    const found = await Promise.all([...folders].sort().reverse().map(standing));
    return found.filter(Boolean);
  };

  const fill = async (cache, folder, list, old, tell) => {
    const files = Object.entries(list.files);
    for (const [done, [path, digest]] of files.entries()) {
      tell(done, files.length);
      const address = new URL(path, listOf(folder)).href;
      const same = old && old.list.files[path] === digest && (await old.cache.match(address));
      await cache.put(address, same || (await get(address)));
    }
    const last = await get(listOf(folder));
    if ((await last.clone().json()).version !== list.version) throw new Error("changed meanwhile");
    await cache.put(listOf(folder), last);
  };

  // Whether something was fetched: false if the newest version is kept already.
  const take = async (folder, tell = () => {}) => {
    const list = await (await get(listOf(folder))).json();
    const old = await standing(folder);
    const name = named(folder) + list.version;
    if (old?.name === name) return false;
    await caches.delete(name);
    try {
      await fill(await caches.open(name), folder, list, old, tell);
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
    for (const other of await namesOf(folder)) if (other !== name) await caches.delete(other);
    return true;
  };

  const drop = async (folder) => {
    for (const name of await namesOf(folder)) await caches.delete(name);
    if ((await allKept()).length) return;
    for (const name of await namesOf(SHELF)) await caches.delete(name);
    await (await navigator.serviceWorker.getRegistration(home))?.unregister();
  };

  const keep = async (folder, tell) => {
    try {
      await navigator.serviceWorker.register(`${home}worker.js`);
      await take(SHELF);
      await take(folder, tell);
      await navigator.serviceWorker.ready;
    } catch (error) {
      await drop(folder);
      throw error;
    }
    navigator.storage.persist().catch(() => {}); // a wish: the browser may clear it all the same
  };

  // One tab at a time: what another is filling would look half done.
  const alone = (work) => navigator.locks.request(named(""), work);

  const reason = (error) =>
    error.name === "QuotaExceededError"
      ? "本机存储空间不够，没有存成。请先删除几期，或者腾出空间再试。"
      : "文件没有取全，没有存成。请检查网络，过几分钟再试。";

  const offer = async () => {
    const folder = shown.pathname.split("/").at(-2);
    const part = (name) => place.querySelector(`.keep__${name}`);
    const [state, button, progress, more] = ["state", "button", "progress", "more"].map(part);
    let busy = false;

    const show = (list, isKept, words) => {
      state.textContent = words;
      button.textContent = isKept ? "从本机删除" : `存到本机，离线阅读（${sizeOf(list)}）`;
      button.classList.toggle("button--quiet", isKept);
      more.hidden = !isKept;
      progress.hidden = true;
      place.hidden = false;
    };

    const look = async (words = "") => {
      const found = await standing(folder);
      const list = found?.list || (await (await get(listOf(folder))).json());
      show(list, Boolean(found), words || (found ? `已存到本机（${sizeOf(list)}），没有网络也能读` : ""));
      return found;
    };

    const tell = (done, count) => {
      progress.hidden = false;
      progress.max = count;
      progress.value = done;
      state.textContent = `正在存：共${count}个文件，已存${done}个`;
    };

    const change = async () => {
      const found = await standing(folder);
      await (found ? drop(folder) : keep(folder, tell));
      await look(found ? "已从本机删除" : "");
    };

    button.addEventListener("click", async () => {
      if (busy) return;
      busy = true;
      button.setAttribute("aria-disabled", "true");
      try {
        await alone(change);
      } catch (error) {
        progress.hidden = true;
        state.textContent = reason(error);
      }
      button.removeAttribute("aria-disabled");
      busy = false;
    });

    if ((await look()) && (await alone(() => take(folder)))) await look("本机存的这一期已换成最新的内容");
  };

  const list = async () => {
    const row = document.getElementById("kept-issue").content.firstElementChild;
    const state = document.getElementById("kept-state");

    const show = async (words) => {
      const issues = await allKept();
      state.textContent = words || (issues.length ? `本机存了${issues.length}期公报` : "本机还没有存公报");
      place.replaceChildren(...issues.map(shownRow));
      place.hidden = !issues.length;
    };

    const shownRow = ({ folder, list }) => {
      const made = row.cloneNode(true);
      const [link, size, button] = ["a", ".kept__size", "button"].map((part) => made.querySelector(part));
      link.href = `${home}${folder}/`;
      link.textContent = list.title;
      size.textContent = sizeOf(list);
      button.setAttribute("aria-label", `从本机删除${list.title}`);
      button.addEventListener("click", async () => {
        await alone(() => drop(folder));
        await show(`已从本机删除${list.title}`);
        state.focus();
      });
      return made;
    };

    await show();
    for (const { folder } of await allKept()) await alone(() => take(folder));
    if ((await allKept()).length) await alone(() => take(SHELF));
    await show();
  };

  // Where storage is switched off, or the network fails, what the page says without scripts stands.
  (place.dataset.keep ? offer : list)().catch(() => {});
})();
