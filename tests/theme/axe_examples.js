// Puts each example on the stage in turn and lists what axe finds in it.
// Rules about whole pages are left to the whole pages.
async (examples) => {
  const stage = document.getElementById("stage");
  const page = ["region", "heading-order", "page-has-heading-one", "landmark-banner-is-top-level",
    "landmark-contentinfo-is-top-level", "landmark-complementary-is-top-level", "skip-link"];
  const rules = Object.fromEntries(page.map((id) => [id, { enabled: false }]));
  const faults = [];
  for (const [name, html] of examples) {
    stage.innerHTML = html;
    const found = await axe.run(stage, { rules, resultTypes: ["violations"] });
    for (const rule of found.violations)
      for (const node of rule.nodes) faults.push(`${name}: ${rule.id}: ${node.html.slice(0, 160)}`);
  }
  return faults;
}
