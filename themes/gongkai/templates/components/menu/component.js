// The menu button of phones; wide screens show the menu always.
every(".header__menu", (button) => {
  const menu = document.getElementById("menu");
  const show = (open) => {
    menu.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", open);
  };
  button.addEventListener("click", () => show(!menu.hasAttribute("data-open")));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || getComputedStyle(button).display === "none") return;
    show(false);
    button.focus();
  });
});
