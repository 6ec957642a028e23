// What is too small on the page as it stands: text below `text` px, targets below `target` px.
// Links inside running text, where the line's height rules, are left out, as WCAG 2.5.8 has it.
([text, target]) => {
  const faults = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest(".aside-voice, .skip, [aria-hidden]");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(parent) || parent.closest("svg, script, template")) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < text) faults.push(`text of ${size} px: ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  const inText = "p:not(.group-more, .contact__organ) a, .prose a, .facts a, .life-line a, .tags a";
  for (const element of document.querySelectorAll("a, button, input, summary")) {
    const box = element.closest(".block-list li, .search-box__row, label") || element;
    const { height } = box.getBoundingClientRect();
    if (!height || !shown(element) || element.matches(inText)) continue;
    if (height < target - 0.5) faults.push(`target of ${height} px: ${element.outerHTML.slice(0, 80)}`);
  }
  return faults;
}
