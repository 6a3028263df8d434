/**
 * The designers' switches (`?lab=1`): every width, theme, language and failure, a click away.
 *
 * @import { Words } from "../i18n.js"
 * @import { Side } from "./side.js"
 */
import { html, render } from "lit/html.js";

const WIDTHS = { 270: "Excel, Mac", 300: "Google Sheets", 350: "Excel, web" };
const PACES = ["0", "1", "5"];
const FAILURES = ["none", "offline", "slow", "signed_out", "quota", "broken"];

/**
 * @param {HTMLElement} place
 * @param {Words} words
 * @param {{asked: URLSearchParams, language: string, theme: string, side: Side, fail: (failure: string) => void, pace: number, slowDown: (seconds: number) => void}} parts
 */
export function showLab(place, words, { asked, language, theme, side, fail, pace, slowDown }) {
  /** @param {string} name @param {string} value */
  const reload = (name, value) => {
    const query = new URLSearchParams(asked);
    query.set(name, value);
    window.location.search = query.toString();
  };
  /**
   * @param {string} id
   * @param {string} label
   * @param {[string, string][]} options
   * @param {string} chosen
   * @param {(value: string) => void} choose
   */
  const choice = (id, label, options, chosen, choose) => html`<label for=${id}>${label}</label>
    <select id=${id} @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>`;
  const { t } = words;
  render(
    html`<section aria-label=${t("lab.title")}>
      ${choice("lab-width", t("lab.width"), Object.entries(WIDTHS).map(([px, name]) => [px, `${px} · ${name}`]), asked.get("width") ?? "300", side.resize)}
      ${choice("lab-theme", t("lab.theme"), ["system", "light", "dark"].map((one) => [one, t(`lab.${one}`)]), theme, (value) => reload("theme", value))}
      ${choice("lab-language", t("lab.language"), [["en", "English"], ["fr", "Français"]], language, (value) => reload("language", value))}
      ${choice("lab-fail", t("lab.fail"), FAILURES.map((one) => [one, t(`lab.fail.${one}`)]), "none", fail)}
      ${choice("lab-pace", t("lab.pace"), PACES.map((one) => [one, t(`lab.pace.${one}`)]), String(pace), (value) => slowDown(Number(value)))}
    </section>`,
    place,
  );
}
