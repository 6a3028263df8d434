/**
 * What follows from a selection that was read anew.
 *
 * @import { Selection } from "./host/port.js"
 * @import { State } from "./state.js"
 * @import { Preview, Table } from "./types.js"
 */
import { forgotten } from "./new_rows.js";

/**
 * What no longer holds for a new selection: its preview, the header row, and on another sheet the columns' kinds.
 * @param {State} state
 * @param {Selection} selection
 * @returns {Partial<State>}
 */
export function forget(state, { sheet, range }) {
  const { selection: before } = state;
  if (isSame({ sheet, range }, before)) return {};
  const { settings, ...rest } = forgotten(state);
  const same = before !== null && isSame({ sheet, range }, { ...before, range });
  return { ...rest, preview: null, settings: { ...settings, headerRow: "find", kinds: same ? settings.kinds : {} } };
}

/**
 * True when two selections are of the same range of the same sheet.
 * @param {Pick<Selection, "sheet" | "range">} now
 * @param {Pick<Selection, "sheet" | "range"> | null} before
 */
export function isSame({ sheet, range }, before) {
  return before?.sheet.document === sheet.document && before.sheet.sheet === sheet.sheet && before.range === range;
}

/**
 * A preview of a sample counts the sample's rows; a person counts those of her sheet.
 * @param {Preview} preview
 * @param {Table} table
 * @returns {Preview}
 */
export function inSheetRows(preview, { top, rows_total, sampled, columns }) {
  if (!sampled) return preview;
  const count = columns[0]?.values.length || 1;
  const row = (/** @type {number} */ told) => top + Math.floor(((told - 1 - top) * rows_total) / count) + 1;
  return { ...preview, examples: preview.examples.map((example) => ({ ...example, row: row(example.row) })) };
}
