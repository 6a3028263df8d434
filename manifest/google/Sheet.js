/**
 * The open sheet as plain values: what `google.script.run` carries, which is no Date and nothing undefined. Values are
 * for the preview only; a run reads the sheet again by itself.
 */

/** Rows, and characters of their JSON, that are given whole; of more, an even sample is. The panel's port says why. */
const WHOLE_ROWS_ = 20000;
const WHOLE_SIZE_ = 2000000;
/** Rows from a list's first one in which its header is looked for. */
const HEAD_ROWS_ = 25;
/** Asking row by row whether it is hidden is slow: after so long, the rest is taken for visible. */
const HIDDEN_PATIENCE_ = 5000;
const DAY_ = 86400000;
/** Day 0 of a sheet's dates, 1899-12-30, in JavaScript's milliseconds. */
const DAY_ZERO_ = -25569 * DAY_;
const ERRORS_ = "#N/A #REF! #VALUE! #NAME? #NUM! #DIV/0! #NULL! #ERROR! #SPILL! #CALC!".split(" ");

/** @typedef {[number, number]} Stretch_ the first of some rows that follow each other, from 1, and how many */
/** @typedef {{shown: string}} Shown_ */
/** @typedef {null | boolean | number | string | {date: number} | {error: string}} Cell_ */
/** @typedef {"formula" | "merged" | "validated" | "protected"} Obstacle_ */
/** @typedef {{index: number, values: Cell_[], obstacles: Partial<Record<Obstacle_, number[]>>}} Column_ */
/**
 * @typedef {object} Table_
 * @property {number} top
 * @property {number} rows_total
 * @property {boolean} sampled
 * @property {Column_[]} columns
 * @property {{top: number, rows: Cell_[][]} | null} above
 */
/**
 * @typedef {object} Selected_
 * @property {{host: "google", document: string, sheet: string}} sheet ids, which renaming does not change
 * @property {string} title
 * @property {string} range
 * @property {{top: number, left: number, bottom: number, right: number}} grid the same from 0, all inside
 * @property {number} rows visible ones
 * @property {number} hidden_rows
 * @property {Stretch_[]} hidden
 * @property {boolean} protected true when nothing can be written to the sheet
 * @property {string} cell
 * @property {boolean} grown true when one cell was grown to the table around it
 * @property {string} locale
 * @property {string} time_zone
 * @property {number} sheet_rows how far the cells in use reach
 * @property {number} sheet_columns
 */

/**
 * A range as the panel's `Selection`; null where it holds nothing.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} chosen
 * @param {string} cell
 * @returns {Selected_ | null}
 */
function describe_(sheet, chosen, cell) {
  if (sheet.getType() !== SpreadsheetApp.SheetType.GRID) return refuse_("sheet_without_cells");
  const grown = chosen.getNumRows() === 1 && chosen.getNumColumns() === 1;
  const range = inUse_(sheet, grown ? chosen.getDataRegion() : chosen);
  if (!range || range.isBlank()) return null;
  const book = sheet.getParent();
  const hidden = hiddenRows_(sheet, range.getRow(), range.getNumRows());
  const hiddenCount = hidden.reduce((sum, [, count]) => sum + count, 0);
  return {
    sheet: { host: "google", document: book.getId(), sheet: String(sheet.getSheetId()) },
    title: sheet.getName(),
    range: range.getA1Notation(),
    grid: block_(range),
    rows: range.getNumRows() - hiddenCount,
    hidden_rows: hiddenCount,
    hidden,
    protected: closed_(sheet)?.getUnprotectedRanges().length === 0,
    cell,
    grown,
    locale: book.getSpreadsheetLocale(),
    time_zone: book.getSpreadsheetTimeZone(),
    sheet_rows: sheet.getLastRow(),
    sheet_columns: sheet.getLastColumn(),
  };
}

/**
 * The part of a range that lies inside the cells in use; null where none does. A whole column has a million rows.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 */
