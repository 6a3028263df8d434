/**
 * What is selected, as sheet positions, and the frame drawn around it: dragged, by keyboard, by a column's letter,
 * by a row's number, by the corner.
 *
 * @import { Block } from "../a1.js"
 * @import { SheetGrid } from "./grid.js"
 * @import { SheetModel } from "./sheet.js"
 */
import { SlickRange } from "slickgrid";
import { NUMBERS } from "./grid.js";

const LEAVING = ["Enter", "Tab", "Escape"];

/**
 * @param {HTMLElement} place
 * @param {SheetGrid} shown
 * @param {SheetModel} sheet
 * @param {() => void} onChange
 */
export function createSelection(place, shown, sheet, onChange) {
  const { grid } = shown;
  const frame = document.createElement("div");
  frame.className = "range";
  frame.hidden = true;
  place.querySelector(".grid-canvas-right")?.append(frame);
  const model = /** @type {any} */ (grid.getSelectionModel());
  /** @type {number | null} */
  let firstRow = null;
  /** The grid forgets its active cell when it is drawn anew out of sight; a person does not. */
  let last = { row: 0, cell: 1 };

  model.onSelectedRangesChanged.subscribe(() => {
    draw();
    onChange();
  });

  /** The selected lines and columns of the grid, or null. */
  function range() {
    /** @type {SlickRange | undefined} */
    const last = model.getSelectedRanges().at(-1);
    return last && last.toCell >= 1 ? last : null;
  }

  /** The selected block as sheet positions; null when nothing is selected. @returns {Block | null} */
  function block() {
    const found = range();
    if (!found) return null;
    return {
      top: shown.positionOf(found.fromRow),
      bottom: shown.positionOf(found.toRow),
      left: found.fromCell - 1,
      right: found.toCell - 1,
    };
  }

  /** The active cell as sheet positions. */
  function active() {
    last = grid.getActiveCell() ?? last;
    return last.cell >= 1 ? { row: shown.positionOf(last.row), column: last.cell - 1 } : null;
  }

  /**
   * Selects a block of sheet positions; its first cell becomes active.
   * @param {Block} wanted
   * @param {{scroll?: boolean}} [how]
   */
  function select({ top, bottom, left, right }, { scroll = false } = {}) {
    const from = shown.lineOf(top);
    const to = Math.max(from, bottom >= sheet.order.length ? shown.lineOf(bottom) : shown.lineOf(bottom + 1) - 1);
    grid.getEditorLock()?.commitCurrentEdit();
    if (scroll) grid.scrollRowIntoView(from);
    grid.setActiveCell(from, left + 1, false, true, true);
    model.setSelectedRanges([new SlickRange(from, left + 1, to, right + 1)]);
  }

  /** Selects every cell that the sheet has. */
  function selectUsed() {
    select(sheet.used);
  }

  function draw() {
    const found = range();
    const start = found && grid.getCellNodeBox(found.fromRow, found.fromCell);
    const end = found && grid.getCellNodeBox(found.toRow, found.toCell);
    frame.hidden = !start || !end;
    if (!found || !start || !end) return light(null);
    frame.style.transform = `translate(${start.left - 1}px, ${start.top - 1}px)`;
    frame.style.width = `${end.right - start.left + 1}px`;
    frame.style.height = `${end.bottom - start.top + 2}px`;
    frame.classList.toggle("one", found.fromRow === found.toRow && found.fromCell === found.toCell);
    light(found);
  }

  /** Lights the letters and numbers of the selected columns and rows. @param {SlickRange | null} found */
  function light(found) {
    grid.getColumns().forEach(({ id }, at) => {
      grid.getHeaderColumn(id)?.classList.toggle("lit", found !== null && at >= found.fromCell && at <= found.toCell);
    });
    /** @type {Record<number, Record<string, string>>} */
    const lit = {};
    for (let line = found?.fromRow ?? 0; found && line <= found.toRow; line += 1) lit[line] = { [NUMBERS]: "lit" };
    grid.setCellCssStyles("lit", lit);
  }

  grid.onHeaderClick.subscribe((_event, { column }) => {
    const index = Number(column?.field);
    if (Number.isNaN(index)) return selectUsed();
    select({ ...sheet.used, left: index, right: index });
  });

  grid.onClick.subscribe((event, { row, cell }) => {
    if (cell !== 0) return void (firstRow = null);
    event.preventDefault();
    event.stopImmediatePropagation();
    const position = shown.positionOf(row);
    const extends_ = /** @type {MouseEvent} */ (/** @type {any} */ (event).getNativeEvent()).shiftKey && firstRow !== null;
    const from = extends_ && firstRow !== null ? firstRow : position;
    firstRow = from;
    select({ top: Math.min(from, position), bottom: Math.max(from, position), left: 0, right: sheet.used.right });
  });

  /** Drags over row numbers select whole rows, as in every sheet. @param {PointerEvent} event */
  function numberUnder(event) {
    const found = grid.getCellFromEvent(event);
    return found && found.cell === 0 ? shown.positionOf(found.row) : null;
  }

  /** @type {number | null} */
  let dragged = null;
  place.addEventListener("pointerdown", (event) => {
    dragged = event.button === 0 && !event.shiftKey ? numberUnder(event) : null;
  });
  place.addEventListener("pointermove", (event) => {
    const position = dragged === null || event.buttons !== 1 ? null : numberUnder(event);
    if (position === null || dragged === null) return;
    select({ top: Math.min(dragged, position), bottom: Math.max(dragged, position), left: 0, right: sheet.used.right });
  });

  place.addEventListener(
    "keydown",
    (event) => {
      if (grid.getCellEditor()) {
        // Inside an editor keys belong to its text; the grid would move or select cells with them.
        if (!LEAVING.includes(event.key)) event.stopPropagation();
      } else if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        selectUsed();
      }
    },
    true,
  );

  /**
   * The cell under the pointer, as sheet positions; outside the selection it becomes the selection.
   * @param {MouseEvent} event
   */
  function point(event) {
    const found = grid.getCellFromEvent(event);
    if (!found || found.cell < 1) return null;
    const cell = { row: shown.positionOf(found.row), column: found.cell - 1 };
    const now = block();
    const inside = now && cell.row >= now.top && cell.row <= now.bottom && cell.column >= now.left && cell.column <= now.right;
    if (!inside) select({ top: cell.row, bottom: cell.row, left: cell.column, right: cell.column });
    return cell;
  }

  return { block, active, select, selectUsed, point, draw };
}

/** @typedef {ReturnType<typeof createSelection>} SheetSelection */
