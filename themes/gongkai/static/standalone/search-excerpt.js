// Of a result: the piece of its text that a query found, and the way to that place.
const searchExcerpt = (() => {
  const { runs, pairs } = searchEngine;
  const WINDOW = 90;
  const BEFORE = 20;
  const LONGEST_LINK = 40;
  const JSON_NAME = "index.json";
  const pages = new Map();

  // The same length as the text, so that places in the one are places in the other.
  const fold = (text) => {
    const half = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
    const low = half.toLowerCase();
    return low.length === text.length ? low : half;
  };

  const get = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer;
  };

  const unpacked = async (url) => {
    const opening = new DecompressionStream("deflate");
    const opened = new Response((await get(url)).body.pipeThrough(opening));
    return new TextDecoder("utf-16le").decode(await opened.arrayBuffer());
  };

  // A text, block by block: all of it in a document's JSON, half of what its page weighs; or a part.
  const read = async (url) => {
    const text = url.endsWith(JSON_NAME) ? (await (await get(url)).json()).text : await unpacked(url);
    const blocks = text.split("\n").map((block) => block.replace(/\s+/g, " ").trim()).filter(Boolean);
    return { blocks: blocks.length ? blocks : [""], low: fold(blocks.join("\n")) };
  };

  const page = (url) => {
    if (!pages.has(url)) {
      const reading = read(url);
      pages.set(url, reading);
      reading.catch(() => pages.delete(url));
    }
    return pages.get(url);
  };

  // What an answer rests on: label and address, as its page shows them.
  const bases = async (url) => {
    const answer = new DOMParser().parseFromString(await (await get(url)).text(), "text/html");
    return [...answer.querySelectorAll("[data-bases] a")].map((link) => [link.textContent.trim(), new URL(link.getAttribute("href"), url).href]);
  };

  // Where each pair of the query begins in a text, and which signs some pair covers.
  const coverOf = (low, wanted) => {
    const starts = new Int16Array(low.length).fill(-1);
    const covered = new Uint8Array(low.length + 1);
    wanted.forEach((token, which) => {
      for (let at = low.indexOf(token); at >= 0; at = low.indexOf(token, at + 1)) {
        starts[at] = which;
        covered.fill(1, at, at + token.length);
      }
    });
    return { starts, covered };
  };

  // How many different pairs stand together at most, and where that piece begins.
  const densest = (starts) => {
    const inside = new Map();
    const places = [];
    let first = 0;
    let most = 0;
    let best = 0;
    starts.forEach((which, at) => {
      if (which < 0) return;
      places.push(at);
      inside.set(which, (inside.get(which) || 0) + 1);
      for (; places[first] < at - WINDOW; first += 1) {
        const gone = starts[places[first]];
        if (inside.get(gone) > 1) inside.set(gone, inside.get(gone) - 1);
        else inside.delete(gone);
      }
      if (inside.size > most) {
        most = inside.size;
        best = places[first];
      }
    });
    return { best, most };
  };

  // Of a long text the parts that tell as much as all of it. `places` says which tokens stand where:
  // a run stands only where all its pairs do, and no piece holds more of them than its part.
  const partly = async (urls, asked, places) => {
    const tokens = [...places.keys()];
    const all = [...urls.keys()];
    const isIn = (part) => (token) => !places.has(token) || places.get(token) & (1 << part);
    const counts = all.map((part) => tokens.filter(isIn(part)).length);
    const best = (parts) => parts.reduce((one, other) => (counts[other] > counts[one] ? other : one));
    const held = asked.map((run) => [run, all.filter((part) => pairs(run).every(isIn(part)))]).filter(([run, parts]) => run.length > 1 && parts.length);
    const chosen = new Set([best(all), ...held.map(([, parts]) => best(parts))]);
    const load = () => Promise.all(all.filter((part) => chosen.has(part)).map((part) => page(urls[part])));
    const some = await load();
    const missing = held.filter(([run]) => !some.some(({ low }) => low.includes(run)));
    missing.forEach(([, parts]) => parts.forEach((part) => chosen.add(part)));
    if (missing.length === held.length) {
      const most = Math.max(...some.map(({ low }) => densest(coverOf(low, tokens).starts).most));
      all.filter((part) => counts[part] > most).forEach((part) => chosen.add(part));
    }
    const found = await load();
    return { blocks: found.flatMap(({ blocks }) => blocks), low: found.map(({ low }) => low).join("\n") };
  };

  // What there is to cut from; parts that a newer site no longer has, and those that an older browser
  // can't open, are in the whole.
  const textOf = ({ url, parts }, asked, places) => {
    const whole = url + JSON_NAME;
    return parts.length && !pages.has(whole) ? partly(parts, asked, places).catch(() => page(whole)) : page(whole);
  };

  // { parts: [text, is marked][], phrase: share of the query that stands there word for word, link }
  const make = async (row, query, places) => {
    const asked = runs(query);
    const { blocks, low } = await textOf(row, asked, places);
    const wanted = [...new Set(asked.flatMap(pairs))];
    const { starts, covered } = coverOf(low, wanted);
    const whole = [...asked].sort((one, other) => other.length - one.length).find((run) => run.length > 1 && low.includes(run));
    const hit = whole ? low.indexOf(whole) : densest(starts).best;
    let offset = 0;
    const block = blocks.find((text) => {
      if (hit < offset + text.length) return true;
      offset += text.length + 1;
      return false;
    }) || "";
    const begin = Math.max(0, hit - offset - BEFORE);
    const end = Math.min(block.length, begin + WINDOW + BEFORE);
    const parts = begin ? [["…", false]] : [];
    for (let at = begin; at < end; ) {
      const marked = Boolean(covered[offset + at]);
      let next = at;
      while (next < end && Boolean(covered[offset + next]) === marked) next += 1;
      parts.push([block.slice(at, next), marked]);
      at = next;
    }
    if (end < block.length) parts.push(["…", false]);
    const all = `${fold(row.title)}\n${low}`;
    const long = asked.filter((run) => run.length > 1);
    const letters = long.reduce((sum, run) => sum + run.length, 0);
    const found = long.reduce((sum, run) => sum + (all.includes(run) ? run.length : 0), 0);
    const marked = parts.find(([text, is]) => is && text.length > 1);
    const fragment = marked ? `:~:text=${encodeURIComponent(marked[0].slice(0, LONGEST_LINK)).replace(/-/g, "%2D")}` : "";
    return { parts, phrase: letters ? found / letters : 0, link: fragment ? `#${fragment}` : "" };
  };

  // Whether a page holds a phrase word for word, but for blanks and kinds of signs.
  const holds = async (url, phrase, title) => {
    const bare = (text) => searchEngine.plain(text).replace(/\s+/g, "");
    const { blocks } = await page(url + JSON_NAME);
    return [title, ...blocks].some((text) => bare(text).includes(bare(phrase)));
  };

  return { make, holds, bases };
})();
