/**
 * What the person sets behind "Change": each function is one control, and asks for a new preview.
 *
 * @import { Settings, State } from "./state.js"
 * @import { CleanMode, Recipe } from "./types.js"
 */
import { recipeOf } from "./state.js";

/**
 * @param {{change: (change: Partial<Settings>) => void, state: () => State}} parts
 */
export function choices({ change, state }) {
  /** @param {(recipe: Recipe) => Partial<Recipe>} edit */
  function changeRecipe(edit) {
    const recipe = recipeOf(state());
    if (recipe) change({ recipe: { ...recipe, ...edit(recipe) } });
  }

  return {
    /** @param {string} recipeName */
    chooseRecipe: (recipeName) => change({ recipeName, recipe: null }),
    /** @param {number} index @param {string} kind */
    chooseKind: (index, kind) => change({ kinds: { ...state().settings.kinds, [index]: kind } }),
    /** @param {"find" | number | null} headerRow */
    chooseHeader: (headerRow) => change({ headerRow }),
    /** @param {string} kind @param {CleanMode} mode */
    chooseCleaning: (kind, mode) => changeRecipe(({ clean }) => ({ clean: { ...clean, [kind]: mode } })),
    /** A field that only a priced source knows brings that source along. @param {string} field @param {boolean} wanted */
    chooseField: (field, wanted) =>
      changeRecipe(({ fill, sources }) => {
        const source = state().catalogue?.fields.find(({ name }) => name === field)?.source;
        return {
          fill: wanted ? [...fill, field] : fill.filter((one) => one !== field),
          sources: wanted && source && !sources.includes(source) ? [...sources, source] : sources,
        };
      }),
    /** @param {boolean} duplicates */
    chooseDuplicates: (duplicates) => changeRecipe(() => ({ duplicates })),
  };
}
