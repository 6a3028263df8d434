/**
 * One cell's value as a person reads it in a sheet.
 *
 * @import { Words } from "../i18n.js"
 * @import { CellValue } from "../types.js"
 */
import { html } from "lit/html.js";

/**
 * @param {Words} words
 * @param {CellValue} value
 */
export function asText(words, value) {
  if (value === null || value === "") return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value;
  return "date" in value ? words.serial(value.date) : value.error;
}

/**
 * "before → after", with the empty cell said in words.
 * @param {Words} words
 * @param {CellValue} before
 * @param {CellValue} after
 */
export function change(words, before, after) {
  const was = spacesShown(asText(words, before));
  const is = spacesShown(asText(words, after));
  return html`<span class="change">
    ${was ? html`<del>${was}</del>` : html`<span class="empty">${words.t("value.empty")}</span>`}
    <span class="to"><span class="unseen">${words.t("value.becomes")}</span><span aria-hidden="true">→</span></span>
    ${is ? html`<ins>${is}</ins>` : html`<span class="empty">${words.t("value.empty")}</span>`}
  </span>`;
}

/**
 * Spaces that nobody sees, at an end, doubled or of another kind, as a sign: they may be all that changes.
 * @param {string} text
 */
function spacesShown(text) {
  return text.replace(/^\s+|\s+$|\s{2,}|[\u00a0\u2000-\u200d\u202f\u2060\ufeff]+/g, (spaces) => "␣".repeat(Math.min(spaces.length, 3)));
}
