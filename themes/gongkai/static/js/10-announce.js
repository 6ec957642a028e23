// Says a short sentence to screen readers, and shows it for a moment to everyone else.
const announce = (() => {
  const status = document.getElementById("status");
  let timer;
  return (text) => {
    clearTimeout(timer);
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 50);
    timer = setTimeout(() => (status.textContent = ""), 4000);
  };
})();

const every = (selector, visit) => document.querySelectorAll(selector).forEach(visit);
