/**
 * A run that goes on, or that waits for the person after a trial.
 *
 * @import { Scene, View } from "./frame.js"
 * @import { RunView } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { bar, coverage, inPart } from "./coverage.js";
import { decisionsButton } from "./decisions.js";
import { icon } from "./icons.js";
import { sentences } from "./problem.js";

/** @type {Partial<Record<RunView["kind"], string>>} */
const HEADINGS = { undo: "run.undoing", decide: "run.deciding", swap: "run.swapping" };

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function runView(scene) {
  const { state, words } = scene;
  const { run } = state;
  if (!run) return { heading: words.t("start.please_wait"), body: nothing, footer: null };
  const left = run.reason === "not_admitted" && run.actions.includes("take_over");
  if (left || run.reason === "needs_owner" || run.reason === "needs_consent") return ownerless(scene, run);
  return run.state === "parked" ? parked(scene, run) : going(scene, run);
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 * @returns {View}
 */
function going(scene, run) {
  const { state, words, app } = scene;
  const stopping = state.busy === "stopping" || run.state === "stopping";
  return {
    heading: words.t(stopping ? "run.stopping" : HEADINGS[run.kind] ?? "run.title", { count: run.rows }),
    lead: chip(run),
    body: html`
      <div class="progress">
        <progress max="100" .value=${Math.round(run.fraction * 100)} aria-label=${words.t("run.progress")}></progress>
        <p class="between">
          <strong>${words.t("run.rows_done", { done: run.rows_done, count: run.rows })}</strong>
          <span class="muted">${ready(scene, run)}</span>
        </p>
      </div>
      ${state.trouble
        ? html`<p class="notes trouble">${icon("info")} <span>${sentences(words, state.trouble).title} ${words.t("run.trouble")}</span></p>`
        : nothing}
      <ul class="outputs">
        ${run.outputs.map(
          ({ header, counts }) => html`<li>
            <span class="between"
              ><span>${header}</span> <span class="muted small">${words.t(run.kind === "undo" ? "run.undone" : "run.filled", { count: inPart(counts, "filled") })}</span></span
            >
            ${bar(counts, run.rows)}
          </li>`,
        )}
      </ul>
      <p class="calm">${words.t(stopping ? "run.ending" : "run.leave")}</p>
    `,
    footer: html`
      ${spent(scene, run)}
      ${run.on_their_way ? html`<p class="price">${words.t("run.on_their_way", { count: run.on_their_way })}</p>` : nothing}
      <button type="button" class="second" aria-disabled=${stopping || !run.actions.includes("stop") ? "true" : "false"} @click=${() => stopping || app.stop()}>
        ${words.t(stopping ? "run.stopping" : "run.stop")}
      </button>
    `,
  };
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 * @returns {View}
 */
function parked(scene, run) {
  const { state, words, app } = scene;
  const rest = Math.max(0, run.rows - run.rows_done);
  const most = run.money.quoted;
  const busy = state.busy !== null;
  const silent = run.reason === "host_trouble" || run.reason === "cells_protected";
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLFormElement} */ (event.target).elements.namedItem("most");
    if (!busy) void app.goOn(field instanceof HTMLInputElement ? Number(field.value) : most);
  };
  return {
    heading: run.reason.startsWith("trial") ? words.t("parked.title", { count: run.rows_done }) : run.sentence,
    lead: chip(run),
    body: html`
      <p class="muted">${silent ? words.t("run.rows_done", { done: run.rows_done, count: run.rows }) : words.t("parked.look")}</p>
      ${decisionsButton(scene, run)}
      ${coverage(words, run.outputs)}
      <p><button type="button" class="link" @click=${() => busy || app.stop()}>${words.t("parked.end")}</button></p>
    `,
    footer: run.actions.includes("continue")
      ? html`<form @submit=${submit}>
          ${most > 0 && !silent
            ? html`<label class="most">
                  ${words.t("parked.most")}
                  <input name="most" type="number" inputmode="numeric" min=${run.money.spent} max=${most} .defaultValue=${String(most)} required />
                  ${words.t("parked.credits")}
                </label>
                <p class="price">${words.t("parked.spent", { count: run.money.spent })}</p>`
            : nothing}
          <button class="primary" aria-disabled=${busy ? "true" : "false"}>${silent ? words.t("ownerless.go_on") : words.t("parked.continue", { count: rest })}</button>
        </form>`
      : null,
  };
}

const OWNERLESS = {
  take_over: { heading: "ownerless.title", text: "ownerless.take_over", button: "ownerless.button" },
  connect: { heading: "ownerless.unconnected", text: "ownerless.connect", button: "ownerless.go_on" },
  choose: { heading: "ownerless.title_file", text: "ownerless.choose", button: "ownerless.go_on" },
  yours: { heading: "ownerless.title", text: "ownerless.yours", button: "ownerless.again" },
};

/**
 * A run whose owner cannot open the file: she connects, chooses it at Google or tries again; a colleague who can open it
 * takes it over.
 * @param {Scene} scene
 * @param {RunView} run
 * @returns {View}
 */
function ownerless({ state, words, app, host }, run) {
  const busy = state.busy !== null;
  const takesOver = run.actions.includes("take_over");
  const mine = run.reason === "needs_consent" ? "connect" : host.chooseFile ? "choose" : "yours";
  const way = takesOver ? "take_over" : mine;
  const { heading, text, button } = OWNERLESS[way];
  const goOn = () => busy || (takesOver ? app.takeOver() : app.goOn(run.money.reserved));
  return {
    heading: words.t(heading),
    lead: chip(run),
    body: html`
      <p>${words.t(text)}</p>
      <p class="muted">${words.t("run.rows_done", { done: run.rows_done, count: run.rows })}</p>
      ${run.actions.includes("stop")
        ? html`<p><button type="button" class="link" @click=${() => busy || app.stop()}>${words.t("parked.end")}</button></p>`
        : nothing}
    `,
    footer: html`${way === "choose"
        ? html`<button type="button" class="primary" @click=${app.chooseFile}>
            ${words.t("ownerless.choose_button")}
          </button>`
        : nothing}
      <button
        type="button"
        class=${way === "choose" ? "second" : "primary"}
        aria-disabled=${busy ? "true" : "false"}
        @click=${goOn}
      >
        ${words.t(button)}
      </button>`,
  };
}

/** @param {RunView} run */
export function chip({ range, title }) {
  return html`<p class="chip">${icon("table")} ${range} · ${title}</p>`;
}

/**
 * "ready in about 20 s", in steps that do not flicker.
 * @param {Scene} scene
 * @param {RunView} run
 */
function ready({ words }, { ready_in, state }) {
  if (state === "queued" || state === "preparing") return words.t("run.preparing");
  if (ready_in === null) return "";
  if (ready_in < 60) return words.t("run.ready_seconds", { count: Math.max(5, Math.ceil(ready_in / 5) * 5) });
  if (ready_in < 5400) return words.t("run.ready_minutes", { count: Math.ceil(ready_in / 60) });
  return words.t("run.ready_hours", { count: Math.ceil(ready_in / 3600) });
}

/**
 * @param {Scene} scene
 * @param {RunView} run
 */
function spent({ words }, { money }) {
  return money.quoted
    ? html`<p class="price">${words.t("run.spent", { count: money.spent, most: money.reserved })}</p>`
    : html`<p class="price">${words.t("price.free")}</p>`;
}
