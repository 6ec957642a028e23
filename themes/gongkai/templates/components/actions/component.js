// Print, and hand on the address: by the phone's own sheet in the dock, else by copying.
every("[data-print]", (button) => button.addEventListener("click", () => print()));

{
  const addressOf = (button) => {
    const given = button.dataset.share;
    return /^https?:/.test(given) ? given : location.href.split("#")[0];
  };

  // navigator.clipboard is missing on pages that are served without TLS.
  const copyByHand = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject();
  };

  const copy = (text) => (navigator.clipboard ? navigator.clipboard.writeText(text) : copyByHand(text));

  every("[data-share]", (button) =>
    button.addEventListener("click", () => {
      const address = addressOf(button);
      if (button.closest(".dock") && navigator.share) {
        navigator.share({ title: document.title, url: address }).catch(() => {});
        return;
      }
      copy(address).then(
        () => announce("链接已复制"),
        () => announce("没有复制成功，请从地址栏复制"),
      );
    }),
  );
}
