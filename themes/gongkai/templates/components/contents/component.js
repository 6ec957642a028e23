// Opens the contents where there is room, and marks the heading that is being read.
every(".contents", (contents) => {
  const wide = matchMedia("(min-width: 64rem)").matches;
  if (wide && document.documentElement.dataset.size !== "large") contents.open = true;

  every('a[href="#contents"]', (link) => link.addEventListener("click", () => (contents.open = true)));

  const links = new Map();
  contents.querySelectorAll("a").forEach((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  });

  let current;
  const watch = new IntersectionObserver(
    (entries) => {
      const entered = entries.filter((entry) => entry.isIntersecting);
      if (!entered.length) return;
      current?.removeAttribute("aria-current");
      current = links.get(entered[0].target);
      current.setAttribute("aria-current", "true");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  links.forEach((link, heading) => watch.observe(heading));
});
