/**
 * The workbook that is open: one document, one of its sheets on screen, kept up to date while something writes.
 *
 * @import { Words } from "../i18n.js"
 * @import { Documents, OpenDocument } from "./documents.js"
 * @import { SheetGrid } from "./grid.js"
 * @import { SheetSelection } from "./selection.js"
 */
import { createGrid } from "./grid.js";
import { createSelection } from "./selection.js";
import { SheetModel } from "./sheet.js";

const BUSY_MILLISECONDS = 500;
const IDLE_MILLISECONDS = 2000;
const BUSY_FOR_MILLISECONDS = 8000;

/** @typedef {{sheet: SheetModel, shown: SheetGrid, selection: SheetSelection, place: HTMLElement}} Shown */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.place
 * @param {Documents} parts.documents
 * @param {Words} parts.words
 * @param {(edited: boolean) => void} parts.onSelect another selection, or other values where a person edited
 * @param {() => void} parts.onChange cells or rows changed
 * @param {(error: unknown) => void} parts.onProblem
 */
export function createBook({ place, documents, words, onSelect, onChange, onProblem }) {
  /** @type {OpenDocument | null} */
  let opened = null;
  /** @type {Shown | null} */
  let now = null;
  let busyUntil = 0;
  let timer = 0;
  /** @type {Promise<void> | null} */
  let refreshing = null;
  let changes = Promise.resolve();

  /** @param {OpenDocument} document @param {string} [sheetId] */
  async function open(document, sheetId = document.sheets[0].id) {
    const { title } = document.sheets.find(({ id }) => id === sheetId) ?? document.sheets[0];
    const sheet = new SheetModel(documents, document.id, sheetId, title);
    await sheet.refresh();
    now?.shown.destroy();
    place.replaceChildren();
    opened = document;
    const inner = place.appendChild(window.document.createElement("div"));
    inner.className = "sheet";
    const shown = createGrid(inner, sheet, words);
    const selection = createSelection(inner, shown, sheet, () => onSelect(false));
    now = { sheet, shown, selection, place: inner };
    shown.onEdit((edits) => void edit(edits));
    label(inner);
    selection.selectUsed();
    shown.grid.scrollRowToTop(0);
    onChange();
    later();
  }

  /**
   * Who listens hears the cells as one grid, and through "Cell" which one is active: letters and numbers are for
   * the eye.
   * @param {HTMLElement} inner
   */
  function label(inner) {
    inner.removeAttribute("role");
    for (const one of inner.querySelectorAll("[tabindex='0']:is(.slick-pane, .slick-viewport, .grid-canvas)")) {
      if (!one.matches(".slick-viewport-top.slick-viewport-right")) one.setAttribute("tabindex", "-1");
    }
    for (const one of inner.querySelectorAll(".slick-pane-header, .slick-pane-left")) one.setAttribute("aria-hidden", "true");
    const cells = inner.querySelector(".grid-canvas-top.grid-canvas-right");
    cells?.setAttribute("role", "grid");
    cells?.setAttribute("aria-label", words.t("sandbox.grid", { title: now?.sheet.title ?? "" }));
  }

  /** Fetches and shows what changed. One at a time: who asks meanwhile gets the same answer. */
  function refresh() {
    refreshing ??= (async () => {
      const mine = now;
      try {
        const news = await mine?.sheet.refresh();
        if (!mine || mine !== now || !news) return;
        if (news.cells.size || news.moved || news.widened) {
          mine.shown.update(news);
          mine.selection.draw();
          onChange();
        }
      } finally {
        refreshing = null;
      }
    })();
    return refreshing;
  }

  /** Looks again soon while a run is writing, now and then otherwise, never in a hidden window. */
  function later() {
    clearTimeout(timer);
    const pause = Date.now() < busyUntil ? BUSY_MILLISECONDS : IDLE_MILLISECONDS;
    timer = window.setTimeout(async () => {
      if (document.visibilityState === "visible") await refresh().catch(onProblem);
      later();
    }, pause);
  }

  /** @param {{row: {id: number}, index: number, value: import("../types.js").CellValue}[]} edits */
  async function edit(edits) {
    if (!now) return;
    const { sheet } = now;
    const cells = edits.flatMap(({ row, index, value }) => {
      const column = sheet.columnAt(index);
      return column ? [{ row: row.id, column: column.id, value }] : [];
    });
    if (cells.length) await change(() => documents.edit(sheet.document, sheet.id, cells));
  }

  /** Does something to the sheet, then shows it; what she is typing is kept first. @param {() => Promise<unknown>} work */
  async function act(work) {
    now?.shown.grid.getEditorLock()?.commitCurrentEdit();
    await change(work);
  }

  /** One after the other: a sort sees what was typed before it. @param {() => Promise<unknown>} work */
  function change(work) {
    changes = changes.then(async () => {
      try {
        await work();
        await refreshing?.catch(() => {}); // it may have looked before the change
        await refresh();
        onSelect(true);
      } catch (error) {
        onProblem(error);
      }
    });
    return changes;
  }

  return {
    open,
    refresh,
    edit,
    act,
    /** A run is writing: look often for a while. */
    expectChanges() {
      busyUntil = Date.now() + BUSY_FOR_MILLISECONDS;
      later();
    },
    get document() {
      return opened;
    },
    get shown() {
      return now;
    },
  };
}

/** @typedef {ReturnType<typeof createBook>} Book */
