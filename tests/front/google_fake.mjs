/**
 * A spreadsheet and Apps Script's services around it, in memory: enough to run the add-on's own files, in node and in
 * a browser. Positions count from 1 as in Apps Script.
 */

const LETTERS = /^(?:(?:'(.+)'|([^'!]+))!)?\$?([A-Z]*)\$?(\d*)(?::\$?([A-Z]*)\$?(\d*))?$/i;
const MOST_ROWS = 1000;
const MOST_COLUMNS = 26;

const index = (letters) => [...letters.toUpperCase()].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0);
const letter = (column) => (column > 26 ? letter(Math.floor((column - 1) / 26)) : "") + String.fromCharCode(65 + ((column - 1) % 26));

class Range {
  constructor(sheet, row, column, rows = 1, columns = 1) {
    Object.assign(this, { sheet, row, column, rows, columns });
  }

  getSheet = () => this.sheet;
  getRow = () => this.row;
  getColumn = () => this.column;
  getNumRows = () => this.rows;
  getNumColumns = () => this.columns;
  getLastRow = () => this.row + this.rows - 1;
  getLastColumn = () => this.column + this.columns - 1;
  getCell = (row, column) => new Range(this.sheet, this.row + row - 1, this.column + column - 1);
  getValues = () => this.map((cell) => cell ?? "");
  getFormulas = () => this.map((_, row, column) => this.sheet.formulas[letter(column) + row] ?? "");
  getDataValidations = () => this.map((_, row, column) => (this.sheet.rules.includes(letter(column) + row) ? {} : null));
  getMergedRanges = () => this.sheet.merges.map((name) => this.sheet.getRange(name));
  isBlank = () => this.getValues().flat().every((cell) => cell === "");
  activate = () => ((this.sheet.active = [this]), this);

  getA1Notation() {
    const first = letter(this.column) + this.row;
    const last = letter(this.getLastColumn()) + this.getLastRow();
    return first === last ? first : `${first}:${last}`;
  }

  map(tell) {
    return Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.columns }, (_, column) =>
        tell(this.sheet.rows[this.row + row - 1]?.[this.column + column - 1], this.row + row, this.column + column),
      ),
    );
  }

  /** Grows while the next row or column beside it holds something. */
  getDataRegion(dimension) {
    let [top, left, bottom, right] = [this.row, this.column, this.getLastRow(), this.getLastColumn()];
    const filled = (row, column, rows, columns) =>
      row > 0 && column > 0 && !new Range(this.sheet, row, column, rows, columns).isBlank();
    for (let grown = true; grown; ) {
      const [first, wide] = [Math.max(1, left - 1), right - Math.max(1, left - 1) + 2];
      const [start, tall] = [Math.max(1, top - 1), bottom - Math.max(1, top - 1) + 2];
      const sides = dimension === "ROWS" ? [left, right - left + 1] : [first, wide];
      if (filled(top - 1, sides[0], 1, sides[1])) top -= 1;
      else if (filled(bottom + 1, sides[0], 1, sides[1])) bottom += 1;
      else if (dimension !== "ROWS" && filled(start, left - 1, tall, 1)) left -= 1;
      else if (dimension !== "ROWS" && filled(start, right + 1, tall, 1)) right += 1;
      else grown = false;
    }
    return new Range(this.sheet, top, left, bottom - top + 1, right - left + 1);
  }
}

class Sheet {
  constructor(book, told) {
    const rest = { formulas: {}, rules: [], merges: [], hidden: [], filtered: [], protections: [], type: "GRID", filter: false };
    Object.assign(this, { book, ...rest, ...told, active: [] });
    this.asked = 0;
    this.select(told.selected ?? "A1");
  }

  select(...names) {
    this.book.front = this;
    this.active = names.map((name) => this.getRange(name));
  }

  getParent = () => this.book;
  getSheetId = () => this.id;
  getName = () => this.title;
  getType = () => this.type;
  getLastRow = () => this.rows.length;
  getLastColumn = () => Math.max(0, ...this.rows.map((row) => row.length));
  getActiveRangeList = () => (this.active.length ? { getRanges: () => this.active } : null);
  getCurrentCell = () => this.active.at(-1)?.getCell(1, 1) ?? null;
  getFilter = () => (this.filter ? {} : null);
  getSlicers = () => [];
  isRowHiddenByUser = (row) => ((this.asked += 1), this.hidden.includes(row));
  isRowHiddenByFilter = (row) => ((this.asked += 1), this.filtered.includes(row));
  activate = () => ((this.book.front = this), this);
  getRangeList = (names) => ({ activate: () => this.select(...names) });

  getRange(first, ...rest) {
    if (typeof first === "number") return new Range(this, first, ...rest);
    const found = LETTERS.exec(first);
    if (!found || !(found[3] || found[4])) throw new Error("Exception: Range not found");
    const [, , , left, top, right = left, bottom = top] = found;
    const [row, column] = [Number(top) || 1, index(left) || 1];
    return new Range(this, row, column, (Number(bottom) || MOST_ROWS) - row + 1, (index(right) || MOST_COLUMNS) - column + 1);
  }

