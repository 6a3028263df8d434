/**
 * What stands around the grid: the bar with its files, the toolbar, the cell's contents, the sheets, the menu.
 *
 * @import { Words } from "../i18n.js"
 * @import { OpenDocument } from "./documents.js"
 */
import { html, nothing, render, svg } from "lit/html.js";
import { sentences } from "../views/problem.js";

/**
 * @typedef {object} Scene
 * @property {Words} words
 * @property {OpenDocument | null} document
 * @property {string} sheet
 * @property {string} cell
 * @property {string} contents
 * @property {number} rows how many rows are selected
 * @property {number} cells how many cells are selected
 * @property {number} hidden how many rows of the sheet are hidden
 * @property {boolean} panelOpen
 * @property {import("../api.js").Problem | null} problem
 * @property {{x: number, y: number, column: number | undefined} | null} menu
 * @property {boolean} dropping
 * @property {string} downloadPath
 * @property {string} opening what is being opened, "" when nothing is
 */

/**
 * @typedef {object} Acts
 * @property {() => void} enrich
 * @property {(file: File) => void} openFile
 * @property {() => void} openSample
 * @property {(id: string) => void} openSheet
 * @property {(descending: boolean, column?: number) => void} sort
 * @property {() => void} insertRow
 * @property {() => void} deleteRows
 * @property {() => void} closeMenu
 * @property {() => void} dismiss
 */

const SHAPES = {
  mark: svg`<rect width="32" height="32" rx="8" class="mark-back" /><path class="mark-lines" d="M8 10h9M8 16h7M8 22h9" /><path class="mark-star" d="m21.5 8.5 1.5 4 4 1.5-4 1.5-1.5 4-1.5-4-4-1.5 4-1.5z" />`,
  open: svg`<path d="M2.5 12.5v-9h4l1.5 1.500h5.500v7.500z" />`,
  download: svg`<path d="M8 2.500v7M5 7l3 3 3-3M3 13h10" />`,
  sample: svg`<path d="M3.5 8A4.7 4.7 0 1 1 5 11.500M3.2 12.500V10h2.6" />`,
  up: svg`<path d="M4.5 13V3M2.5 5l2-2 2 2M9 4h2.500M9 8h4M9 12h5" />`,
  down: svg`<path d="M4.5 3v10M2.5 11l2 2 2-2M9 4h5M9 8h4M9 12h2.5" />`,
  insert: svg`<path d="M2.5 3h11M2.5 13h11M8 5.500v5M5.5 8h5" />`,
  remove: svg`<path d="M2.5 3h11M2.5 13h11M5.5 8h5" />`,
};

