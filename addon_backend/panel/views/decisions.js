/**
 * The one list of what a run left open: identical rows together, largest group first.
 *
 * @import { Scene, View } from "./frame.js"
 * @import { DecisionGroup, RunView } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { repeat } from "lit/directives/repeat.js";
import { isFinal } from "../api.js";
import { icon } from "./icons.js";
import { chip } from "./run.js";
import { change } from "./values.js";

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function decisionsView(scene) {
  const { state, words, app } = scene;
  const { decisions: list, run } = state;
  const open = list?.decisions ?? 0;
  const busy = state.busy === "deciding";
  return {
    heading: list?.headline || words.t("decisions.nothing"),
    lead: run ? chip(run) : nothing,
    body: html`
      <div aria-live="polite">${state.decided ? decided(scene, state.decided) : nothing}</div>
      ${open
        ? html`<ul class="decisions">
            ${repeat(
              list?.groups ?? [],
              ({ id }) => id,
              (group) => html`<li>${card(scene, group)}</li>`,
            )}
          </ul>`
        : html`<p class="muted">${words.t("decisions.all_done")}</p>`}
      ${list && list.next !== null
        ? html`<button type="button" class="link" @click=${app.moreDecisions}>${words.t("decisions.more")}</button>`
        : nothing}
    `,
    footer: html`
      <button type="button" class="primary" @click=${app.closeDecisions}>${words.t("decisions.done")}</button>
      ${open
        ? html`<div class="pair">
            <button type="button" class="second" aria-disabled=${busy ? "true" : "false"} @click=${app.takeRest}>
              ${words.t("decisions.take_rest", { count: open })}
            </button>
            <button type="button" class="second" aria-disabled=${busy ? "true" : "false"} @click=${app.leaveRest}>
              ${words.t("decisions.leave_rest", { count: open })}
            </button>
          </div>`
        : nothing}
    `,
  };
}

/**
 * The way to the list, where there is anything on it.
 * @param {Scene} scene
 * @param {RunView} run
 */
export function decisionsButton({ state, app }, { decisions, decisions_headline }) {
  if (!decisions) return nothing;
  return html`<button type="button" class="card go" aria-disabled=${state.busy ? "true" : "false"} @click=${app.openDecisions}>
    <span class="strong">${decisions_headline}</span> ${icon("arrow")}
  </button>`;
}

/**
 * @param {Scene} scene
 * @param {DecisionGroup} group
 */
function card({ state, words, app }, group) {
  const { id, header, rows, now, read, offered, reason, who } = group;
  const off = state.busy === "deciding" ? "true" : "false";
  const blank = now === null || now === "";
  const label = `decision-${id}`;
  return html`<article class="card" aria-labelledby=${label}>
    <p class="between">
      <span class="strong" id=${label}>${header}</span>
      <button type="button" class="link" aria-disabled=${off} @click=${() => app.showGroup(group)}>${words.t("decisions.rows", { count: rows })}</button>
    </p>
    ${who ? html`<p class="who">${who}</p>` : nothing}
    <p>${change(words, blank ? read : now, offered)}</p>
    <p class="reason">${reason}</p>
    ${rows > 1 ? oneByOne({ state, words, app }, group) : nothing}
    <div class="answers">
      <button type="button" class="take" aria-disabled=${off} aria-describedby=${label} @click=${() => app.take(group)}>
        ${rows > 1 ? words.t("decisions.all", { count: rows }) : words.t("decisions.use")}
      </button>
      <button type="button" aria-disabled=${off} aria-describedby=${label} @click=${() => app.leave(group)}>
        ${words.t(blank ? "decisions.leave_blank" : "decisions.keep")}
      </button>
    </div>
  </article>`;
}

/**
 * A group's rows, one after the other.
 * @param {Pick<Scene, "state" | "words" | "app">} scene
 * @param {DecisionGroup} group
 */
function oneByOne({ state, words, app }, group) {
  const shown = state.rowShown?.group === group.id ? state.rowShown : null;
  const place = shown?.places[shown.at];
  if (!place) return html`<p><button type="button" class="link" @click=${() => app.nextRow(group)}>${words.t("decisions.one_by_one")}</button></p>`;
  return html`<p class="between one">
    <span>${words.t("decisions.row", { row: String(place.number) })}</span>
    <span>
      <button type="button" @click=${() => app.take(group, place.row)}>${words.t("decisions.this_row")}</button>
      <button type="button" @click=${() => app.nextRow(group)}>${words.t("decisions.next_row")}</button>
    </span>
  </p>`;
}

/**
 * What became of the last answer, and the way back from it.
 * @param {Scene} scene
 * @param {RunView} run
 */
function decided({ words, app }, run) {
  const { counts, actions, kind } = run;
  if (!isFinal(run)) return html`<p class="calm">${run.sentence}</p>`;
  const left = (counts.kept ?? 0) + (counts.review ?? 0);
  const done = words.t(kind === "undo" ? "results.undone" : "decisions.set", { count: counts.written ?? 0 });
  return html`<div class="calm">
    <p class="between">
      <span>${done}</span>
      ${actions.includes("undo") && kind === "decide"
        ? html`<button type="button" class="link" @click=${app.undoDecided}>${words.t("decisions.undo")}</button>`
        : nothing}
    </p>
    ${left ? html`<p>${words.t("decisions.left", { count: left })}</p>` : nothing}
  </div>`;
}
