/**
 * SlickGrid under a strict content policy: its column positions are rules of a style sheet that it makes itself.
 * A constructed style sheet is allowed where an inline <style> element is not.
 */
import { SlickGrid } from "slickgrid";

/** @typedef {{sheet: CSSStyleSheet, left: CSSStyleRule[], right: CSSStyleRule[]}} Rules */

/** Outside the class, because the grid makes its rules while it is being constructed. @type {WeakMap<object, Rules>} */
const made = new WeakMap();

export class StrictGrid extends SlickGrid {
  /** @override */
  createCssRules() {
    const sheet = new CSSStyleSheet();
    /** @param {string} rule */
    const add = (rule) => /** @type {CSSStyleRule} */ (sheet.cssRules[sheet.insertRule(`.${this.uid} ${rule}`, sheet.cssRules.length)]);
    const height = this.getOptions().rowHeight ?? 25;
    add(".slick-header-column { left: 1000px; }");
    add(`.slick-cell { height: ${height - this.cellHeightDiff}px; }`);
    add(`.slick-row { height: ${height}px; }`);
    const columns = this.getColumns();
    this.removeCssRules();
    made.set(this, { sheet, left: columns.map((_, at) => add(`.l${at} { }`)), right: columns.map((_, at) => add(`.r${at} { }`)) });
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  /** @override @param {number} column */
  getColumnCssRules(column) {
    const rules = /** @type {any} */ (made.get(this));
    return { left: rules.left[column], right: rules.right[column] };
  }

  /** @override */
  removeCssRules() {
    const sheet = made.get(this)?.sheet;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    made.delete(this);
  }
}
