import assert from "node:assert/strict";
import { test } from "node:test";
import { forgotten, narrowed, rangeOf, widened } from "../../addon_backend/panel/new_rows.js";
import { forget } from "../../addon_backend/panel/reading.js";
import { firstState } from "../../addon_backend/panel/state.js";

const recipe = { name: "complete", clean_default: "beside", clean: {}, fill: ["country"], sources: [], duplicates: true };
const selection = { sheet: { host: "local", document: "d", sheet: "s" }, range: "A1:F24", title: "", rows: 23, hidden_rows: 0, cell: "A1", grown: true };
const columns = [{ index: 0, kind: "email" }, { index: 1, kind: "country" }];
const known = (range, new_rows = 3) => ({ columns, known: { run: "r", recipe, new_rows, range } });
const opened = { ...firstState(), selection };

test("a list with new rows at its end opens on those, with the recipe of then and without duplicates", () => {
  const state = { ...opened, ...narrowed(opened, known("A22:F24")) };
  assert.equal(rangeOf(state), "A22:F24");
  assert.deepEqual(state.settings.recipe, { ...recipe, duplicates: false });
});

test("new rows among the others are run with the whole list, duplicates and all", () => {
  const state = { ...opened, ...narrowed(opened, known(null)) };
  assert.equal(rangeOf(state), "A1:F24");
  assert.deepEqual(state.settings.recipe, recipe);
});

test("a part's columns mean what they mean in the whole list", () => {
  assert.deepEqual(narrowed(opened, known("A22:F24"))?.settings.kinds, { 0: "email", 1: "country" });
});

test("without a new row, and for who wants the whole list, nothing is narrowed", () => {
  assert.equal(narrowed(opened, { columns, known: null }), null);
  assert.equal(narrowed(opened, known(null, 0)), null);
  assert.equal(narrowed({ ...opened, whole: true }, known("A22:F24")), null);
});

test("what she has chosen herself stays", () => {
  const chosen = { ...opened, settings: { ...opened.settings, recipeName: "clean" } };
  const kinds = { 0: "email", 1: "country" };
  assert.deepEqual(narrowed(chosen, known("A22:F24"))?.settings, { ...chosen.settings, kinds });
  const corrected = { ...opened, settings: { ...opened.settings, kinds: { 1: "text" } } };
  assert.deepEqual(narrowed(corrected, known("A22:F24"))?.settings.kinds, { 0: "email", 1: "text" });
});

test("the whole list after all looks for duplicates again, and stays whole", () => {
  const state = { ...opened, ...narrowed(opened, known("A22:F24")) };
  const whole = { ...state, ...widened(state) };
  assert.equal(rangeOf(whole), "A1:F24");
  assert.deepEqual(whole.settings.recipe, recipe);
  assert.equal(narrowed(whole, known("A22:F24")), null);
});

test("after the run, and for another list, the settings are those from before", () => {
  const state = { ...opened, ...narrowed(opened, known("A22:F24")) };
  assert.deepEqual(forgotten(state).settings, opened.settings);
  const other = forget(state, { ...selection, range: "H1:K9" });
  assert.equal(other.part, null);
  assert.deepEqual(other.settings, opened.settings);
  assert.deepEqual(forget(state, selection), {});
});
