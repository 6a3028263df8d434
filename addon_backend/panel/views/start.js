/**
 * The one screen before a run: what is selected, what would change, what it costs, one button.
 *
 * @import { Scene, View } from "./frame.js"
 * @import { Preview } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { isFinal } from "../api.js";
import { changeSection } from "./change.js";
import { byHand, typedRange } from "./by_hand.js";
import { icon } from "./icons.js";
import { change } from "./values.js";
import { rangeOf } from "../new_rows.js";

const SHOWN_CELLS = 3;

/**
 * @param {Scene} scene
 * @returns {View}
 */
export function startView(scene) {
  const { state, words } = scene;
  if (state.preview) return withPreview(scene, state.preview);
  if (state.busy === "reading") {
    return { heading: words.t("start.reading"), lead: chip(scene), body: skeleton(), footer: reading(scene) };
  }
  if (state.problem) return { heading: words.t("start.problem"), lead: chip(scene), body: byHand(scene), footer: null };
  return {
    heading: words.t("start.nothing"),
    lead: welcome(scene),
    body: html`<p class="muted">${words.t("start.nothing.do")}</p> ${byHand(scene)}`,
    footer: html`<button type="button" class="primary" @click=${scene.app.useSelection}>${words.t("start.use_selection")}</button>`,
  };
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 * @returns {View}
 */
function withPreview(scene, preview) {
  const { state } = scene;
  const stale = state.busy === "reading";
  return {
    heading: preview.headline,
    lead: html`${going(scene)} ${state.history.length || state.run || state.part ? nothing : welcome(scene)} ${chip(scene)} ${typedRange(scene)} ${known(scene)}`,
    body: html`<div class=${stale ? "stale" : ""}>
      ${quality(scene, preview)} ${examples(scene, preview)} ${preflight(preview)} ${changeSection(scene, preview)}
      ${smallPrint(scene)}
    </div>`,
    footer: stale ? reading(scene) : actions(scene, preview),
  };
}

/** A run that goes on, or waits, while she looks at another selection. @param {Scene} scene */
function going({ state: { run }, words, app }) {
  if (!run || isFinal(run)) return nothing;
  const text = run.state === "parked" ? words.t("start.waiting") : words.t("start.going", { percent: Math.round(run.fraction * 100) });
  return html`<button type="button" class="going" @click=${app.showRun}>${text} <span class="show">${words.t("start.show_run")}</span></button>`;
}

/** What of the list is new since the person's last run of it. @param {Scene} scene */
function known({ state: { part }, words, app }) {
  if (!part) return nothing;
  return html`<div class="calm known">
    <p>${words.t(part.range ? "new.only" : "new.among", { count: part.new_rows })}</p>
    ${part.range ? html`<button type="button" class="link" @click=${app.wholeList}>${words.t("new.whole")}</button>` : nothing}
  </div>`;
}

/** Two lines of value for who has not run anything here yet. @param {Scene} scene */
function welcome({ words, host }) {
  return html`<section class="welcome">
    <p class="strong">${words.t("welcome.value")}</p>
    <p>${words.t(host.signsIn ? "welcome.how" : "welcome.how_sandbox")}</p>
  </section>`;
}

/** @param {Scene} scene */
function chip({ state, words }) {
  const { selection } = state;
  if (!selection) return nothing;
  const parts = [rangeOf(state), words.t("count.rows", { count: state.preview?.rows ?? selection.rows }), selection.title];
  return html`<p class="chip">${icon("table")} <span class="unseen">${words.t("start.selected")}</span> ${parts.join(" · ")}</p>`;
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 */
function quality({ words }, { quality, sampled }) {
  return html`<p class="quality">
    <span>${words.t("quality.now")}</span>
    <svg class="bar" aria-hidden="true" focusable="false"><rect class="part filled" width=${`${quality}%`} height="100%" /></svg>
    <strong>${quality} / 100</strong>
  </p>
  ${sampled ? html`<p class="muted small">${words.t("start.sampled")}</p>` : nothing}`;
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 */
function examples({ state, words, app }, { examples }) {
  if (!examples.length) return nothing;
  const { reasonsShown } = state;
  return html`<section aria-labelledby="examples-title">
    <div class="between">
      <h2 id="examples-title">${words.t("examples.title", { count: examples.length })}</h2>
      <button type="button" class="link" aria-pressed=${reasonsShown ? "true" : "false"} @click=${() => app.showReasons(!reasonsShown)}>
        ${words.t("examples.why")}
      </button>
    </div>
    <ul class="examples">
      ${examples.map(
        ({ row, cells }) => html`<li>
          <button type="button" class="row" @click=${() => app.showRows([row])} aria-label=${words.t("examples.show_row", { row: String(row) })}>
            ${row}
          </button>
          <dl>
            ${cells.slice(0, reasonsShown ? undefined : SHOWN_CELLS).map(
              ({ label, before, after, reason }) => html`<div>
                <dt>${label}</dt>
                <dd>
                  ${change(words, before, after)}
                  ${reasonsShown && reason ? html`<span class="reason">${reason}</span>` : nothing}
                </dd>
              </div>`,
            )}
          </dl>
          ${cells.length > SHOWN_CELLS && !reasonsShown
            ? html`<p class="muted small">${words.t("examples.more", { count: cells.length - SHOWN_CELLS })}</p>`
            : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {Preview} preview */
function preflight({ preflight }) {
  if (!preflight.length) return nothing;
  return html`<ul class="notes">
    ${preflight.map(({ sentence }) => html`<li>${icon("info")} <span>${sentence}</span></li>`)}
  </ul>`;
}

/** @param {Scene} scene */
function smallPrint({ state, words, host }) {
  const accepting = state.me?.terms_in_force === null;
  return html`
    <p class="muted small">${words.t("start.nothing_written")}</p>
    ${host.signsIn && state.me ? html`<p class="muted small">${words.t(accepting ? "terms.accepting" : "terms.line")}</p>` : nothing}
  `;
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 */
function actions({ state, words, app }, { rows, price, trial, trial_rows, steps }) {
  const idle = !steps.some(({ count, to_ask }) => count || to_ask);
  const starting = state.busy === "starting";
  const cost = price.credits ? words.t("price.up_to", { count: price.credits }) : words.t("price.free");
  const all = state.part ? words.t("new.enrich", { count: state.part.new_rows }) : words.t("start.enrich", { count: rows });
  return html`
    <p class="price"><strong>${cost}</strong> ${price.credits ? words.t("price.only_filled") : words.t("price.free_why")}</p>
    <button type="button" class="primary" aria-disabled=${starting || idle ? "true" : "false"} @click=${() => idle || app.enrich({ trial })}>
      ${starting ? words.t("start.starting") : idle ? words.t("start.idle") : trial ? words.t("start.try", { count: trial_rows }) : all}
    </button>
    ${trial && !idle
      ? html`<button type="button" class="second" aria-disabled=${starting ? "true" : "false"} @click=${() => app.enrich({ trial: false })}>
          ${state.part ? all : words.t("start.enrich_all", { count: rows })}
        </button>`
      : nothing}
  `;
}

/** @param {Scene} scene */
function reading({ words }) {
  return html`<p class="price"><span class="dots" aria-hidden="true"></span> ${words.t("start.reading_price")}</p>
    <button type="button" class="primary" aria-disabled="true">${words.t("start.please_wait")}</button>`;
}

function skeleton() {
  return html`<div class="skeleton" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>`;
}
