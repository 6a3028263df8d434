/**
 * Everything that a person may set before a run, behind one word. Whatever changes is previewed again.
 *
 * @import { Scene } from "./frame.js"
 * @import { CleanMode, InspectedColumn, Preview, Recipe, Step } from "../types.js"
 */
import { html, nothing } from "lit/html.js";
import { live } from "lit/directives/live.js";
import { cleanMode, recipeOf } from "../state.js";

/** @type {CleanMode[]} */
const MODES = ["off", "beside", "in_place"];
const HEADER_CHOICES = 5;

/**
 * @param {Scene} scene
 * @param {Preview} preview
 */
export function changeSection(scene, preview) {
  const { state, words, app } = scene;
  const recipe = recipeOf(state);
  const known = preview.columns.filter(({ kind }) => kind !== "text").length;
  return html`<details
    class="settings"
    .open=${live(state.changeOpen)}
    @toggle=${(/** @type {Event} */ event) => app.openChange(/** @type {HTMLDetailsElement} */ (event.target).open)}
  >
    <summary>
      <span class="strong">${words.t("change.title")}</span>
      <span class="muted small">${words.t("change.summary", { count: known })}</span>
    </summary>
    ${state.catalogue && recipe
      ? html`${recipes(scene)} ${cleaning(scene, preview, recipe)} ${fields(scene, preview, recipe)} ${columns(scene, preview)}`
      : html`<p class="muted">${words.t("start.please_wait")}</p>`}
  </details>`;
}

/** @param {Scene} scene */
function recipes({ state, words, app }) {
  const chosen = state.settings.recipe ? "" : state.settings.recipeName;
  return html`<section>
    <h2><label for="recipe">${words.t("change.recipe")}</label></h2>
    <select id="recipe" @change=${(/** @type {Event} */ event) => app.chooseRecipe(valueOf(event))}>
      ${state.settings.recipe ? html`<option value="" selected>${words.t("change.recipe_own")}</option>` : nothing}
      ${state.catalogue?.recipes.map(
        ({ name, label }) => html`<option value=${name} .selected=${live(name === chosen)}>${label}</option>`,
      )}
    </select>
  </section>`;
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 * @param {Recipe} recipe
 */
function cleaning({ state, words, app }, { columns, steps }, recipe) {
  const kinds = state.catalogue?.kinds.filter(({ kind, cleanable }) => cleanable && columns.some((column) => column.kind === kind));
  if (!kinds?.length) return nothing;
  return html`<section>
    <h2>${words.t("change.cleaning")}</h2>
    <p class="muted small">${words.t("change.cleaning_how")}</p>
    ${kinds.map(({ kind, label }) => {
      const mode = cleanMode(recipe, kind);
      return html`<fieldset class="modes">
        <legend>${label} <span class="muted small">${counted(words, steps, columns, kind)}</span></legend>
        <div class="segments">
          ${MODES.map(
            (one) => html`<label>
              <input type="radio" name=${`mode-${kind}`} .checked=${live(mode === one)} @change=${() => app.chooseCleaning(kind, one)} />
              <span>${words.t(`mode.${one}`)}</span>
            </label>`,
          )}
        </div>
      </fieldset>`;
    })}
  </section>`;
}

/**
 * "212 change": how many cells the cleaning steps of a kind change.
 * @param {import("../i18n.js").Words} words
 * @param {Step[]} steps
 * @param {InspectedColumn[]} columns
 * @param {string} kind
 */
function counted(words, steps, columns, kind) {
  const letters = columns.filter((column) => column.kind === kind).map((column) => column.letter);
  const mine = steps.filter(({ operation, letter }) => operation === "clean" && letter !== null && letters.includes(letter));
  return mine.length ? words.t("change.changes", { count: mine.reduce((sum, { count }) => sum + count, 0) }) : "";
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 * @param {Recipe} recipe
 */
function fields({ state, words, app }, { steps }, recipe) {
  return html`<section>
    <h2>${words.t("change.fields")}</h2>
    <ul class="choices">
      ${state.catalogue?.fields.map(({ name, label, price, personal }) => {
        const step = steps.find(({ operation, field }) => operation === "fill" && field === name);
        return html`<li>
          <label>
            <input
              type="checkbox"
              .checked=${live(recipe.fill.includes(name))}
              @change=${(/** @type {Event} */ event) => app.chooseField(name, /** @type {HTMLInputElement} */ (event.target).checked)}
            />
            <span>
              ${label}
              <span class="muted small">
                ${[
                  step?.count ? words.t("change.fills", { count: step.count }) : "",
                  step?.to_ask ? words.t("change.to_ask", { count: step.to_ask }) : "",
                  price ? words.t("price.each", { count: price }) : "",
                  personal ? words.t("change.personal") : "",
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
          </label>
        </li>`;
      })}
      <li>
        <label>
          <input
            type="checkbox"
            .checked=${live(recipe.duplicates)}
            @change=${(/** @type {Event} */ event) => app.chooseDuplicates(/** @type {HTMLInputElement} */ (event.target).checked)}
          />
          <span>${words.t("change.duplicates")}</span>
        </label>
      </li>
    </ul>
  </section>`;
}

/**
 * @param {Scene} scene
 * @param {Preview} preview
 */
function columns({ state, words, app }, { columns, header_row }) {
  const top = Number(/\d+/.exec(state.selection?.range ?? "")?.[0] ?? 1);
  const rows = Array.from({ length: HEADER_CHOICES }, (_, step) => top + step);
  if (header_row && !rows.includes(header_row)) rows.push(header_row);
  return html`<section>
    <h2>${words.t("change.columns")}</h2>
    <p class="muted small">${words.t("change.columns_sent")}</p>
    <div class="field">
      <label for="header-row">${words.t("change.header")}</label>
      <select id="header-row" @change=${(/** @type {Event} */ event) => app.chooseHeader(Number(valueOf(event)) || null)}>
        <option value="0" .selected=${live(header_row === null)}>${words.t("change.header_none")}</option>
        ${rows.map(
          (row) => html`<option value=${row} .selected=${live(row === header_row)}>
            ${words.t("change.header_row", { row: String(row) })}
          </option>`,
        )}
      </select>
    </div>
    <ul class="columns">
      ${columns.map(
        ({ index, letter, header, kind, filled, problems }) => html`<li>
          <span class="letter">${letter}</span>
          <div class="field">
            <label for=${`kind-${index}`}>${header || words.t("change.no_header")}</label>
            <select id=${`kind-${index}`} @change=${(/** @type {Event} */ event) => app.chooseKind(index, valueOf(event))}>
              ${state.catalogue?.kinds.map(
                (one) => html`<option value=${one.kind} .selected=${live(one.kind === kind)}>${one.label}</option>`,
              )}
            </select>
            <span class="muted small">
              ${words.t("change.filled", { count: filled })}${problems ? ` · ${words.t("change.problems", { count: problems })}` : ""}
            </span>
          </div>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}
