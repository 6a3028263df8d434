/**
 * What was run in this document, newest first.
 *
 * @import { Scene, View } from "./frame.js"
 * @import { HistoryLine } from "../types.js"
 */
import { html } from "lit/html.js";

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function historyView(scene) {
  const { state, words, app } = scene;
  return {
    heading: words.t("history.title"),
    body: state.history.length
      ? html`<ul class="history">
          ${state.history.map((line) => entry(scene, line))}
        </ul>`
      : html`<p class="muted">${words.t("history.nothing")}</p>`,
    footer: html`<button type="button" class="primary" @click=${app.startAgain}>${words.t("results.new")}</button>`,
  };
}

/**
 * @param {Scene} scene
 * @param {HistoryLine} line
 */
function entry({ words, app }, { id, title, range, state, sentence, credits, created_at }) {
  const cost = credits ? words.t("count.credits", { count: credits }) : words.t("price.free");
  return html`<li>
    <button type="button" class="card" @click=${() => app.openRun(id)}>
      <span class="between">
        <span class="strong">${title} · ${range}</span>
        <span class=${`badge ${state}`}>${words.t(`state.${state}`)}</span>
      </span>
      <span>${sentence}</span>
      <span class="muted small">${words.ago(created_at)} · ${cost}</span>
    </button>
  </li>`;
}
