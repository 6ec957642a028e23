// Reads out what offline.js has kept on this device, where the network fails. It lies in the folder
// of the gazette because a worker serves only the pages beside it; it keeps nothing by itself.
const HOME = new URL("./", location).href;
const PATIENCE = 4000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { method, cache, headers, url } = event.request;
  // Our own script asks past every cache when it keeps files: it must get the network's or none.
  if (method !== "GET" || cache === "reload" || headers.has("range") || !url.startsWith(location.origin)) return;
  event.respondWith(answer(event.request));
});

// A file of an issue (its folder in the gazette) that was kept whole; the newest, if one is being replaced.
const kept = async (folder, request) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(`gongkai ${HOME} ${folder} `));
  for (const name of names.reverse()) {
    const cache = await caches.open(name);
    if (await cache.match(`${HOME}${folder}/offline.json`)) {
      return cache.match(request, { ignoreSearch: true, ignoreVary: true });
    }
  }
};

// What a page loads belongs to the issue of the page.
const folderOf = ({ mode, url, referrer }) => {
  const page = mode === "navigate" ? url : referrer;
  return page.startsWith(HOME) ? page.slice(HOME.length).split("/")[0] : "";
};

const inTime = (promise) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);

const answer = async (request) => {
  const copy = await kept(folderOf(request), request);
  const network = fetch(request);
  if (copy) {
    return inTime(network).then((fresh) => (fresh.status < 500 ? fresh : copy), () => copy);
  }
  return network.catch(async (error) => {
    const page = `${HOME}offline/`;
    if (request.mode !== "navigate" || !(await kept("offline", page))) throw error;
    return Response.redirect(page);
  });
};
