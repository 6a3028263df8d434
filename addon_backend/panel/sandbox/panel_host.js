/**
 * Answers the panel in its frame: what is selected, what the cells hold, who this is.
 *
 * @import { Selection } from "../host/port.js"
 * @import { Documents } from "./documents.js"
 * @import { SheetSelection } from "./selection.js"
 * @import { SheetModel } from "./sheet.js"
 */
import { cellName, rangeName, readRange } from "../a1.js";
import { answerTo } from "../host/bridge.js";
import { Problem } from "../api.js";

/** @typedef {{sheet: SheetModel, selection: SheetSelection}} Open */

/**
 * @param {HTMLIFrameElement} frame
 * @param {Documents} documents
 * @param {{shown: () => Open | null, runMoved: () => void}} book
 */
export function answerPanel(frame, documents, { shown, runMoved }) {
  const panel = /** @type {Window} */ (frame.contentWindow);
  return answerTo(
    { window: panel, origin: window.location.origin },
    {
      ticket: () => documents.ticket(),
      runMoved: () => runMoved(),
      getSelection: () => selected(shown()),
      /** @param {string} range */
      readTable(range) {
        const block = readRange(range);
        const sheet = shown()?.sheet;
        if (!block || !sheet) throw new Problem("selection_empty");
        return sheet.table(block);
      },
      /** @param {number[]} rows */
      showRows(rows) {
        const { sheet, selection } = shown() ?? {};
        if (!sheet || !selection || !rows.length) return;
        const top = Math.min(...rows) - 1;
        selection.select({ top, bottom: Math.max(...rows) - 1, left: 0, right: sheet.used.right }, { scroll: true });
      },
    },
  );
}

/**
 * The selection inside the used cells; one cell stands for the whole list.
 * @param {Open | null} open
 * @returns {Selection | null}
 */
function selected(open) {
  const block = open?.selection.block();
  if (!open || !block) return null;
  const { sheet, selection } = open;
  const { used } = sheet;
  const single = block.top === block.bottom && block.left === block.right;
  const inside = {
    top: block.top,
    left: block.left,
    bottom: Math.min(block.bottom, used.bottom),
    right: Math.min(block.right, used.right),
  };
  const range = single ? used : inside;
  if (inside.top > inside.bottom || inside.left > inside.right || sheet.isBlank(range)) return null;
  const active = selection.active();
  const hidden = sheet.hiddenIn(range);
  return {
    sheet: { host: "local", document: sheet.document, sheet: sheet.id },
    title: sheet.title,
    range: rangeName(range),
    rows: range.bottom - range.top + 1 - hidden,
    hidden_rows: hidden,
    protected: sheet.protected,
    cell: active ? cellName(active.row, active.column) : cellName(block.top, block.left),
    grown: single,
  };
}
