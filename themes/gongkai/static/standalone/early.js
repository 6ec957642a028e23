// Runs before the first paint: says that scripts work, and restores the reader's theme and size.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    for (const key of ["theme", "size"]) {
      const value = localStorage.getItem(`gongkai.${key}`);
      if (value) root.dataset[key] = value;
    }
  } catch {
    // Storage may be switched off; the page then follows the system.
  }
})();
