/**
 * The frame around every view: history at the top, one view, the sticky footer with the one primary button, and
 * the live region. A view is a function that returns its parts.
 *
 * @import { TemplateResult } from "lit/html.js"
 * @import { App } from "../app.js"
 * @import { Host } from "../host/port.js"
 * @import { Words } from "../i18n.js"
 * @import { State } from "../state.js"
 */
import { html, nothing, render } from "lit/html.js";
import { asking } from "./asking.js";
import { decisionsView } from "./decisions.js";
import { historyView } from "./history.js";
import { icon } from "./icons.js";
import { problemCard } from "./problem.js";
import { resultsView } from "./results.js";
import { runView } from "./run.js";
import { startView } from "./start.js";

/** @typedef {{state: State, words: Words, app: App, host: Host}} Scene */
/** @typedef {{heading: string, lead?: unknown, body: unknown, footer: unknown}} View */

/** @type {Record<State["view"], (scene: Scene) => View>} */
const VIEWS = { start: startView, run: runView, results: resultsView, decisions: decisionsView, history: historyView };

const LONG_HEADING = 70;

/** @type {string | null} */
let drawn = null;

/**
 * Draws the scene; after a change of view, or when what had the focus is gone, the heading takes the focus,
 * unless the person is in her sheet.
 * @param {HTMLElement} place
 * @param {Scene} scene
 */
export function draw(place, scene) {
  const view = VIEWS[scene.state.view](scene);
  const held = place.contains(document.activeElement);
  render(frame(scene, view), place);
  const lost = held && !place.contains(document.activeElement);
  const name = viewName(scene.state);
  if (drawn !== null && drawn !== name) {
    place.querySelector("main")?.scrollTo(0, 0);
  }
  if (((drawn !== null && drawn !== name) || lost) && document.hasFocus()) place.querySelector("h1")?.focus();
  drawn = name;
}

/** A run that waits for the person is another view than one that is going on. @param {State} state */
function viewName({ view, run }) {
  return view === "run" && run?.state === "parked" ? "parked" : view;
}

/**
 * @param {Scene} scene
 * @param {View} view
 * @returns {TemplateResult}
 */
function frame(scene, { heading, lead, body, footer: usual }) {
  const { state, words } = scene;
  const footer = state.asking?.view === state.view ? asking(scene, state.asking) : usual;
  return html`
    <nav class="top" aria-label=${words.t("nav.label")}>${navigation(scene)}</nav>
    <main aria-busy=${state.busy ? "true" : "false"}>
      ${lead ?? nothing}
      <h1 tabindex="-1" class=${heading.length > LONG_HEADING ? "long" : ""}>${heading}</h1>
      ${state.problem ? problemCard(scene, state.problem) : nothing} ${body}
    </main>
    ${footer ? html`<footer>${footer}</footer>` : nothing}
    <div class="unseen" role="status" aria-live="polite">${state.announcement}</div>
  `;
}

/** @param {Scene} scene */
function navigation({ state, words, app }) {
  if (state.view === "start") {
    return html`<button type="button" class="quiet" @click=${app.openHistory}>
      ${icon("history")} ${words.t("nav.history")}
      ${state.me?.unseen ? html`<span class="unread" aria-hidden="true">${state.me.unseen}</span>` : nothing}
      ${state.me?.unseen ? html`<span class="unseen">${words.t("nav.unseen", { count: state.me.unseen })}</span>` : nothing}
    </button>`;
  }
  return html`<button type="button" class="quiet" @click=${app.startAgain}>
    ${icon("back")} ${words.t("nav.selection")}
  </button>`;
}
