import assert from "node:assert/strict";
import { test } from "node:test";
import { cellName, letter, rangeName, readRange } from "../../addon_backend/panel/a1.js";
import { SheetModel, typed } from "../../addon_backend/panel/sandbox/sheet.js";

const columns = (...letters) => letters.map((one, index) => ({ id: `c-${one}`, index, letter: one }));
const row = (id, position, cells, more = {}) => ({ id, position, hidden: false, cells, obstacles: {}, ...more });

/** A model that has seen a first page: a header and three rows, the third hidden. */
function sheet() {
  const model = new SheetModel({}, "d", "s", "People");
  model.take({
    revision: 1,
    rows_total: 4,
    columns: columns("A", "B"),
    order: [1, 2, 3, 4],
    rows: [row(1, 0, ["Name", "Phone"]), row(2, 1, ["Ada", null]), row(3, 2, ["Bo", "1"], { hidden: true }), row(4, 3, ["Cy", "2"], { obstacles: { formula: [1], merged: [0, 1] } })],
  });
  return model;
}

test("letters and ranges are read and written as in a sheet", () => {
  assert.deepEqual([0, 25, 26, 701, 702].map(letter), ["A", "Z", "AA", "ZZ", "AAA"]);
  assert.equal(cellName(11, 3), "D12");
  assert.equal(rangeName({ top: 0, left: 0, bottom: 320, right: 12 }), "A1:M321");
  assert.deepEqual(readRange("M321:A1"), { top: 0, left: 0, bottom: 320, right: 12 });
  assert.equal(readRange("A0"), null);
  assert.equal(readRange("Sheet1!A1"), null);
});

test("a hidden row is neither seen nor sent", () => {
  const model = sheet();
  assert.deepEqual(model.visible.map(({ id }) => id), [1, 2, 4]);
  const table = model.table(model.used);
  assert.deepEqual(table.columns[0].values, ["Name", "Ada", null, "Cy"]);
  assert.equal(model.hiddenIn(model.used), 1);
});

test("what stands in the way is named by its position in the selection", () => {
  assert.deepEqual(sheet().table({ top: 1, left: 1, bottom: 3, right: 1 }), {
    top: 1,
    rows_total: 3,
    sampled: false,
    columns: [{ index: 1, values: [null, null, "2"], obstacles: { formula: [2], merged: [2] } }],
    above: { top: 0, rows: [["Phone"]] },
  });
});

test("rows from the middle of a list come with its first rows, hidden ones blank", () => {
  const { above } = sheet().table({ top: 3, left: 0, bottom: 3, right: 0 });
  assert.deepEqual(above, { top: 0, rows: [["Name"], ["Ada"], [null]] });
  assert.equal(sheet().table(sheet().used).above, null);
});

test("a blank row ends the list above a selection", () => {
  const model = sheet();
  model.take({ revision: 2, rows_total: 4, columns: columns("A", "B"), rows: [row(2, 1, [null, ""])] });
  assert.equal(model.table({ top: 2, left: 0, bottom: 3, right: 1 }).above, null);
  assert.deepEqual(model.table({ top: 3, left: 0, bottom: 3, right: 0 }).above, { top: 2, rows: [[null]] });
});

test("only cells whose value is another are news", () => {
  const news = sheet().take({ revision: 2, rows_total: 4, columns: columns("A", "B"), rows: [row(2, 1, ["Ada", "3"])] });
  assert.deepEqual([...news.cells], [[2, [1]]]);
  assert.equal(news.moved, false);
});

test("a new column is news, and what stood before is not", () => {
  const model = sheet();
  const news = model.take({ revision: 2, rows_total: 4, columns: columns("A", "B", "C"), rows: [row(2, 1, ["Ada", null, "FR"])] });
  assert.equal(news.widened, true);
  assert.deepEqual([...news.cells], [[2, [2]]]);
  assert.equal(model.used.right, 2);
});

test("after a sort rows keep their ids, and a deleted row is gone", () => {
  const model = sheet();
  const news = model.take({ revision: 2, rows_total: 3, columns: columns("A", "B"), order: [1, 4, 2], rows: [] });
  assert.equal(news.moved, true);
  assert.deepEqual(model.visible.map(({ id, position }) => [id, position]), [[1, 0], [4, 1], [2, 2]]);
});

test("a date that stays the same day is no news", () => {
  const model = sheet();
  model.take({ revision: 2, rows_total: 4, columns: columns("A", "B"), rows: [row(2, 1, ["Ada", { date: 46073 }])] });
  const news = model.take({ revision: 3, rows_total: 4, columns: columns("A", "B"), rows: [row(2, 1, ["Ada", { date: 46073 }])] });
  assert.equal(news.cells.size, 0);
});

test("a list too long to send whole is sampled from end to end", () => {
  const model = new SheetModel({}, "d", "s", "Long");
  const ids = Array.from({ length: 50_000 }, (_, id) => id);
  model.take({ revision: 1, rows_total: 50_000, columns: columns("A"), order: ids, rows: ids.map((id) => row(id, id, [id])) });
  const table = model.table(model.used);
  assert.equal(table.sampled, true);
  assert.equal(table.rows_total, 50_000);
  assert.equal(table.columns[0].values.length, 20_000);
  assert.ok(Number(table.columns[0].values.at(-1)) > 49_990);
});

test("a list too heavy to send whole is sampled, too", () => {
  const model = new SheetModel({}, "d", "s", "Heavy");
  const ids = Array.from({ length: 5000 }, (_, id) => id);
  model.take({ revision: 1, rows_total: 5000, columns: columns("A"), order: ids, rows: ids.map((id) => row(id, id, ["x".repeat(1000)])) });
  const table = model.table(model.used);
  assert.equal(table.sampled, true);
  assert.ok(JSON.stringify(table).length < 2_100_000);
  assert.ok(table.columns[0].values.length > 1500);
});

test("what looks like a phone number or a postcode stays text", () => {
  assert.deepEqual(["", "12", "-1.5", "0612", "+33 6", "TRUE", "0", "1e5"].map(typed), [null, 12, -1.5, "0612", "+33 6", true, 0, "1e5"]);
});
