/**
 * Enrich selection, an Editor add-on for Google Sheets: a menu, a sidebar that frames the service's panel, and what
 * that panel may ask about the open sheet. Nothing is decided, kept or sent anywhere from here.
 *
 * A function whose name ends with _ cannot be called from the sidebar. All others can, by whoever has the sidebar
 * open, and act with that person's rights only.
 */

function onInstall() {
  onOpen();
}

/** Builds the menu and does nothing else: Google may run it before anything is authorised (AuthMode.NONE). */
function onOpen() {
  const words = words_();
  SpreadsheetApp.getUi()
    .createAddonMenu()
    .addItem(words.enrich, "enrichSelection")
    .addItem(words.open, "openPanel")
    .addToUi();
}

/** The menu's first entry: opens the panel on what is selected. */
function enrichSelection() {
  showSidebar_("enrich");
}

/** The menu's second entry: opens the panel on the run that goes on in this file, else on what is selected. */
function openPanel() {
  showSidebar_("open");
}

/**
 * Who is asking, in Google's word: a token that only the service can use, for an hour.
 * @returns {Answer_<{id_token: string}>}
 */
function session() {
  return answered_(() => {
    const token = ScriptApp.getIdentityToken();
    return token ? { id_token: token } : refuse_("no_identity");
  });
}

/**
 * What is selected, without any value.
 * @param {string[]} [shown] what `showRows` selected last: while just that is selected, only its cell is told
 * @returns {Answer_<Selected_ | Shown_ | null>}
 */
function readSelection(shown = []) {
  return answered_(() => {
    const sheet = SpreadsheetApp.getActiveSheet();
    const ranges = sheet.getActiveRangeList()?.getRanges() ?? [];
    const cell = sheet.getCurrentCell()?.getA1Notation() ?? "A1";
    if (shown.length && String(ranges.map((range) => range.getA1Notation())) === String(shown)) return { shown: cell };
    if (ranges.length > 1) return refuse_("selection_parts");
    return ranges.length ? describe_(sheet, ranges[0], cell) : null;
  });
}

/**
 * The same for a range that a person typed, for example "Sheet1!A2:C500".
 * @param {string} text
 * @returns {Answer_<Selected_ | null>}
 */
function readTyped(text) {
  return answered_(() => {
    const range = typed_(String(text).trim());
    return describe_(range.getSheet(), range, range.getCell(1, 1).getA1Notation());
  });
}

/**
 * The cells of a range of a sheet, typed, by column.
 * @param {string} sheetId
 * @param {string} range in A1 notation
 * @param {Stretch_[]} hidden its hidden rows, as `readSelection` told them: their values are left out
 * @returns {Answer_<Table_>}
 */
function readTable(sheetId, range, hidden) {
  return answered_(() => {
    const sheet = sheet_(sheetId);
    const used = inUse_(sheet, sheet.getRange(range));
    return used ? table_(sheet, used, hidden) : refuse_("selection_empty");
  });
}

/**
 * Selects rows, from the first column in use to the last, and scrolls to them.
 * @param {string} sheetId
 * @param {number[]} rows sheet rows, from 1
 * @returns {Answer_<string[]>} what is selected now
 */
function showRows(sheetId, rows) {
  return answered_(() => {
    const sheet = sheet_(sheetId);
    const width = Math.max(1, sheet.getLastColumn());
    const names = stretches_(rows).map(([row, count]) => sheet.getRange(row, 1, count, width).getA1Notation());
    if (names.length) sheet.activate().getRangeList(names).activate();
    return names;
  });
}

/** Lets the person choose this file in Google's own dialog: that choice is what gives the service access to it. */
function chooseFile() {
  return answered_(() => {
    const page = HtmlService.createTemplateFromFile("Picker");
    page.token = ScriptApp.getOAuthToken();
    page.key = PICKER_KEY;
    page.project = PROJECT_NUMBER;
    page.file = SpreadsheetApp.getActive().getId();
    page.language = language_();
    page.failed = words_().picker_failed;
    const size = { width: 640, height: 480 };
    SpreadsheetApp.getUi().showModalDialog(page.evaluate().setWidth(size.width).setHeight(size.height), words_().picker);
  });
}

/**
 * The account that this menu was pressed with goes into the page: with several accounts in one browser, later calls
 * may come from another one, and the page can then tell.
 * @param {"enrich" | "open"} wish
 */
function showSidebar_(wish) {
  ScriptApp.requireAllScopes(ScriptApp.AuthMode.FULL);
  const page = HtmlService.createTemplateFromFile("Sidebar");
  page.panel = PANEL_URL;
  page.wish = wish;
  page.account = account_();
  page.address = SpreadsheetApp.getActive().getUrl();
  page.language = language_();
  page.silent = words_().silent;
  page.again = words_().again;
  SpreadsheetApp.getUi().showSidebar(page.evaluate().setTitle(words_().enrich));
}

function account_() {
  return Session.getEffectiveUser().getEmail();
}

/** "fr" for who reads French, else "en". Where Google does not tell yet, "en". */
function language_() {
  try {
    return /^fr\b/i.test(Session.getActiveUserLocale()) ? "fr" : "en";
  } catch {
    return "en";
  }
}

function words_() {
  return WORDS_[language_()];
}

/** @type {Record<"en" | "fr", Record<"enrich" | "open" | "picker" | "picker_failed" | "silent" | "again", string>>} */
const WORDS_ = {
  en: {
    enrich: "Enrich selection",
    open: "Open panel",
    picker: "Choose this file",
    picker_failed: "Google’s file dialog did not load. Close this window and try again.",
    silent: "The panel cannot be reached.",
    again: "Try again",
  },
  fr: {
    enrich: "Enrichir la sélection",
    open: "Ouvrir le panneau",
    picker: "Choisir ce fichier",
    picker_failed: "La fenêtre de Google ne s’est pas chargée. Fermez-la et réessayez.",
    silent: "Le panneau est injoignable.",
    again: "Réessayer",
  },
};

/** A refusal that the panel has a sentence for. */
class Refusal_ extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/**
 * @param {string} code
 * @returns {never}
 */
function refuse_(code) {
  throw new Refusal_(code);
}

/**
 * @template Value
 * @typedef {{account: string, value?: Value, problem?: string}} Answer_ `account` is who this call ran as
 */

/**
 * @template Value
 * @param {() => Value} work
 * @returns {Answer_<Value>}
 */
function answered_(work) {
  const account = account_();
  try {
    return { account, value: work() };
  } catch (error) {
    if (error instanceof Refusal_) return { account, problem: error.code };
    throw error;
  }
}
