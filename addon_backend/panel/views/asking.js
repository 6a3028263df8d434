/**
 * In the footer before the first run at Google: why her consent is needed, and one button that opens Google's page; or
 * that she must choose this file, and one button that opens Google's window for it.
 *
 * @import { Asking } from "../consent.js"
 * @import { Scene } from "./frame.js"
 */
import { html } from "lit/html.js";

/**
 * @param {Scene} scene
 * @param {Asking} asking
 */
export function asking({ words, app }, { address, problem, choosing }) {
  const why = choosing ? "consent.choose" : "consent.why";
  const button = choosing
    ? html`<button type="button" class="primary" @click=${app.chooseFile}>${words.t("ownerless.choose_button")}</button>`
    : html`<a class="button primary" href=${address} target="_blank" rel="noopener noreferrer">${words.t("consent.allow")}</a>`;
  return html`
    <p class="price"><strong>${problem ? problem.title : words.t(why)}</strong> ${problem?.detail ?? ""}</p>
    ${button}
    <p class="between waiting">
      <span class="muted small"><span class="dots" aria-hidden="true"></span> ${words.t("consent.waiting")}</span>
      <button type="button" class="link small" @click=${app.cancelConsent}>${words.t("consent.cancel")}</button>
    </p>
  `;
}
