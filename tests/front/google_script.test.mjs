import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Book, carried, script, services } from "./google_fake.mjs";

const read = (name) => readFile(new URL(`../../manifest/google/${name}`, import.meta.url), "utf8");
const source = (await Promise.all(["Code.js", "Config.js", "Sheet.js"].map(read))).join("\n");
const pages = { Sidebar: await read("Sidebar.html"), Picker: await read("Picker.html") };

const ROWS = [
  ["Name", "Since", "Score", "Active"],
  ["Zoe", new Date("2026-02-20T09:30:00+01:00"), 12.5, true],
  ["Max", new Date("2026-07-01T00:00:00+02:00"), "", false],
  ["#N/A", "", "0042", ""],
];

function addon(told = {}, person = {}) {
  const book = new Book([{ id: 7, title: "Contacts", rows: ROWS, selected: "A1:D4", ...told }]);
  const me = { account: "zoe@example.com", locale: "en", token: "id-token", allowed: true, ...person };
  const around = services(book, me, pages);
  const functions = script(source, around);
  const ask = (name, ...values) => carried(functions[name](...carried(values)));
  return { ask, book, sheet: book.sheets[0], me, shown: around.shown, functions };
}

const selected = (told, person) => addon(told, person).ask("readSelection").value;
const table = (told, range = "A1:D4") => {
  const { ask } = addon(told);
  return ask("readTable", "7", range, ask("readSelection").value?.hidden ?? []).value;
};

test("the menu appears before anything is authorised", () => {
  const { functions, shown } = addon({}, { allowed: false });
  functions.onInstall();
  assert.deepEqual(shown.menu, [["Enrich selection", "enrichSelection"], ["Open panel", "openPanel"]]);
});

test("the menu speaks French to who does, and English where Google does not tell yet", () => {
  const french = addon({}, { locale: "fr" });
  french.functions.onOpen();
  assert.equal(french.shown.menu[0][0], "Enrichir la sélection");
  const untold = addon();
  Object.defineProperty(untold.me, "locale", { get: () => { throw new Error("not yet"); } });
  untold.functions.onOpen();
  assert.equal(untold.shown.menu[0][0], "Enrich selection");
});

test("every entry of the menu, and everything the sidebar may call, is a function of the script", async () => {
  const { functions, shown } = addon();
  functions.onOpen();
  const listed = /const ALLOWED = \[(.*?)\]/.exec(pages.Sidebar)[1].match(/\w+/g);
  for (const name of [...shown.menu.map(([, entry]) => entry), ...listed]) assert.equal(typeof functions[name], "function", name);
  const open = Object.keys(functions).filter((name) => !name.endsWith("_"));
  const menu = ["onInstall", "onOpen", "enrichSelection", "openPanel"];
  assert.deepEqual(open.filter((name) => !menu.includes(name)).sort(), [...listed].sort());
});

test("the sidebar knows the account that the menu was pressed with, and nothing of it becomes markup", () => {
  const { functions, shown } = addon({}, { account: `"><script>x` });
  functions.enrichSelection();
  assert.match(shown.sidebar.text, /data-account="&#34;&#62;&#60;script&#62;x"/);
  assert.match(shown.sidebar.text, /data-wish="enrich"/);
  assert.ok(!shown.sidebar.text.includes("<?"));
});

test("without consent to every scope the sidebar does not open", () => {
  const { functions, shown } = addon({}, { allowed: false });
  assert.throws(() => functions.openPanel());
  assert.equal(shown.sidebar, null);
});

test("a session is Google's word for who asks", () => {
  assert.deepEqual(addon().ask("session"), { account: "zoe@example.com", value: { id_token: "id-token" } });
  assert.equal(addon({}, { token: null }).ask("session").problem, "no_identity");
});

test("a selection is told by ids and positions, with the sheet's language and time zone, without values", () => {
  assert.deepEqual(selected(), {
    sheet: { host: "google", document: "book-1", sheet: "7" },
    ...{ title: "Contacts", range: "A1:D4", grid: { top: 0, left: 0, bottom: 3, right: 3 } },
    ...{ rows: 4, hidden_rows: 0, hidden: [], protected: false, cell: "A1", grown: false },
    ...{ locale: "fr_FR", time_zone: "Europe/Paris", sheet_rows: 4, sheet_columns: 4 },
  });
});

test("whole columns and rows are clipped to the cells in use", () => {
  assert.equal(selected({ selected: "B:C" }).range, "B1:C4");
  assert.equal(selected({ selected: "2:3" }).range, "A2:D3");
});

test("one cell stands for the table around it", () => {
  const { range, grown, cell } = selected({ selected: "B3" });
  assert.deepEqual({ range, grown, cell }, { range: "A1:D4", grown: true, cell: "B3" });
});

test("nothing filled is no selection", () => {
  assert.equal(selected({ selected: "F10:G12" }), null);
  assert.equal(selected({ rows: [["a", ""], ["b", ""]], selected: "B1:B2" }), null);
  assert.equal(selected({ rows: [], selected: "A1" }), null);
});

