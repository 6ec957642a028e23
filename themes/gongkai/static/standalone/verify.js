// 核对文件: takes the SHA-256 of a file here and looks it up; the file is sent nowhere.
(() => {
  const box = document.querySelector("[data-verify]");
  if (!box || !window.crypto?.subtle) return; // no digests without https: the page tells the command
  const drop = box.querySelector(".verify__drop");
  const input = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  let asked = 0;
  box.hidden = false;

  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const tell = (state, ...parts) => {
    said.className = `verify__said ${state}`;
    said.replaceChildren(...parts);
  };

  const link = (address, words) => {
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.textContent = words;
    return anchor;
  };

  const look = async (file) => {
    const turn = ++asked;
    tell("", `正在核对“${file.name}”……`);
    try {
      const digest = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      const list = await (await fetch(box.dataset.verify)).json();
      if (turn !== asked) return;
      const found = list[digest];
      if (found) tell("is-known", "是本站公布的原件：", link(found.page, found.title), `。SHA-256：${digest}`);
      else tell("is-unknown", `“${file.name}”与本站公布的文件都不一致：可能被改动过，可能不是本站的文件，也可能是还没有定版的公报。SHA-256：${digest}`);
    } catch {
      if (turn === asked) tell("is-unknown", "没有核对成：文件读不出来，或者现在连不上网站。请再试一次。");
    }
  };

  input.addEventListener("change", () => input.files[0] && look(input.files[0]));
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files[0]) look(event.dataTransfer.files[0]);
  });
})();