function inUse_(sheet, range) {
  const rows = Math.min(range.getLastRow(), sheet.getLastRow()) - range.getRow() + 1;
  const columns = Math.min(range.getLastColumn(), sheet.getLastColumn()) - range.getColumn() + 1;
  return rows > 0 && columns > 0 ? sheet.getRange(range.getRow(), range.getColumn(), rows, columns) : null;
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {number} first
 * @param {number} count
 * @returns {Stretch_[]}
 */
function hiddenRows_(sheet, first, count) {
  const filtered = sheet.getFilter() !== null || sheet.getSlicers().length > 0;
  const until = Date.now() + HIDDEN_PATIENCE_;
  const rows = [];
  for (let row = first; row < first + count && Date.now() < until; row += 1) {
    if (sheet.isRowHiddenByUser(row) || (filtered && sheet.isRowHiddenByFilter(row))) rows.push(row);
  }
  return stretches_(rows);
}

/**
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {Stretch_[]} hidden
 * @returns {Table_}
 */
function table_(sheet, range, hidden) {
  const total = range.getNumRows();
  const most = Math.min(total, WHOLE_ROWS_);
  const columns = columns_(sheet, range, hidden);
  let picked = columns(spread_(total, most));
  const size = JSON.stringify(picked).length;
  const count = size > WHOLE_SIZE_ ? Math.floor((most * WHOLE_SIZE_) / size) : most;
  if (count < most) picked = columns(spread_(total, count));
  const sampled = count < total;
  return { top: range.getRow() - 1, rows_total: total, sampled, columns: picked, above: above_(sheet, range) };
}

/**
 * Reads a range once; returns the columns of any rows of it, which are given by position from 0.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {Stretch_[]} hidden
 */
function columns_(sheet, range, hidden) {
  const { top, left } = block_(range);
  const cell = reader_(sheet);
  const values = range.getValues();
  const formulas = range.getFormulas();
  const rules = range.getDataValidations();
  const covered = { merged: cover_(range, range.getMergedRanges()), protected: guarded_(sheet, range) };
  const unseen = new Set(rowsOf_(hidden).map((row) => row - 1 - top));
  const width = range.getNumColumns();
  /** @type {Record<Obstacle_, (row: number, column: number) => boolean>} */
  const stands = {
    formula: (row, column) => formulas[row][column] !== "",
    validated: (row, column) => rules[row][column] !== null,
    merged: (row, column) => covered.merged[row * width + column] === 1,
    protected: (row, column) => covered.protected[row * width + column] === 1,
  };
  const codes = /** @type {Obstacle_[]} */ (Object.keys(stands));

  /** @param {number[]} rows @returns {Column_[]} */
  return (rows) =>
    Array.from({ length: width }, (_, column) => {
      /** @type {Column_["obstacles"]} */
      const obstacles = {};
      for (const code of codes) {
        const here = (/** @type {number} */ row) => !unseen.has(row) && stands[code](row, column);
        const found = rows.flatMap((row, position) => (here(row) ? position : []));
        if (found.length) obstacles[code] = found;
      }
      const told = rows.map((row) => (unseen.has(row) ? null : cell(values[row][column])));
      return { index: left + column, values: told, obstacles };
    });
}

/**
 * The first rows of the list that a range is cut from, where its header stands; null where the list begins with it.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 */
function above_(sheet, range) {
  const begins = range.getDataRegion(SpreadsheetApp.Dimension.ROWS).getRow();
  const count = Math.min(HEAD_ROWS_, range.getRow() - begins);
  if (count <= 0) return null;
  const cell = reader_(sheet);
  const unseen = new Set(rowsOf_(hiddenRows_(sheet, begins, count)));
  const values = sheet.getRange(begins, range.getColumn(), count, range.getNumColumns()).getValues();
  const told = values.map((row, at) => row.map((value) => (unseen.has(begins + at) ? null : cell(value))));
  return { top: begins - 1, rows: told };
}

/**
 * How a value of Apps Script is told. A date becomes the serial that the cell holds: its moment is written out as the
 * clock of the sheet's time zone shows it, and that is counted from day 0.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @returns {(value: any) => Cell_}
 */
function reader_(sheet) {
  const zone = sheet.getParent().getSpreadsheetTimeZone();
  /** @type {Map<number, number>} */
  const known = new Map();
  const serial = (/** @type {Date} */ date) => {
    const moment = date.getTime();
    if (!known.has(moment)) {
      const clock = Utilities.formatDate(date, zone, "yyyy-MM-dd'T'HH:mm:ss.SSS");
      known.set(moment, (Date.parse(`${clock}Z`) - DAY_ZERO_) / DAY_);
    }
    return known.get(moment) ?? 0;
  };
  return (value) => {
    if (value === "" || value === null || value === undefined) return null;
    if (value instanceof Date) return { date: serial(value) };
    if (typeof value === "string") return ERRORS_.includes(value) ? { error: value } : value;
    if (typeof value === "number" || typeof value === "boolean") return value;
    return { error: "#IMAGE!" }; // a picture in the cell: neither empty nor text
  };
}

/**
 * The protection that keeps the person out of a whole sheet, if one does.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 */
function closed_(sheet) {
  return sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET).find(keepsOut_);
}

