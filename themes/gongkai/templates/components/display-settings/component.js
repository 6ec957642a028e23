// Buttons with data-set="size=large" or "theme=dark" change <html data-…> and remember it.
{
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-set]")];
  const parts = (button) => button.dataset.set.split("=");

  const paint = () =>
    buttons.forEach((button) => {
      const [key, value] = parts(button);
      button.setAttribute("aria-pressed", (root.dataset[key] || "") === value);
    });

  const choose = (key, value) => {
    if (value) root.dataset[key] = value;
    else delete root.dataset[key];
    try {
      if (value) localStorage.setItem(`gongkai.${key}`, value);
      else localStorage.removeItem(`gongkai.${key}`);
    } catch {
      // Without storage the choice lasts for this page.
    }
  };

  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      const [key, value] = parts(button);
      const off = value && root.dataset[key] === value;
      choose(key, off ? "" : value);
      paint();
      announce(`${button.dataset.name}已${off ? "关闭" : "打开"}`);
    }),
  );
  paint();

  every(".display", (display) => {
    addEventListener("click", (event) => {
      if (!display.contains(event.target)) display.open = false;
    });
    display.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !display.open) return;
      display.open = false;
      display.firstElementChild.focus();
    });
  });
}