  getProtections(kind) {
    return this.protections
      .filter(({ range }) => (range ? "RANGE" : "SHEET") === kind)
      .map(({ range, open = [], canEdit = false, warns = false }) => ({
        canEdit: () => canEdit,
        isWarningOnly: () => warns,
        getRange: () => this.getRange(range),
        getUnprotectedRanges: () => open.map((name) => this.getRange(name)),
      }));
  }
}

/** A spreadsheet of sheets such as `{id: 7, title: "Contacts", rows: [["Name"], ["Zoe"]], selected: "A1:A2"}`. */
export class Book {
  constructor(sheets, { id = "book-1", zone = "Europe/Paris", locale = "fr_FR" } = {}) {
    Object.assign(this, { id, zone, locale, front: null });
    this.sheets = sheets.map((told) => new Sheet(this, told));
    this.front = this.sheets[0];
  }

  getId = () => this.id;
  getUrl = () => `https://docs.google.com/spreadsheets/d/${this.id}/edit?usp=drivesdk`;
  getSpreadsheetTimeZone = () => this.zone;
  getSpreadsheetLocale = () => this.locale;
  getSheetById = (id) => this.sheets.find((sheet) => sheet.id === id) ?? null;

  getRange(name) {
    const found = LETTERS.exec(name);
    const title = found?.[1] ?? found?.[2];
    const sheet = title ? this.sheets.find((one) => one.title === title) : this.front;
    if (!sheet) throw new Error("Exception: Range not found");
    return sheet.getRange(name.slice(name.lastIndexOf("!") + 1));
  }
}

/** The moment as a clock of that zone shows it, which is all that the add-on asks `formatDate` for. */
function formatDate(date, zone) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" },
  }).formatToParts(date);
  const { year, month, day, hour, minute, second, fractionalSecond } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}.${fractionalSecond}`;
}

/**
 * Apps Script's services for one person. `person` may change between calls: `account`, `locale`, `token`, `allowed`.
 * What was shown is kept in `shown`; `files` are the add-on's pages by name.
 */
export function services(book, person, files = {}) {
  const shown = { menu: [], sidebar: null, dialog: null };
  const needs = (what) => {
    if (!person.allowed) throw new Error(`You do not have permission to call ${what}`);
  };
  const output = (text) => {
    const page = { text, title: "" };
    const chain = { setTitle: (title) => ((page.title = title), chain), setWidth: () => chain, setHeight: () => chain, page };
    return chain;
  };
  const menu = { addItem: (label, name) => (shown.menu.push([label, name]), menu), addToUi: () => {} };
  return {
    shown,
    SpreadsheetApp: {
      getUi: () => ({
        createAddonMenu: () => menu,
        showSidebar: ({ page }) => (needs("Ui.showSidebar"), (shown.sidebar = page)),
        showModalDialog: ({ page }, title) => (needs("Ui.showModalDialog"), (shown.dialog = { ...page, title })),
      }),
      getActive: () => (needs("SpreadsheetApp.getActive"), book),
      getActiveSheet: () => (needs("SpreadsheetApp.getActiveSheet"), book.front),
      SheetType: { GRID: "GRID", OBJECT: "OBJECT" },
      ProtectionType: { RANGE: "RANGE", SHEET: "SHEET" },
      Dimension: { ROWS: "ROWS", COLUMNS: "COLUMNS" },
    },
    ScriptApp: {
      AuthMode: { FULL: "FULL" },
      requireAllScopes: () => needs("ScriptApp.requireAllScopes"),
      getIdentityToken: () => (needs("ScriptApp.getIdentityToken"), person.token),
      getOAuthToken: () => (needs("ScriptApp.getOAuthToken"), "access-token"),
    },
    Session: {
      getEffectiveUser: () => (needs("Session.getEffectiveUser"), { getEmail: () => person.account }),
      getActiveUserLocale: () => person.locale,
    },
    HtmlService: {
      createTemplateFromFile: (name) => ({
        evaluate() {
          return output(rendered(files[name], this));
        },
      }),
    },
    Utilities: { formatDate },
  };
}

/** A template with its `<?= name ?>` filled in, escaped as Google does. */
function rendered(text, facts) {
  const escape = (value) => String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return text.replace(/<\?=\s*(\w+)\s*\?>/g, (_, name) => escape(facts[name]));
}

/** The add-on's functions, run with these services instead of Google's. */
export function script(source, { SpreadsheetApp, ScriptApp, Session, HtmlService, Utilities }) {
  const names = [...source.matchAll(/^function (\w+)\(/gm)].map(([, name]) => name);
  const given = { SpreadsheetApp, ScriptApp, Session, HtmlService, Utilities };
  return new Function(...Object.keys(given), `"use strict";\n${source}\nreturn { ${names} };`)(...Object.values(given));
}

/** What `google.script.run` carries: no Date, nothing undefined inside a list, no function; anything else is refused. */
export function carried(value) {
  if (value instanceof Date || typeof value === "function" || typeof value === "bigint") throw new Error("cannot be carried");
  if (Array.isArray(value)) {
    return value.map((one) => {
      if (one === undefined) throw new Error("undefined cannot be carried");
      return carried(one);
    });
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).map(([key, one]) => [key, carried(one)]));
}
