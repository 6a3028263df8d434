/**
 * What a run did, what it did not find and why, what was not spent, and why one cell holds what it holds.
 *
 * @import { Words } from "../i18n.js"
 * @import { Scene, View } from "./frame.js"
 * @import { ReasonCount, Report, RunView } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { coverage } from "./coverage.js";
import { decisionsButton } from "./decisions.js";
import { explainSection } from "./explain.js";
import { icon } from "./icons.js";
import { chip } from "./run.js";

const SHOWN_REASONS = 5;

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function resultsView(scene) {
  const { state, words, app } = scene;
  const run = state.report?.run ?? state.run;
  if (!run) return { heading: words.t("start.please_wait"), body: nothing, footer: null };
  return {
    heading: heading(scene, run),
    lead: chip(run),
    body: html`
      ${run.state === "finished" && !partly(run) ? nothing : html`<p>${run.sentence}</p>`} ${decisionsButton(scene, run)} ${score(scene, run)} ${swaps(scene, run)} ${explainSection(scene)}
      ${run.outputs.length && run.kind === "enrich" ? coverage(words, run.outputs) : nothing} ${state.report ? reasons(scene, state.report) : nothing}
      ${state.report && run.kind === "enrich" ? notSpent(scene, state.report) : nothing} ${kept(scene, run)}
    `,
    footer: html`
      <button type="button" class="primary" @click=${app.startAgain}>${words.t("results.new")}</button>
      ${undoButton(scene, run)}
    `,
  };
}

/** Whether cells had to be left as they are that were to be set. @param {RunView} run */
function partly({ parent, counts, reason }) {
  return parent === null ? reason === "column_gone" || reason === "nothing_set" : Boolean(counts.kept || counts.review);
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 */
function heading({ words }, { kind, counts, outputs }) {
  if (kind === "swap") return words.t("results.swapped", { count: outputs[0]?.counts.written ?? 0 });
  return words.t(kind === "undo" ? "results.undone" : "results.title", { count: counts.written ?? 0 });
}

/**
 * Columns cleaned beside, once reviewed, may take the place of their originals.
 * @param {Scene} scene
 * @param {RunView} run
 */
function swaps({ state, words, app }, { outputs }) {
  const beside = outputs.filter(({ can_swap }) => can_swap);
  if (!beside.length) return nothing;
  return html`<section class="swaps">
    <h2>${words.t("results.swap")}</h2>
    <p class="muted small">${words.t("results.swap_how")}</p>
    <ul>
      ${beside.map(
        ({ name, header }) => html`<li>
          <button type="button" aria-disabled=${state.busy ? "true" : "false"} @click=${() => app.swap(name)}>${header}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/**
 * Taking back what a run did, or bringing back what an undo took away, for as long as it is remembered.
 * @param {Scene} scene
 * @param {RunView} run
 */
function undoButton({ state, words, app }, { actions, kind, erase_at }) {
  if (!actions.includes("undo") || erase_at === null) return nothing;
  const day = words.day(erase_at);
  const label = kind === "undo" ? "results.redo" : kind === "swap" ? "results.undo_swap" : "results.undo";
  return html`<button type="button" class="second" aria-disabled=${state.busy === "undoing" ? "true" : "false"} @click=${app.undo}>
    ${words.t(label, { day })}
  </button>`;
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 */
function score({ words }, { quality_before: before, quality_after: after }) {
  if (before === null || after === null) return nothing;
  const gained = Math.max(0, after - before);
  return html`<section class="score">
    <h2>${words.t("quality.title")}</h2>
    <p>
      <span class="unseen">${words.t("quality.change", { before, after })}</span>
      <span aria-hidden="true"><span class="was">${before}</span> → <strong>${after}</strong> <span class="muted">/ 100</span></span>
      ${gained ? html`<span class="gain">+${gained}</span>` : nothing}
    </p>
    <svg class="bar" aria-hidden="true" focusable="false">
      <rect class="part there" width=${`${Math.min(before, after)}%`} height="100%" />
      <rect class="part filled" x=${`${before}%`} width=${`${gained}%`} height="100%" />
    </svg>
  </section>`;
}

/**
 * @param {Scene} scene
 * @param {Report} report
 */
function reasons({ words }, { explained }) {
  if (!explained.length) return nothing;
  const rest = explained.slice(SHOWN_REASONS);
  return html`<section>
    <h2>${words.t("results.reasons")}</h2>
    <ul class="reasons">
      ${explained.slice(0, SHOWN_REASONS).map((one) => reason(words, one))}
    </ul>
    ${rest.length
      ? html`<details class="rest">
          <summary>${words.t("results.more_reasons", { count: rest.length })}</summary>
          <ul class="reasons">
            ${rest.map((one) => reason(words, one))}
          </ul>
        </details>`
      : nothing}
  </section>`;
}

/**
 * @param {Words} words
 * @param {ReasonCount} reason
 */
function reason(words, { count, sentence, fix }) {
  return html`<li>
    <strong>${words.number(count)}</strong>
    <div>
      <p>${sentence}</p>
      ${fix ? html`<p class="fix">${icon("arrow")} ${fix}</p>` : nothing}
    </div>
  </li>`;
}

/**
 * @param {Scene} scene
 * @param {Report} report
 */
function notSpent({ words }, { not_spent, run }) {
  return html`<section>
    <h2>${words.t("results.money")}</h2>
    <p>${run.money.spent ? words.t("results.spent", { count: run.money.spent }) : words.t("results.spent_nothing")}</p>
    ${not_spent.length
      ? html`<ul class="notes">
          ${not_spent.map(({ sentence }) => html`<li>${icon("done")} <span>${sentence}</span></li>`)}
        </ul>`
      : nothing}
  </section>`;
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 */
function kept({ words }, { erase_at }) {
  return erase_at ? html`<p class="muted small">${words.t("results.kept", { day: words.day(erase_at) })}</p>` : nothing;
}
