/**
 * The sheet on screen: SlickGrid dressed as a spreadsheet. Column 0 of the grid is the row numbers; the sheet's own
 * header row is an ordinary first row. Rows are those that are not hidden, then some empty ones.
 *
 * @import { Block } from "../a1.js"
 * @import { Words } from "../i18n.js"
 * @import { CellValue } from "../types.js"
 * @import { Row } from "./documents.js"
 * @import { News, SheetModel } from "./sheet.js"
 */
import { Editors, SlickCellRangeSelector, SlickCellSelectionModel } from "slickgrid";
import { letter } from "../a1.js";
import { asText } from "../views/values.js";
import { StrictGrid } from "./strict_grid.js";
import { typed } from "./sheet.js";

const ROW_HEIGHT = 27;
const SPARE_ROWS = 30;
const SPARE_COLUMNS = 3;
const LEAST_COLUMNS = 16;
const LOOKED_AT = 80;
const FLASH_MILLISECONDS = 1800;
export const NUMBERS = "numbers";

/** @typedef {{row: Row | null, number: number}} Line a row of the sheet, or an empty one below it; number from 1 */

/**
 * @param {HTMLElement} place
 * @param {SheetModel} sheet
 * @param {Words} words
 */
export function createGrid(place, sheet, words) {
  /** @type {Line[]} */
  let lines = [];
  let flashes = 0;
  /** Columns that came while we looked on. @type {Set<number>} */
  const added = new Set();

  /** A line of text that begins with what the cell shows. */
  class CellEditor extends Editors.Text {
    /** @override @param {Line} line */
    loadValue(line) {
      const { field, sheetIndex } = /** @type {any} */ (this.args.column);
      super.loadValue({ [field]: asText(words, valueAt(line, sheetIndex)) });
    }
  }

  const data = {
    getLength: () => lines.length,
    getItem: (/** @type {number} */ at) => lines[at],
    getItemMetadata: () => null,
  };
  const grid = new StrictGrid(place, data, columns(), {
    rowHeight: ROW_HEIGHT,
    frozenColumn: 0,
    editable: true,
    autoEdit: false,
    autoEditByKeypress: true,
    autoCommitEdit: true,
    enableCellNavigation: true,
    enableColumnReorder: false,
    enableHtmlRendering: false,
    enableTextSelectionOnCells: false,
    dataItemColumnValueExtractor: (/** @type {Line} */ line, /** @type {any} */ column) => valueAt(line, column.sheetIndex),
    editCommandHandler: () => {},
    selectedCellCssClass: "selected",
  });
  const quiet = { border: "0" };
  const ranges = new SlickCellRangeSelector(/** @type {any} */ ({ selectionCss: quiet, copyToSelectionCss: quiet }));
  grid.setSelectionModel(/** @type {any} */ (new SlickCellSelectionModel({ selectActiveCell: true, cellRangeSelector: ranges })));
  arrange();

  grid.onBeforeEditCell.subscribe((_event, { item, column }) => {
    // A formula stays what it is: nothing here computes it.
    return !(/** @type {Line} */ (item)?.row?.obstacles.formula?.includes(/** @type {any} */ (column).sheetIndex));
  });

  /** @param {Line | undefined} line @param {number} index */
  function valueAt(line, index) {
    return line?.row ? sheet.value(line.row, index) : null;
  }

  /** Puts the visible rows and the spare ones in order. */
  function arrange() {
    lines = sheet.visible.map((row) => ({ row, number: row.position + 1 }));
    const first = sheet.order.length + 1;
    for (let spare = 0; spare < SPARE_ROWS; spare += 1) lines.push({ row: null, number: first + spare });
    grid.updateRowCount();
    grid.invalidate();
  }

  function columns() {
    const used = sheet.used.right + 1;
    const count = Math.max(used + SPARE_COLUMNS, LEAST_COLUMNS);
    const digits = String(sheet.order.length + SPARE_ROWS).length;
    const numbers = {
      id: NUMBERS,
      name: "",
      field: NUMBERS,
      width: 22 + digits * 8,
      selectable: false,
      focusable: false,
      resizable: false,
      cssClass: "numbers",
      formatter: (/** @type {number} */ _row, /** @type {number} */ _cell, /** @type {any} */ _value, /** @type {any} */ _column, /** @type {Line} */ line) =>
        String(line.number),
    };
    return [numbers, ...Array.from({ length: count }, (_, index) => column(index))];
  }

  /** @param {number} index of the sheet column */
  function column(index) {
    const known = sheet.columnAt(index);
    return {
      id: known?.id ?? `spare-${index}`,
      name: letter(index),
      field: String(index),
      sheetIndex: index,
      width: widthOf(index),
      minWidth: 40,
      headerCssClass: added.has(index) ? "added" : "",
      cssClass: added.has(index) ? "added" : "",
      editor: known ? /** @type {any} */ (CellEditor) : undefined,
      formatter: cellText,
    };
  }

  /** @param {number} index */
  function widthOf(index) {
    if (!sheet.columnAt(index)) return 96;
    const longest = sheet.visible.slice(0, LOOKED_AT).reduce((most, row) => Math.max(most, asText(words, sheet.value(row, index)).length), 0);
    return Math.min(190, Math.max(72, 24 + longest * 7));
  }

  /**
   * @param {number} _row
   * @param {number} _cell
   * @param {CellValue} value
   * @param {any} column
   * @param {Line} line
   */
  function cellText(_row, _cell, value, column, line) {
    const text = asText(words, value);
    const classes = [
      line.row?.obstacles.formula?.includes(column.sheetIndex) ? "formula" : "",
      typeof value === "number" || (value && typeof value === "object" && "date" in value) ? "number" : "",
      typeof value === "boolean" || (value && typeof value === "object" && "error" in value) ? "middle" : "",
    ].filter(Boolean);
    return classes.length ? { text, addClasses: classes.join(" ") } : text;
  }

  /** New columns and other rows, while a cell is edited: SlickGrid drops an open editor with what is typed in it. */
  let owed = { moved: false, widened: false };

  grid.onBeforeCellEditorDestroy.subscribe(() => {
    const { moved, widened } = owed;
    owed = { moved: false, widened: false };
    queueMicrotask(() => update({ cells: new Map(), moved, widened }));
  });

  /**
   * Shows what a refresh brought; while a cell is edited, its row, new columns and another order wait.
   * @param {News} news
   */
  function update({ cells, moved, widened }) {
    if (!cells.size && !moved && !widened) return;
    const editing = grid.getCellEditor() ? grid.getActiveCell()?.row : undefined;
    if (editing !== undefined) {
      owed = { moved: owed.moved || moved, widened: owed.widened || widened };
      return showCells(cells, editing);
    }
    if (widened) {
      const known = grid.getColumns().filter((one) => !String(one.id).startsWith("spare-")).length - 1;
      for (let index = known; known > 0 && index <= sheet.used.right; index += 1) added.add(index);
    }
    if (widened || (added.size && cells.size)) refitColumns(widened);
    if (widened && added.size) showAdded();
    return moved ? arrange() : showCells(cells);
  }

  /**
   * Draws and flashes the cells whose value is another.
   * @param {News["cells"]} cells
   * @param {number} [editing] the line that is being edited
   */
  function showCells(cells, editing) {
    lines = lines.map((line) => (line.row && sheet.rows.get(line.row.id) !== line.row ? { ...line, row: sheet.rows.get(line.row.id) ?? null } : line));
    /** @type {Record<number, Record<string, string>>} */
    const flash = {};
    const rows = lines.flatMap(({ row }, at) => {
      const changed = row && cells.get(row.id);
      if (!row || !changed || at === editing) return [];
      flash[at] = Object.fromEntries(changed.flatMap((index) => (sheet.value(row, index) === null ? [] : [[sheet.columnAt(index)?.id ?? "", "flash"]])));
      return [at];
    });
    grid.invalidateRows(rows);
    grid.render();
    const name = `flash-${(flashes += 1)}`;
    grid.setCellCssStyles(name, flash);
    setTimeout(() => grid.removeCellCssStyles(name), FLASH_MILLISECONDS);
  }

  /** New columns start narrow and grow with what is written into them. @param {boolean} widened */
  function refitColumns(widened) {
    if (widened) return setColumns(/** @type {any} */ (columns()));
    let grew = false;
    for (const one of grid.getColumns()) {
      const index = Number(one.field);
      const width = added.has(index) ? widthOf(index) : 0;
      if (width > (one.width ?? 0)) grew = Boolean((one.width = width));
    }
    if (grew) setColumns(grid.getColumns());
  }

  /** SlickGrid forgets the active cell with its columns; a person does not. @param {any[]} wanted */
  function setColumns(wanted) {
    const active = grid.getActiveCell();
    grid.setColumns(wanted);
    if (active) grid.setActiveCell(active.row, active.cell, false, true, true);
  }

  /** Scrolls sideways, once, so that the new columns are seen, and at least one column that stands before them. */
  function showAdded() {
    const row = grid.getViewport().top;
    grid.scrollCellIntoView(row, Math.max(...added) + 1, false);
    grid.scrollCellIntoView(row, Math.min(...added), false);
  }

  /** The line of the grid at which a sheet row (from 0) or the next visible one stands. @param {number} position */
  function lineOf(position) {
    const at = lines.findIndex(({ number }) => number - 1 >= position);
    return at < 0 ? lines.length - 1 : at;
  }

  /** The visible row of a grid line. @param {number} line */
  const rowAt = (line) => lines[line]?.row ?? null;

  /**
   * Calls back with what a person typed or cleared.
   * @param {(edits: {row: Row, index: number, value: CellValue}[]) => void} listener
   */
  function onEdit(listener) {
    grid.setOptions({
      editCommandHandler: (/** @type {Line} */ { row }, /** @type {any} */ column, /** @type {any} */ command) => {
        if (row) listener([{ row, index: column.sheetIndex, value: typed(String(command.serializedValue)) }]);
      },
    });
  }

  return {
    grid,
    update,
    onEdit,
    lineOf,
    rowAt,
    /** The sheet position of a grid line, from 0. @param {number} line */
    positionOf: (line) => (lines[line]?.number ?? 1) - 1,
    resize: () => grid.resizeCanvas(),
    destroy: () => grid.destroy(true),
  };
}

/** @typedef {ReturnType<typeof createGrid>} SheetGrid */
