/**
 * What was run in this document, newest first.
 *
 * @import { Scene, View } from "./frame.js"
 * @import { HistoryLine } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function historyView(scene) {
  const { state, words, app } = scene;
  return {
    heading: words.t(state.history.some(({ unseen }) => unseen) ? "history.title_new" : "history.title"),
    body: html`${state.history.length
      ? html`<ul class="history">
          ${state.history.map((line) => entry(scene, line))}
        </ul>`
      : html`<p class="muted">${words.t("history.nothing")}</p>`}
    ${access(scene)}`,
    footer: html`${mail(scene)}<button type="button" class="primary" @click=${app.startAgain}>${words.t("results.new")}</button>`,
  };
}

/**
 * @param {Scene} scene
 * @param {HistoryLine} line
 */
function entry({ words, app }, { id, title, range, state, sentence, credits, created_at, mine, unseen }) {
  const cost = credits ? words.t("count.credits", { count: credits }) : words.t("price.free");
  return html`<li>
    <button type="button" class="card" @click=${() => app.openRun(id)}>
      ${unseen ? html`<span class="fresh">${words.t("history.new")}</span>` : nothing}
      <span class="between">
        <span class="strong">${title} · ${range}</span>
        <span class=${`badge ${state}`}>${words.t(mine || state !== "parked" ? `state.${state}` : "state.parked_theirs")}</span>
      </span>
      <span>${sentence}</span>
      <span class="muted small">${words.ago(created_at)} · ${cost}${mine ? nothing : html` · ${words.t("history.colleague")}`}</span>
    </button>
  </li>`;
}

/** How she takes back what she allowed at Google. @param {Scene} scene */
function access({ state, words, app, host }) {
  if (!host.consents) return nothing;
  if (state.consentEnded) return html`<p class="muted small">${words.t("consent.ended")}</p>`;
  return html`<p><button type="button" class="link small" @click=${app.endConsent}>${words.t("consent.end")}</button></p>`;
}

/** Whether she is written to when a run ends while the panel is closed. @param {Scene} scene */
function mail({ state: { me }, words, app }) {
  if (!me || me.mail === null) return nothing;
  return html`<label class="mail">
    <input
      type="checkbox"
      .checked=${live(me.mail)}
      @change=${(/** @type {Event} */ event) => app.chooseMail(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    <span>${words.t("history.mail")}</span>
  </label>`;
}
