/**
 * Where no selection could be read: a field for a typed range. Where one is in use: how to get back.
 *
 * @import { Scene } from "./frame.js"
 */
import { html, nothing } from "lit/html.js";

/** @param {Scene} scene */
export function byHand({ state, words, app, host }) {
  if (!host.useRange || state.problem?.link) return nothing;
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    const field = /** @type {HTMLFormElement} */ (event.target).elements.namedItem("range");
    if (field instanceof HTMLInputElement && field.value.trim()) app.useRange(field.value);
  };
  return html`<form class="field" @submit=${submit}>
    <label for="range">${words.t("by_hand.label")}</label>
    <input id="range" name="range" placeholder=${words.t("by_hand.example")} .defaultValue=${state.typed} autocomplete="off" spellcheck="false" required />
    <button>${words.t("by_hand.use")}</button>
  </form>`;
}

/** @param {Scene} scene */
export function typedRange({ state, words, app }) {
  if (!state.typed) return nothing;
  return html`<div class="calm known">
    <p>${words.t("by_hand.typed")}</p>
    <button type="button" class="link" @click=${app.useSelection}>${words.t("start.use_selection")}</button>
  </div>`;
}