test("several ranges are refused, and so is a sheet without cells of its own", () => {
  const { ask, sheet } = addon();
  sheet.select("A1:A3", "C1:C3");
  assert.equal(ask("readSelection").problem, "selection_parts");
  assert.equal(addon({ type: "OBJECT" }).ask("readSelection").problem, "sheet_without_cells");
});

test("rows hidden by hand or by a filter are counted, and their values are not given", () => {
  const told = { hidden: [2], filtered: [3], filter: true };
  const { rows, hidden_rows, hidden } = selected(told);
  assert.deepEqual({ rows, hidden_rows, hidden }, { rows: 2, hidden_rows: 2, hidden: [[2, 2]] });
  assert.deepEqual(table(told).columns[0].values, ["Name", null, null, { error: "#N/A" }]);
});

test("without a filter nobody is asked, row by row, whether it hides something", () => {
  const { ask, sheet } = addon();
  ask("readSelection");
  assert.equal(sheet.asked, 4);
});

test("values keep their types; a date is the serial that the sheet's own clock shows", () => {
  const { columns, top, rows_total, sampled } = table();
  assert.deepEqual({ top, rows_total, sampled }, { top: 0, rows_total: 4, sampled: false });
  assert.deepEqual(columns.map(({ values }) => values), [
    ["Name", "Zoe", "Max", { error: "#N/A" }],
    ["Since", { date: 46073 + 9.5 / 24 }, { date: 46204 }, null],
    ["Score", 12.5, null, "0042"],
    ["Active", true, false, null],
  ]);
});

test("only the columns in play are read", () => {
  assert.deepEqual(table({}, "B2:C3").columns.map(({ index }) => index), [1, 2]);
});

test("cells that must be left alone are listed by position", () => {
  const told = { formulas: { C2: "=1+1" }, merges: ["A3:B4"], rules: ["D2"], protections: [{ range: "A2:A2" }, { range: "B2", warns: true }] };
  assert.deepEqual(table(told, "A2:D4").columns.map(({ obstacles }) => obstacles), [
    { merged: [1, 2], protected: [0] },
    { merged: [1, 2] },
    { formula: [0] },
    { validated: [0] },
  ]);
});

test("a protected sheet is one unless some of it is open, or she may edit it", () => {
  assert.equal(selected({ protections: [{}] }).protected, true);
  assert.equal(selected({ protections: [{ canEdit: true }] }).protected, false);
  const partly = { protections: [{ open: ["B2:B3"] }] };
  assert.equal(selected(partly).protected, false);
  assert.deepEqual(table(partly).columns.map(({ obstacles }) => obstacles.protected), [[0, 1, 2, 3], [0, 3], [0, 1, 2, 3], [0, 1, 2, 3]]);
});

test("a range cut out of a list comes with the list's first rows", () => {
  const rows = [["x"], [""], ["Name"], ["a"], ["b"], ["c"]];
  assert.deepEqual(table({ rows, selected: "A5:A6" }, "A5:A6").above, { top: 2, rows: [["Name"], ["a"]] });
  assert.equal(table().above, null);
});

test("a long list is sampled evenly", () => {
  const rows = Array.from({ length: 30_000 }, (_, at) => [at]);
  const { columns, rows_total, sampled } = table({ rows, selected: "A1:A30000" }, "A1:A30000");
  assert.deepEqual({ rows_total, sampled, count: columns[0].values.length }, { rows_total: 30_000, sampled: true, count: 20_000 });
  assert.deepEqual(columns[0].values.slice(0, 4), [0, 1, 3, 4]);
});

test("heavy rows are sampled too", () => {
  const rows = Array.from({ length: 3000 }, () => ["x".repeat(1000)]);
  const { columns, sampled } = table({ rows, selected: "A1:A3000" }, "A1:A3000");
  assert.ok(sampled && JSON.stringify(columns).length <= 2_000_000);
});

test("rows are shown by selecting them, and that is not taken for her choice", () => {
  const { ask, sheet } = addon();
  const shown = ask("showRows", "7", [4, 2, 3, 2]).value;
  assert.deepEqual(shown, ["A2:D4"]);
  assert.deepEqual(ask("readSelection", shown).value, { shown: "A2" });
  assert.deepEqual(ask("showRows", "7", [2, 4]).value, ["A2:D2", "A4:D4"]);
  assert.deepEqual(ask("readSelection", ["A2:D2", "A4:D4"]).value, { shown: "A4" });
  sheet.select("A1:B2");
  assert.equal(ask("readSelection", shown).value.range, "A1:B2");
  assert.equal(ask("showRows", "9", [1]).problem, "sheet_gone");
});

test("a typed range is read like a selected one", () => {
  const { ask } = addon();
  assert.equal(ask("readTyped", " Contacts!B2:C500 ").value.range, "B2:C4");
  assert.equal(ask("readTyped", "'Contacts'!A:A").value.range, "A1:A4");
  assert.equal(ask("readTyped", "Elsewhere!A1:B2").problem, "range_unclear");
  assert.equal(ask("readTyped", "what?").problem, "range_unclear");
});

test("Google's file dialog is given the open file and the project's number", () => {
  const { ask, shown } = addon();
  ask("chooseFile");
  assert.match(shown.dialog.text, /data-file="book-1"/);
  assert.match(shown.dialog.text, /data-project="000000000000"/);
});
