/**
 * The sandbox page: a workbook beside the panel, on this machine, without an account.
 */
import { cellName } from "../a1.js";
import { Problem } from "../api.js";
import { languageFor, loadMessages, translator } from "../i18n.js";
import { asText } from "../views/values.js";
import { createBook } from "./book.js";
import { drawChrome } from "./chrome.js";
import { createDocuments } from "./documents.js";
import { showLab } from "./lab.js";
import { answerPanel } from "./panel_host.js";
import { createSide } from "./side.js";

const asked = new URLSearchParams(window.location.search);
const language = languageFor(asked.get("language") ?? navigator.language);
const theme = asked.get("theme") ?? "system";
document.documentElement.lang = language;
document.documentElement.dataset.theme = theme;
const words = translator(language, await loadMessages(language));
document.title = words.t("sandbox.enrich");

const documents = createDocuments(language);
const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const side = createSide(at("side"), words, asked, { language, theme });
const panel = answerPanel(side.frame, documents, {
  shown: () => book.shown,
  runMoved: () => book.expectChanges(),
});

const book = createBook({
  place: at("grid"),
  documents,
  words,
  onSelect(edited) {
    panel.tell("selection", edited);
    draw();
  },
  onChange: draw,
  onProblem: trouble,
});

/** @type {Problem | null} */
let problem = null;
/** @type {{x: number, y: number, column: number | undefined} | null} */
let menu = null;
let dropping = false;
let opening = "";

/** @param {unknown} error */
function trouble(error) {
  problem = error instanceof Problem ? error : new Problem("failed");
  if (!(error instanceof Problem)) console.error(error);
  draw();
}

const acts = {
  enrich() {
    side.open();
    panel.tell("enrich");
    side.frame.focus();
    draw();
  },
  /** @param {File} file */
  openFile: (file) => void open(file.name, () => documents.upload(file)),
  openSample: () => void open(words.t("sandbox.sample_name"), documents.demo),
  /** @param {string} id */
  openSheet: (id) => void (book.document && book.open(book.document, id).catch(trouble)),
  /** @param {boolean} descending @param {number} [index] of the column; that of the active cell if left out */
  sort(descending, index = book.shown?.selection.active()?.column) {
    const sheet = book.shown?.sheet;
    const column = sheet?.columnAt(index ?? -1);
    if (sheet && column) void book.act(() => documents.sort(sheet.document, sheet.id, column.id, descending, 1));
  },
  insertRow() {
    const sheet = book.shown?.sheet;
    const row = book.shown?.selection.active()?.row;
    if (sheet && row !== undefined) void book.act(() => documents.insert(sheet.document, sheet.id, row));
  },
  deleteRows() {
    const sheet = book.shown?.sheet;
    const block = book.shown?.selection.block();
    if (!sheet || !block) return;
    const rows = sheet.order.slice(block.top, block.bottom + 1).filter((id) => !sheet.rows.get(id)?.hidden);
    if (rows.length) void book.act(() => documents.remove(sheet.document, sheet.id, rows));
  },
  closeMenu() {
    menu = null;
    draw();
  },
  dismiss() {
    problem = null;
    draw();
  },
};

/**
 * Opens a document in place of the one on screen; the panel then reads it.
 * @param {string} name
 * @param {() => Promise<import("./documents.js").OpenDocument>} get
 */
async function open(name, get) {
  if (opening) return;
  opening = name;
  problem = null;
  draw();
  try {
    await book.open(await get());
    panel.tell("enrich");
  } catch (error) {
    trouble(error);
  } finally {
    opening = "";
    draw();
  }
}

function draw() {
  const shown = book.shown;
  const block = shown?.selection.block();
  const active = shown?.selection.active();
  const row = shown && active ? shown.sheet.rows.get(shown.sheet.order[active.row]) : undefined;
  drawChrome(
    {
      words,
      document: book.document,
      sheet: shown?.sheet.id ?? "",
      cell: active ? cellName(active.row, active.column) : "",
      contents: shown && active && row ? asText(words, shown.sheet.value(row, active.column)) : "",
      rows: block ? block.bottom - block.top + 1 : 0,
      cells: block ? (block.bottom - block.top + 1) * (block.right - block.left + 1) : 0,
      hidden: shown ? shown.sheet.order.length - shown.sheet.visible.length : 0,
      panelOpen: side.isOpen(),
      problem,
      menu,
      dropping,
      opening,
      downloadPath: book.document ? documents.downloadPath(book.document.id) : "",
    },
    acts,
  );
  placeMenu();
}

/** @param {boolean} over */
function showDrop(over) {
  dropping = over;
  draw();
}

function placeMenu() {
  const element = document.getElementById("menu");
  if (!element || !menu) return;
  element.style.left = `${Math.min(menu.x, window.innerWidth - element.offsetWidth - 8)}px`;
  element.style.top = `${Math.min(menu.y, window.innerHeight - element.offsetHeight - 8)}px`;
  if (!element.contains(document.activeElement)) element.querySelector("button")?.focus();
}

at("grid").addEventListener("contextmenu", (event) => {
  event.preventDefault();
  menu = { x: event.clientX, y: event.clientY, column: book.shown?.selection.point(event)?.column };
  draw();
});
at("grid").addEventListener("keydown", (event) => {
  const shown = book.shown;
  if ((event.key !== "Delete" && event.key !== "Backspace") || !shown || shown.shown.grid.getCellEditor()) return;
  const block = shown.selection.block();
  if (!block) return;
  const edits = shown.sheet.visible
    .filter(({ position }) => position >= block.top && position <= block.bottom)
    .flatMap((row) => shown.sheet.columns.filter(({ index }) => index >= block.left && index <= block.right).map(({ index }) => ({ row, index, value: null })));
  void book.edit(edits);
});
window.addEventListener("pointerdown", (event) => {
  if (menu && !document.getElementById("menu")?.contains(/** @type {Node} */ (event.target))) acts.closeMenu();
});
window.addEventListener("dragover", (event) => {
  event.preventDefault();
  if (!dropping && event.dataTransfer?.types.includes("Files")) showDrop(true);
});
window.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) showDrop(false);
});
window.addEventListener("drop", (event) => {
  event.preventDefault();
  showDrop(false);
  const file = event.dataTransfer?.files[0];
  if (file) acts.openFile(file);
});
new ResizeObserver(() => book.shown?.shown.resize()).observe(at("grid"));

if (asked.get("lab")) {
  const fail = (/** @type {string} */ failure) => panel.tell("fail", failure);
  const slowDown = (/** @type {number} */ seconds) => void documents.slowDown(seconds).catch(trouble);
  showLab(at("lab"), words, { asked, language, theme, side, fail, pace: await documents.pace(), slowDown });
}
await open(words.t("sandbox.sample_name"), async () => {
  const known = await documents.all();
  return known.find(({ id }) => id === asked.get("document")) ?? known[0] ?? documents.demo();
});
side.load();
