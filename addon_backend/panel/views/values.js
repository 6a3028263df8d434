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
  const was = asText(words, before);
  const is = asText(words, after);
  return html`<span class="change">
    ${was ? html`<del>${was}</del>` : html`<span class="empty">${words.t("value.empty")}</span>`}
    <span class="to"><span class="unseen">${words.t("value.becomes")}</span><span aria-hidden="true">→</span></span>
    ${is ? html`<ins>${is}</ins>` : html`<span class="empty">${words.t("value.empty")}</span>`}
  </span>`;
}
