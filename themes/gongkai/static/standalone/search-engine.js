// The search engine of the browser: fetches the few files that a query needs, makes a real lunr index
// of them and lets lunr rank. What the files are: plugins/search/README.md.
const searchEngine = (() => {
  // The token rule; the same as in plugins/search/tokens.py.
  const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
  const LETTERS = "a-z\\u00df-\\u00f6\\u00f8-\\u024f\\u0370-\\u03ff\\u0400-\\u04ff";
  const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]/g;
  const RUN = new RegExp(`[${HAN}]+|[0-9]+(?:\\.[0-9]+)*|[${LETTERS}]+`, "gu");
  const NUMBER = new RegExp(`^([${HAN}]{2,15}(?:19|20)[0-9]{2}|[${HAN}]{1,20}令)0*([1-9][0-9]{0,4})$`, "u");
  const DRESS = /[\s[\]()【】〔〕〈〉<>{}《》第年号]/g;
  const MOST_TOKENS = 8;
  const MOST_DOCUMENTS = 3000;
  const MOST_ENDINGS = 30;
  const PREFIX = 3;
  const BLOCK = 4096;
  const ROWS = 8;
  const PARTS = 64;
  const TOGETHER = 5;
  const VERSION = 5;
  const SEVERAL = 31;
  const FIRST_CODE = 35;
  const BACKSLASH = 92;

  const plain = (text) => text.replace(UNSEEN, "").normalize("NFKC").toLowerCase();
  const runs = (text) => plain(text).match(RUN) || [];
  const isHan = (token) => token > "\u2fff";
  const pairs = (run) => {
    const signs = [...run];
    return isHan(run) && signs.length > 1 ? signs.slice(1).map((sign, place) => signs[place] + sign) : [run];
  };
  const tokens = (text) => runs(text).flatMap(pairs);

  // A long query is as well found by every second pair of each run, and its last.
  const fewTokens = (text) => {
    const all = new Set(tokens(text));
    if (all.size <= MOST_TOKENS) return [...all];
    const few = runs(text).flatMap((run) => pairs(run).filter((_, place, { length }) => place % 2 === 0 || place === length - 1));
    return [...new Set(few)];
  };

  const numberKey = (text) => {
    const found = NUMBER.exec(plain(text).replace(DRESS, ""));
    return found ? found.slice(1).join("") : "";
  };

  const fnv = (text) => {
    let value = 0x811c9dc5;
    for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0), 0x01000193) >>> 0;
    return (value ^ (value >>> 15)) >>> 0;
  };

  // 91 signs; 66 of them end a number, the others tell that more follows.
  const STOPPERS = 66;
  const CONTINUERS = 25;
  const LEVELS = 3;
  const VALUES = new Uint8Array(128);
  Array.from({ length: 93 }, (_, place) => String.fromCharCode(33 + place)).filter((sign) => !'"\\'.includes(sign)).forEach((sign, value) => (VALUES[sign.charCodeAt(0)] = value));
  const numbers = (text) => {
    const found = [];
    let value = 0;
    for (let place = 0; place < text.length; place += 1) {
      const piece = VALUES[text.charCodeAt(place)];
      if (piece < STOPPERS) {
        found.push(value * STOPPERS + piece);
        value = 0;
      } else value = value * CONTINUERS + piece - STOPPERS + 1;
    }
    return found;
  };

  // Postings of one field: documents, and how often the term stands in each.
  const decode = (text) => {
    const documents = [];
    const often = [];
    const rest = numbers(text);
    let last = -1;
    for (let place = 0; place < rest.length; place += 1) {
      const few = rest[place] % LEVELS;
      last += (rest[place] - few) / LEVELS + 1;
      documents.push(last);
      often.push(few + 1 + (few === LEVELS - 1 ? rest[(place += 1)] : 0));
    }
    return [documents, often];
  };

  const get = async (url, options = {}) => {
    const answer = await fetch(url, options);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    return answer;
  };
  const readJson = async (answer) => (await answer).json();
  // A file of terms: lines of a term and what it has; then pairs, those with one first sign together.
  const readTerms = async (answer) => {
    const [lines, groups] = (await (await answer).text()).split("\n\n").map((half) => half.split("\n"));
    const terms = new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
    for (const group of groups) {
      let first = "";
      for (const [, sign, said] of group.matchAll(/([^\0-\x7f])([\0-\x7f]*)/gu)) {
        if (said) terms.set(first + sign, said);
        first ||= sign;
      }
    }
    return terms;
  };

  // An index of the site as it is now. `base` is where the manifest lies.
  const open = async (base, lunr) => {
    const manifest = await readJson(get(`${base}manifest.json`, { cache: "no-cache" }));
    const { fields, boost, k1, b, n, ids, avg, steps, bits } = manifest;
    const common = new Map(manifest.common ? manifest.common.split(" ").map((term, place) => [term, place]) : []);
    const files = new Map();
    const version = (text, place) => text.slice(place * VERSION, (place + 1) * VERSION);
    const load = (place, versioned, ending = "json", read = readJson) => {
      const url = `${base}${place}-${versioned}.${ending}`;
      if (!files.has(url)) {
        const file = read(get(url));
        files.set(url, file);
        file.catch(() => files.delete(url));
      }
      return files.get(url);
    };

    const loadTerms = (place, versioned) => load(place, versioned, "txt", readTerms);

    let lengths;
    const loadLengths = () =>
      (lengths ||= Promise.all(Array.from({ length: Math.ceil(ids / BLOCK) }, (_, block) => load(`l/${block.toString(16)}`, version(manifest.len, block)))).then((blocks) => ({
        rows: blocks.map((block) => block.d).join(""),
        // Of each field; behind them, which texts are long.
        of: [...fields, "long"].map((_, column) => {
          const codes = new Uint8Array(ids);
          blocks.forEach(({ l }, block) => {
            for (let place = 0; place < l[column].length; place += 1) {
              const code = l[column].charCodeAt(place);
              codes[block * BLOCK + place] = code - FIRST_CODE - (code > BACKSLASH);
            }
          });
          return codes;
        }),
      })).catch((error) => {
        lengths = undefined;
        throw error;
      }));

    const shardOf = (term) => {
      const [first, second = "", more] = term;
      const apart = (1 << Math.max(bits - TOGETHER, 0)) - 1;
      const isPair = isHan(term) && !more;
      const value = isPair ? fnv(first) ^ (fnv(second) & apart) : fnv(isHan(term) ? term : term.slice(0, PREFIX));
      return value & ((1 << bits) - 1);
    };
    const shard = async (place) => {
      if (manifest.sh !== undefined) return loadTerms(`t/${place.toString(16)}`, version(manifest.sh, place));
      const size = (1 << bits) / PARTS;
      const part = Math.floor(place / size);
      const versions = await load(`m/${part.toString(16)}`, version(manifest.m, part));
      return loadTerms(`t/${place.toString(16)}`, version(versions, place % size));
    };
    const hex = (term) => [...new TextEncoder().encode(term)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const ownFile = async (term) => (await loadTerms(`c/${hex(term)}`, version(manifest.ch, common.get(term)))).get(term);
    const unpack = (text) => {
      const parts = text.split(" ");
      const [first, places = ""] = parts[0].split("~");
      return { byField: fields.map((_, field) => decode((field ? parts[field] : first) || "")), places };
    };
    // In which parts of a long text a term stands: a bit for each.
    const placesOf = ({ byField: [[documents]], places }, document, isLong) => {
      const at = documents.indexOf(document);
      const value = at < 0 ? 0 : numbers(places)[documents.slice(0, at).filter((other) => isLong[other]).length];
      return value > SEVERAL ? value - SEVERAL : (1 << value) >> 1;
    };

    // Term → postings by field, for every token that occurs; words and figures also by their beginning.
    const postings = async (wanted, withEndings) => {
      const found = new Map();
      const ends = new Map(wanted.map((term) => [term, [term]]));
      await Promise.all(
        wanted.map(async (term) => {
          if (common.has(term)) found.set(term, unpack(await ownFile(term)));
          if (common.has(term) && !(withEndings && !isHan(term))) return;
          const terms = await shard(shardOf(term));
          if (terms.has(term)) found.set(term, unpack(terms.get(term)));
          if (!withEndings || isHan(term) || term.length < PREFIX) return;
          const longer = [...terms.keys(), ...common.keys()].filter((other) => other !== term && other.startsWith(term)).sort().slice(0, MOST_ENDINGS);
          await Promise.all(longer.map(async (other) => found.set(other, unpack(common.has(other) ? await ownFile(other) : terms.get(other)))));
          ends.set(term, [term, ...longer]);
        }),
      );
      const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
      return { found: new Map(sorted), ends };
    };

    // What a term weighs in a field of a document that has it so often.
    const weighing = (byField, codes) => {
      const holding = byField.reduce((sum, [documents]) => sum + documents.length, 0);
      const idf = Math.log(1 + Math.abs((n - holding + 0.5) / (holding + 0.5)));
      return (place, document, often) => {
        const length = steps[codes[place][document]] / avg[place];
        return ((idf * ((k1 + 1) * often)) / (k1 * (1 - b + b * length) + often)) * boost[place];
      };
    };

    // A lunr index that holds these terms and, of the documents, those to keep: what it scores is
    // what the index of everything would score.
    const assemble = (found, codes, isKept) => {
      const vectors = fields.map(() => new Map());
      const inverted = [];
      let rank = 0;
      for (const [term, { byField }] of found) {
        const posting = { _index: rank };
        const weight = weighing(byField, codes);
        fields.forEach((field, place) => {
          const of = (posting[field] = {});
          const [documents, often] = byField[place];
          documents.forEach((document, at) => {
            if (!isKept(document)) return;
            of[document] = {};
            const vector = vectors[place].get(document);
            const value = Number(weight(place, document, often[at]).toFixed(3));
            if (vector) vector.push(rank, value);
            else vectors[place].set(document, [rank, value]);
          });
        });
        inverted.push([term, posting]);
        rank += 1;
      }
      const fieldVectors = fields.flatMap((field, place) => [...vectors[place]].map(([document, vector]) => [`${field}/${document}`, vector]));
      return lunr.Index.load({ version: lunr.version, fields, fieldVectors, invertedIndex: inverted, pipeline: [] });
    };
    const ask = (index, terms) =>
      index.query((query) => terms.forEach((term) => query.term(term, { usePipeline: false })));

    // lunr's own order and scores, over all documents.
    const exact = async (text) => {
      const wanted = [...new Set(tokens(text))];
      const [{ found }, { of }] = await Promise.all([postings(wanted, false), loadLengths()]);
      return found.size ? ask(assemble(found, of, () => true), wanted.filter((term) => found.has(term))) : [];
    };

    // How many of the wanted tokens each document holds.
    const coverage = (groups, found) => {
      const counts = new Uint16Array(ids);
      const seen = new Uint16Array(ids);
      groups.forEach((terms, place) => {
        for (const term of terms) {
          for (const [documents] of found.get(term)?.byField || []) {
            for (const document of documents) {
              if (seen[document] !== place + 1) {
                seen[document] = place + 1;
                counts[document] += 1;
              }
            }
          }
        }
      });
      return counts;
    };

    // Of documents that are too many for lunr, those that it would put first; of equals the newest.
    const heaviest = (found, codes, isMeant) => {
      const weights = new Float64Array(ids);
      for (const { byField } of found.values()) {
        const weight = weighing(byField, codes);
        byField.forEach(([documents, often], place) => documents.forEach((document, at) => (weights[document] += weight(place, document, often[at]))));
      }
      const sorted = weights.filter((_, document) => isMeant(document)).sort();
      const least = sorted[sorted.length - MOST_DOCUMENTS];
      let room = MOST_DOCUMENTS - sorted.filter((weight) => weight > least).length;
      const kept = new Uint8Array(ids);
      for (let document = ids - 1; document >= 0; document -= 1) {
        if (isMeant(document) && (weights[document] > least || (weights[document] === least && (room -= 1) >= 0))) kept[document] = 1;
      }
      return (document) => kept[document];
    };

    // Documents that hold half of what the best one holds, and what lunr makes of those that hold most.
    const search = async (text) => {
      const wanted = fewTokens(text);
      const key = numberKey(text);
      const [{ found, ends }, { of }] = await Promise.all([postings(key ? [...wanted, key] : wanted, true), loadLengths()]);
      const groups = wanted.map((term) => ends.get(term).filter((other) => found.has(other)));
      const missing = wanted.filter((_, place) => !groups[place].length);
      // A sign that no pair found holds may be a traditional one.
      const known = new Set(wanted.filter((_, place) => groups[place].length).join(""));
      const strange = missing.some((term) => isHan(term) && [...term].some((sign) => !known.has(sign)));
      const counts = coverage(groups, found);
      const levels = new Uint32Array(wanted.length + 1);
      let best = 0;
      for (const count of counts) {
        levels[count] += 1;
        if (count > best) best = count;
      }
      // Token → the parts of a long text that hold it.
      const places = (document) => {
        const bits = (term) => placesOf(found.get(term), document, of[fields.length]);
        return new Map(wanted.map((term, place) => [term, groups[place].reduce((sum, other) => sum | bits(other), 0)]));
      };
      if (!best) return { hits: [], strange, places };
      const least = Math.ceil(best / 2);
      let ranked = best;
      for (let sum = levels[best]; ranked > least && sum + levels[ranked - 1] <= MOST_DOCUMENTS; sum += levels[ranked]) ranked -= 1;
      const asked = [...found.keys()].filter((term) => term !== key);
      const isRanked = (document) => counts[document] >= ranked;
      const isKept = levels[best] > MOST_DOCUMENTS ? heaviest(found, of, isRanked) : isRanked;
      const results = ask(assemble(found, of, isKept), asked);
      const named = new Set(key && found.has(key) ? found.get(key).byField.flatMap(([documents]) => documents) : []);
      const hits = results.map(({ ref, score, matchData }) => {
        const document = Number(ref);
        const titled = groups.filter((terms) => terms.some((term) => matchData.metadata[term]?.title)).length;
        const whole = (counts[document] / wanted.length) ** 2 * (1 + 2 * (titled / wanted.length) ** 2);
        return { document, score: score * whole, isComplete: counts[document] === wanted.length, isNamed: named.has(document) };
      });
      hits.sort((one, other) => other.isNamed - one.isNamed || other.score - one.score || other.document - one.document);
      const rest = [];
      for (let document = ids - 1; document >= 0; document -= 1) {
        const count = counts[document];
        if (count >= least && !isKept(document)) rest.push({ document, score: 0, count, isComplete: count === wanted.length });
      }
      hits.push(...rest.sort((one, other) => other.count - one.count || other.document - one.document));
      return { hits, strange, places };
    };

    const row = async (document) => {
      const { rows } = await loadLengths();
      const block = Math.floor(document / ROWS);
      const [url, title, day, kind, organ, number, validity, doubt, printed, versions] = (await load(`d/${block.toString(16)}`, version(rows, block)))[document % ROWS];
      const parts = Array.from({ length: versions.length / VERSION }, (_, part) => `${base}x/${document.toString(16)}.${part.toString(16)}-${version(versions, part)}.bin`);
      return { document, url, title, day, kind, organ, number, validity, doubt, printed, parts };
    };

    // Facets with their values, and which of them each document has.
    let facets;
    const loadFacets = () =>
      (facets ||= Promise.all(
        manifest.facets.map(async ([key, label, versioned]) => {
          const { values, codes } = await load(`f/${key}`, versioned);
          const rest = numbers(codes);
          const of = [];
          for (let place = 0; of.length < ids; ) {
            const count = rest[place];
            of.push(rest.slice(place + 1, place + 1 + count));
            place += 1 + count;
          }
          return { key, label, values, of };
        }),
      ).catch((error) => {
        facets = undefined;
        throw error;
      }));

    return { manifest, postings, exact, search, row, loadLengths, loadFacets };
  };

  return { open, tokens, runs, pairs, plain, isHan, numberKey };
})();