/** @param {Exclude<keyof typeof SHAPES, "mark">} name */
const icon = (name) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name]}</svg>`;

/**
 * @param {Scene} scene
 * @param {Acts} acts
 */
export function drawChrome(scene, acts) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  render(bar(scene, acts), at("bar"));
  render(tools(scene, acts), at("tools"));
  render(formula(scene), at("formula"));
  render(tabs(scene, acts), at("tabs"));
  render(html`${menu(scene, acts)} ${notice(scene, acts)} ${drop(scene)} ${opening(scene)}`, at("over"));
}

/** @param {Scene} scene @param {Acts} acts */
function bar({ words, document, downloadPath }, acts) {
  /** @param {Event} event */
  const chosen = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (input.files?.[0]) acts.openFile(input.files[0]);
    input.value = "";
  };
  return html`
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">${SHAPES.mark}</svg>
    <div class="names">
      <h1>${document?.title ?? words.t("sandbox.title")}</h1>
      <p>${words.t("sandbox.tagline")}</p>
    </div>
    <div class="files">
      <button type="button" @click=${acts.openSample}>${icon("sample")} ${words.t("sandbox.sample")}</button>
      <label class="button">
        <input type="file" class="unseen" accept=".xlsx,.csv,.tsv,.txt" @change=${chosen} />
        ${icon("open")} ${words.t("sandbox.open")}
      </label>
      <a class="button" href=${downloadPath || "#"} download>${icon("download")} ${words.t("sandbox.download")}</a>
    </div>
  `;
}

/** @param {Scene} scene @param {Acts} acts */
function tools({ words }, acts) {
  return html`<div role="toolbar" aria-label=${words.t("sandbox.toolbar")}>
    <button type="button" @click=${() => acts.sort(false)}>${icon("up")} ${words.t("sandbox.sort_up")}</button>
    <button type="button" @click=${() => acts.sort(true)}>${icon("down")} ${words.t("sandbox.sort_down")}</button>
    <span class="gap"></span>
    <button type="button" @click=${acts.insertRow}>${icon("insert")} ${words.t("sandbox.insert_row")}</button>
    <button type="button" @click=${acts.deleteRows}>${icon("remove")} ${words.t("sandbox.delete")}</button>
    <button type="button" class="enrich" @click=${acts.enrich}>${words.t("sandbox.enrich")}</button>
  </div>`;
}

/** @param {Scene} scene */
function formula({ words, cell, contents }) {
  return html`<output class="cell" aria-label=${words.t("sandbox.cell")}>${cell}</output>
    <output class="contents" aria-label=${words.t("sandbox.formula")}>${contents}</output>`;
}

/** @param {Scene} scene @param {Acts} acts */
function tabs({ words, document, sheet, cells, hidden }, acts) {
  return html`<div class="sheets" role="group" aria-label=${words.t("sandbox.sheets")}>
      ${document?.sheets.map(
        ({ id, title }) => html`<button type="button" aria-pressed=${id === sheet ? "true" : "false"} @click=${() => acts.openSheet(id)}>
          ${title}
        </button>`,
      )}
    </div>
    <p>
      ${hidden ? html`<span>${words.t("sandbox.rows_hidden", { count: hidden })}</span>` : nothing}
      <span>${cells > 1 ? words.t("sandbox.selected_count", { count: cells }) : ""}</span>
    </p>`;
}

/** @param {Scene} scene @param {Acts} acts */
function menu({ words, menu, rows }, acts) {
  if (!menu) return nothing;
  /** @type {[string, () => void][]} */
  const entries = [
    [words.t("sandbox.enrich"), acts.enrich],
    [words.t("sandbox.sort_up"), () => acts.sort(false, menu.column)],
    [words.t("sandbox.sort_down"), () => acts.sort(true, menu.column)],
    [words.t("sandbox.insert_row"), acts.insertRow],
    [words.t("sandbox.delete_rows", { count: Math.max(1, rows) }), acts.deleteRows],
  ];
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const all = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")];
    const at = all.findIndex((one) => one === globalThis.document.activeElement);
    if (event.key === "Escape" || event.key === "Tab") acts.closeMenu();
    else if (event.key === "ArrowDown") all[(at + 1) % all.length].focus();
    else if (event.key === "ArrowUp") all[(at - 1 + all.length) % all.length].focus();
    else return;
    event.preventDefault();
  };
  return html`<div class="menu" id="menu" role="menu" tabindex="-1" @keydown=${move}>
    ${entries.map(
      ([label, act]) => html`<button
        type="button"
        role="menuitem"
        @click=${() => {
          acts.closeMenu();
          act();
        }}
      >
        ${label}
      </button>`,
    )}
  </div>`;
}

/** @param {Scene} scene @param {Acts} acts */
function notice({ words, problem }, acts) {
  if (!problem) return nothing;
  const { title, detail } = sentences(words, problem);
  return html`<div class="notice" role="alert">
    <p><strong>${title}</strong> ${detail}</p>
    <button type="button" @click=${acts.dismiss}>${words.t("sandbox.dismiss")}</button>
  </div>`;
}

/** @param {Scene} scene */
function drop({ words, dropping }) {
  return dropping ? html`<div class="drop"><p>${words.t("sandbox.drop")}</p></div>` : nothing;
}

/** @param {Scene} scene */
function opening({ words, opening }) {
  return html`<div role="status">
    ${opening ? html`<p class="notice"><span class="dots" aria-hidden="true"></span> ${words.t("sandbox.opening", { name: opening })}</p>` : nothing}
  </div>`;
}
