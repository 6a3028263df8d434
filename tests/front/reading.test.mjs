import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, inSheetRows } from "../../addon_backend/panel/reading.js";

const sheet = { host: "local", document: "d", sheet: "s" };
const settings = { recipeName: "standard", recipe: null, kinds: { 3: "phone" }, headerRow: 2 };
const before = { selection: { sheet, range: "A1:C9" }, settings };

test("the same selection keeps what was set", () => {
  assert.deepEqual(forget(before, { sheet, range: "A1:C9" }), {});
});

test("another range looks for its header anew and keeps what columns mean", () => {
  const { preview, settings: after } = forget(before, { sheet, range: "A1:C20" });
  assert.equal(preview, null);
  assert.equal(after.headerRow, "find");
  assert.deepEqual(after.kinds, { 3: "phone" });
});

test("another sheet's columns mean what they mean there", () => {
  assert.deepEqual(forget(before, { sheet: { ...sheet, sheet: "other" }, range: "A1:C9" }).settings.kinds, {});
});

test("an example of a sample names the row of the sheet", () => {
  const preview = { examples: [{ row: 11, cells: [] }, { row: 15, cells: [] }] };
  const table = { top: 10, rows_total: 100, sampled: true, columns: [{ index: 0, values: Array(20).fill(null), obstacles: {} }] };
  assert.deepEqual(inSheetRows(preview, table).examples.map(({ row }) => row), [11, 31]);
  assert.equal(inSheetRows(preview, { ...table, sampled: false }), preview);
});
