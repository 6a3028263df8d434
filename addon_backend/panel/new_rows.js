/**
 * A list that was run before opens on the rows that are new since, with the recipe of then.
 *
 * @import { State } from "./state.js"
 * @import { Preview } from "./types.js"
 */

/** The range that is looked at and run: the new rows alone, or the whole selection. @param {State} state */
export function rangeOf({ selection, part }) {
  return part?.range ?? selection?.range ?? "";
}

/**
 * What to look at instead of a whole list of which some rows are new; null where nothing is, or where the person
 * wants the whole list. What she has set herself stays. In a part, columns mean what they mean in the whole list,
 * which three rows alone would not tell; duplicates are not looked for: it would miss those in the rest of the list.
 * @param {State} state
 * @param {Preview} preview
 * @returns {Partial<State> | null}
 */
export function narrowed({ settings, before, part, whole }, { known, columns }) {
  if (part || whole || !known?.new_rows) return null;
  const untouched = settings.recipe === null && settings.recipeName === "standard";
  const recipe = { ...known.recipe, duplicates: known.recipe.duplicates && known.range === null };
  const kinds = { ...Object.fromEntries(columns.map(({ index, kind }) => [String(index), kind])), ...settings.kinds };
  return {
    part: known,
    before: before ?? settings,
    settings: { ...settings, kinds, ...(untouched ? { recipeName: recipe.name, recipe } : {}) },
  };
}

/** The whole list after all, with the recipe as it was. @param {State} state @returns {Partial<State>} */
export function widened({ settings, part }) {
  const { recipe } = settings;
  const duplicates = part?.recipe.duplicates ?? true;
  return { part: null, whole: true, settings: { ...settings, recipe: recipe && { ...recipe, duplicates } } };
}

/** Nothing of it any more: the rows were run, or another list is selected. @param {State} state */
export function forgotten({ settings, before }) {
  return { part: null, whole: false, before: null, settings: before ?? settings };
}
