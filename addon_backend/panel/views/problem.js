/**
 * What went wrong: one sentence, one thing to do, one button that does it.
 *
 * @import { Problem } from "../api.js"
 * @import { Scene } from "./frame.js"
 */
import { html, nothing } from "lit/html.js";
import { icon } from "./icons.js";

/** Problems after which the selection is read anew instead of repeating the press. */
const READ_AGAIN = [
  ...["quote_expired", "quote_mismatch", "quote_used", "quote_unknown", "nothing_to_read", "range_outside"],
  ...["selection_empty", "selection_parts", "sheet_without_cells", "sheet_gone", "range_unclear"],
];

/**
 * @param {Scene} scene
 * @param {Problem} problem
 */
export function problemCard({ words, app }, problem) {
  const { title, detail } = sentences(words, problem);
  const anew = READ_AGAIN.includes(problem.code);
  return html`<section class="card problem" role="alert">
    <p class="strong">${icon("warning")} ${title}</p>
    ${detail ? html`<p>${detail}</p>` : nothing}
    ${problem.link ? wayOut(words, problem) : button(words, anew, app)}
  </section>`;
}

/** @param {import("../i18n.js").Words} words @param {boolean} anew @param {import("../app.js").App} app */
function button(words, anew, app) {
  return html`<button type="button" @click=${anew ? app.useSelection : app.tryAgain}>
    ${words.t(anew ? "problem.read_again" : "problem.try_again")}
  </button>`;
}

/** Another page is the way out: it opens beside this one. @param {import("../i18n.js").Words} words @param {Problem} problem */
function wayOut(words, { code, facts, link }) {
  return html`<a class="button" href=${link} target="_blank" rel="noopener noreferrer">${words.t(`problem.${code}.link`, facts)}</a>`;
}

/**
 * The server's sentences, else ours for the code.
 * @param {import("../i18n.js").Words} words
 * @param {Problem} problem
 */
export function sentences({ t }, { code, title, detail, facts }) {
  if (title) return { title, detail };
  const known = t(`problem.${code}`) !== `problem.${code}` ? code : "failed";
  return { title: t(`problem.${known}`, facts), detail: t(`problem.${known}.do`, facts) };
}