/** @param {GoogleAppsScript.Spreadsheet.Protection} protection */
function keepsOut_(protection) {
  return !protection.isWarningOnly() && !protection.canEdit();
}

/**
 * The cells of a range that the person cannot edit, 1 each, row after row.
 * @param {GoogleAppsScript.Spreadsheet.Sheet} sheet
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 */
function guarded_(sheet, range) {
  const closed = closed_(sheet);
  const cells = closed ? cover_(range, [range], closed.getUnprotectedRanges()) : cover_(range, []);
  const parts = sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).filter(keepsOut_);
  cover_(range, parts.map((protection) => protection.getRange()), [], cells);
  return cells;
}

/**
 * Which cells of a range lie in some blocks and not in others: 1 each, row after row.
 * @param {GoogleAppsScript.Spreadsheet.Range} range
 * @param {GoogleAppsScript.Spreadsheet.Range[]} blocks
 * @param {GoogleAppsScript.Spreadsheet.Range[]} [exceptions]
 * @param {Uint8Array} [cells] to go on with
 */
function cover_(range, blocks, exceptions = [], cells = new Uint8Array(range.getNumRows() * range.getNumColumns())) {
  const whole = block_(range);
  const width = range.getNumColumns();
  for (const [ranges, mark] of /** @type {const} */ ([[blocks, 1], [exceptions, 0]])) {
    for (const { top, left, bottom, right } of ranges.map(block_)) {
      const first = Math.max(left, whole.left) - whole.left;
      const last = Math.min(right, whole.right) - whole.left;
      if (first > last) continue;
      for (let row = Math.max(top, whole.top); row <= Math.min(bottom, whole.bottom); row += 1) {
        cells.fill(mark, (row - whole.top) * width + first, (row - whole.top) * width + last + 1);
      }
    }
  }
  return cells;
}

/** @param {GoogleAppsScript.Spreadsheet.Range} range */
function block_(range) {
  const [top, left] = [range.getRow() - 1, range.getColumn() - 1];
  return { top, left, bottom: range.getLastRow() - 1, right: range.getLastColumn() - 1 };
}

/**
 * @param {string} sheetId
 * @returns {GoogleAppsScript.Spreadsheet.Sheet}
 */
function sheet_(sheetId) {
  return SpreadsheetApp.getActive().getSheetById(Number(sheetId)) ?? refuse_("sheet_gone");
}

/**
 * @param {string} text
 * @returns {GoogleAppsScript.Spreadsheet.Range}
 */
function typed_(text) {
  try {
    return SpreadsheetApp.getActive().getRange(text);
  } catch {
    return refuse_("range_unclear");
  }
}

/**
 * So many positions out of a total, from the first, evenly: position i is floor(i × total / count).
 * @param {number} total
 * @param {number} count
 */
function spread_(total, count) {
  return Array.from({ length: count }, (_, at) => Math.floor((at * total) / count));
}

/**
 * @param {Stretch_[]} stretches
 * @returns {number[]} their rows, from 1
 */
function rowsOf_(stretches) {
  return stretches.flatMap(([row, count]) => Array.from({ length: count }, (_, at) => row + at));
}

/**
 * Rows in order, those that follow each other together.
 * @param {number[]} rows from 1
 * @returns {Stretch_[]}
 */
function stretches_(rows) {
  /** @type {Stretch_[]} */
  const found = [];
  for (const row of [...new Set(rows)].sort((left, right) => left - right)) {
    const last = found[found.length - 1];
    if (last && last[0] + last[1] === row) last[1] += 1;
    else found.push([row, 1]);
  }
  return found;
}
