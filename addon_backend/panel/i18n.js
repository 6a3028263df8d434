/**
 * Messages by key, in English and French. A message is a text with {places}, or one text per plural form
 * chosen by its {count}. Numbers are written as the language writes them.
 */

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, Message>} Messages */
/** @typedef {Record<string, string | number>} Facts */

export const LANGUAGES = ["en", "fr"];

/**
 * The catalogue that serves a language tag such as "fr-CA"; English where we have none.
 * @param {string | null | undefined} tag
 */
export function languageFor(tag) {
  const base = (tag ?? "").toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.includes(base) ? base : "en";
}

/**
 * Loads a language's messages from beside this file.
 * @param {string} language
 * @param {typeof fetch} [get]
 * @returns {Promise<Messages>}
 */
export async function loadMessages(language, get = fetch) {
  const reply = await get(new URL(`./i18n/${language}.json`, import.meta.url));
  return reply.json();
}

/**
 * Returns the translator that every view is given.
 * @param {string} language
 * @param {Messages} messages
 */
export function translator(language, messages) {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
  const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const cellDays = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });

  /**
   * The message of a key, filled with facts. An unknown key shows itself, so that it is noticed.
   * @param {string} key
   * @param {Facts} [facts]
   */
  function t(key, facts = {}) {
    const message = messages[key];
    if (message === undefined) return key;
    const text = typeof message === "string" ? message : form(message, Number(facts.count));
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      const fact = facts[name];
      return fact === undefined ? place : typeof fact === "number" ? numbers.format(fact) : fact;
    });
  }

  /**
   * @param {Record<string, string>} forms
   * @param {number} count
   */
  function form(forms, count) {
    if (count === 0 && forms.zero !== undefined) return forms.zero;
    return forms[plural.select(count)] ?? forms.other;
  }

  return {
    language,
    t,
    /** @param {number} value */
    number: (value) => numbers.format(value),
    /** "20 February 2027". @param {number} seconds since 1970 */
    day: (seconds) => days.format(seconds * 1000),
    /** @param {number} seconds since 1970 */
    moment: (seconds) => moments.format(seconds * 1000),
    /** A spreadsheet's date serial, as days since 1899-12-30. @param {number} serial */
    serial: (serial) => cellDays.format((serial - 25_569) * 86_400_000),
    /**
     * "3 minutes ago".
     * @param {number} seconds since 1970
     * @param {number} [now] seconds since 1970
     */
    ago(seconds, now = Date.now() / 1000) {
      const gone = Math.max(0, now - seconds);
      if (gone < 60) return t("time.just_now");
      if (gone < 3600) return relative.format(-Math.round(gone / 60), "minute");
      if (gone < 86_400) return relative.format(-Math.round(gone / 3600), "hour");
      return gone < 7 * 86_400 ? relative.format(-Math.round(gone / 86_400), "day") : days.format(seconds * 1000);
    },
  };
}

/** @typedef {ReturnType<typeof translator>} Words */
