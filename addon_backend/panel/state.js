/**
 * What the panel knows at one moment. Views read it, only `app.js` changes it.
 *
 * @import { Problem } from "./api.js"
 * @import { Asking } from "./consent.js"
 * @import { Selection } from "./host/port.js"
 * @import { Catalogue, CleanMode, Decisions, Explanation, HistoryLine, Known, Me, Preview, Recipe } from "./types.js"
 * @import { Report, RowPlace, RunView } from "./types.js"
 */

/** @typedef {"start" | "run" | "results" | "decisions" | "history"} ViewName */
/** @typedef {"reading" | "starting" | "stopping" | "continuing" | "undoing" | "swapping" | "deciding" | "explaining" | "opening" | "saving" | null} Busy */

/**
 * What the person set behind "Change". `recipe` is null until she changed something or chose one.
 * @typedef {object} Settings
 * @property {string} recipeName
 * @property {Recipe | null} recipe
 * @property {Record<string, string>} kinds
 * @property {"find" | number | null} headerRow
 */

/**
 * @typedef {object} State
 * @property {ViewName} view
 * @property {Busy} busy
 * @property {Selection | null} selection
 * @property {Preview | null} preview
 * @property {Known | null} part the new rows of the selection, where those are looked at instead of all of it
 * @property {boolean} whole the person wants the whole list although some rows are new
 * @property {Settings | null} before her settings from before the new rows brought their recipe
 * @property {Problem | null} problem
 * @property {Problem | null} trouble a passing problem while a run is followed
 * @property {Asking | null} asking her consent is asked for, before the first run at Google
 * @property {boolean} consentEnded she has ended it here
 * @property {string} typed the range that she typed instead of selecting it
 * @property {Settings} settings
 * @property {Catalogue | null} catalogue
 * @property {Me | null} me
 * @property {HistoryLine[]} history
 * @property {RunView | null} run
 * @property {Report | null} report
 * @property {{cell: string, entries: Explanation[]} | null} explained
 * @property {Decisions | null} decisions
 * @property {RunView | null} decided the run that sets, or takes back, what was decided last
 * @property {{group: string, places: RowPlace[], at: number} | null} rowShown
 * @property {boolean} reasonsShown
 * @property {boolean} changeOpen
 * @property {string} announcement
 */

/** @returns {State} */
export function firstState() {
  return {
    view: "start",
    busy: "reading",
    selection: null,
    preview: null,
    part: null,
    whole: false,
    before: null,
    problem: null,
    trouble: null,
    asking: null,
    consentEnded: false,
    typed: "",
    settings: { recipeName: "standard", recipe: null, kinds: {}, headerRow: "find" },
    catalogue: null,
    me: null,
    history: [],
    run: null,
    report: null,
    explained: null,
    decisions: null,
    decided: null,
    rowShown: null,
    reasonsShown: false,
    changeOpen: false,
    announcement: "",
  };
}

/**
 * The recipe in force: the person's own, else the bundled one of that name.
 * @param {State} state
 * @returns {Recipe | null}
 */
export function recipeOf({ settings, catalogue }) {
  if (settings.recipe) return settings.recipe;
  return catalogue?.recipes.find(({ name }) => name === settings.recipeName)?.recipe ?? null;
}

/**
 * How a kind that can be cleaned is cleaned under a recipe.
 * @param {Recipe} recipe
 * @param {string} kind
 * @returns {CleanMode}
 */
export function cleanMode(recipe, kind) {
  return recipe.clean[kind] ?? recipe.clean_default;
}
