"use strict";
for (const table of document.querySelectorAll("table.records")) {
  const groups = [...table.tBodies], box = document.createElement("p"), label = document.createElement("label");
  const input = document.createElement("input"), said = document.createElement("span");
  input.type = "search";
  label.append(table.dataset.search + " ", input);
  said.setAttribute("role", "status");
  said.className = "small";
  box.className = "find";
  box.append(label, " ", said);
  table.closest(".scroll").before(box);
  const rows = () => groups.flatMap(g => [...g.rows].filter(r => !r.classList.contains("why")));
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    let n = 0;
    for (const row of rows()) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) n++;
    }
    said.textContent = wanted ? table.dataset.found.replace("#", n) : "";
  });
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  table.tHead.querySelectorAll("th").forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      for (const group of groups) {
        const mine = [...group.rows].filter(r => !r.classList.contains("why"));
        const text = r => r.cells[i].dataset.sort || r.cells[i].textContent;
        mine.sort((a, b) => (up ? 1 : -1) * compare(text(a), text(b)));
        group.append(...mine);
      }
    });
  });
}
