/**
 * Why the selected cell holds what it holds (or does not): every value explains itself.
 *
 * @import { Scene } from "./frame.js"
 * @import { Explanation } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { icon } from "./icons.js";
import { asText, change } from "./values.js";

/** @param {Scene} scene */
export function explainSection(scene) {
  const { state, words, app } = scene;
  const { explained } = state;
  return html`<section class="explain">
    <button type="button" aria-disabled=${state.busy ? "true" : "false"} @click=${app.explain}>
      ${icon("eye")} ${words.t("explain.button")}
    </button>
    <div aria-live="polite">
      ${explained
        ? html`<h2>${words.t("explain.cell", { cell: explained.cell })}</h2>
            ${explained.entries.length
              ? explained.entries.map((entry) => entryCard(scene, entry))
              : html`<p class="muted">${words.t("explain.nothing")}</p>`}`
        : nothing}
    </div>
  </section>`;
}

/**
 * @param {Scene} scene
 * @param {Explanation} entry
 */
function entryCard({ words }, entry) {
  const { header, outcome, sentence, value, previous, source, rule, score, licence, decided_at, inputs } = entry;
  /** @type {[string, string][]} */
  const facts = [
    [words.t("explain.source"), source === "engine" ? words.t("explain.engine", { rule }) : [source, rule].filter(Boolean).join(" · ")],
    [words.t("explain.inputs"), inputs.map(([name, input]) => `${name}: ${asText(words, input)}`).join(", ")],
    [words.t("explain.sure"), score > 0 ? words.t(sureness(score)) : ""],
    [words.t("explain.licence"), licence],
    [words.t("explain.when"), words.moment(decided_at)],
  ];
  return html`<article class="card">
    <p class="strong">${header}</p>
    ${outcome === "written" ? html`<p>${change(words, previous, value)}</p>` : nothing}
    <p>${sentence}</p>
    <dl class="facts">
      ${facts.filter(([, text]) => text).map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
    </dl>
  </article>`;
}

/** @param {number} score */
function sureness(score) {
  return score >= 0.95 ? "sure.sure" : score >= 0.8 ? "sure.likely" : "sure.check";
}
