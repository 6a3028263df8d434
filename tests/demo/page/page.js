/** The page around the grid: tools, the menu that the add-on built, its sidebar, and the dialogs it asks for. */
import { Grid } from "./grid.js";
import { blockOf, nameOf, send, watch } from "./sheet.js";

const at = (id) => document.getElementById(id);
let sheet = null;
/** The number of the choice that the page shows, and whether the next news are her own doing. */
let choice = -1;
let quiet = false;

const grid = new Grid(at("grid"), {
  chosen: choose,
  typed: (row, column, text) => act({ act: "type", row, column, text }),
});

async function choose() {
  at("range").value = nameOf(grid.chosen);
  choice = Infinity; // until the server has numbered it, what it told before is older
  choice = (await send("/selected", { ranges: [nameOf(grid.chosen)] })).choice;
}

function act(what) {
  quiet = true;
  return send("/act", what);
}

at("range").addEventListener("change", ({ target }) => {
  const block = sheet && blockOf(target.value, sheet.size);
  if (!block) return void (target.value = nameOf(grid.chosen));
  grid.choose(block, true);
  choose();
});
at("up").addEventListener("click", () => act({ act: "sort", column: grid.chosen.left, down: false }));
at("down").addEventListener("click", () => act({ act: "sort", column: grid.chosen.left, down: true }));
at("insert").addEventListener("click", () => act({ act: "insert", row: grid.chosen.top }));
at("delete").addEventListener("click", () => {
  const { top, bottom } = grid.chosen;
  const rows = Array.from({ length: Math.min(bottom, sheet.rows.length - 1) - top + 1 }, (_, row) => top + row);
  act({ act: "delete", rows });
});
at("close").addEventListener("click", () => (at("side").hidden = true));
at("dialog").addEventListener("close", ({ target }) => target.returnValue === "chosen" && send("/chosen", {}));

watch((told) => {
  if (!told) return void (at("status").textContent = "The demonstration has ended.");
  if (!sheet) at("sidebar").src = told.frame;
  sheet = told;
  at("title").textContent = at("file").textContent = told.title;
  at("person").textContent = told.person;
  at("status").textContent =
    `${(told.rows.length - 1).toLocaleString("en")} rows, ${told.rows[0]?.length ?? 0} columns. ` +
    `The service has called “Google” ${told.calls} times.`;
  grid.show(told, quiet);
  quiet = false;
  if (told.choice <= choice) return;
  choice = told.choice;
  grid.choose(blockOf(told.selected[0] ?? "", told.size), true);
  at("range").value = told.selected.join(", ");
});

/** What the add-on's frame tells; its script runs there, and may only be pressed from here. */
window.addEventListener("message", ({ data, origin, source }) => {
  if (source !== at("sidebar").contentWindow || origin !== new URL(sheet.frame).origin) return;
  if (data.menu) at("menu").replaceChildren(...data.menu.map(([label, name]) => entry(label, name)));
  if (data.sidebar) {
    at("addon").textContent = data.sidebar;
    at("side").hidden = false;
  }
  if (data.dialog) {
    at("dialog").querySelector("h2").textContent = data.dialog;
    at("dialog").returnValue = "";
    at("dialog").showModal();
  }
});

function entry(label, name) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => {
    at("extensions").open = false;
    at("sidebar").contentWindow.postMessage({ press: name }, sheet.frame);
  });
  return button;
}
