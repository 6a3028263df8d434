import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { languageFor, translator } from "../../addon_backend/panel/i18n.js";

const folder = new URL("../../addon_backend/panel/i18n/", import.meta.url);
const words = async (language) => translator(language, JSON.parse(await readFile(new URL(`${language}.json`, folder), "utf8")));
const english = await words("en");
const french = await words("fr");

test("a language tag finds its catalogue, and English serves the rest", () => {
  assert.equal(languageFor("fr-CA"), "fr");
  assert.equal(languageFor("FR"), "fr");
  assert.equal(languageFor("en_GB"), "en");
  assert.equal(languageFor("de"), "en");
  assert.equal(languageFor(null), "en");
});

test("one row is one row in both languages, and none is plural in English only", () => {
  assert.equal(english.t("start.enrich", { count: 1 }), "Enrich 1 row");
  assert.equal(english.t("start.enrich", { count: 0 }), "Enrich 0 rows");
  assert.equal(french.t("start.enrich", { count: 0 }), "Enrichir 0 ligne");
  assert.equal(french.t("start.enrich", { count: 2 }), "Enrichir 2 lignes");
});

test("large numbers are written as the language writes them", () => {
  assert.equal(english.t("start.enrich", { count: 5000 }), "Enrich 5,000 rows");
  assert.equal(french.t("start.enrich", { count: 5000 }), "Enrichir 5\u202f000 lignes");
  assert.equal(french.t("start.enrich", { count: 1_000_000 }), "Enrichir 1\u202f000\u202f000 lignes");
});

test("a nought that has words of its own uses them", () => {
  assert.equal(english.t("results.title", { count: 0 }), "Nothing was filled");
});

test("a fact is put in as it is, whatever it looks like", () => {
  assert.equal(english.t("explain.cell", { cell: "$&{count}" }), "Cell $&{count}");
});

test("a key that is missing shows itself", () => {
  assert.equal(english.t("no.such.key"), "no.such.key");
});

test("a date serial is a day that nobody reads as another", () => {
  assert.equal(english.serial(46073), "Feb 20, 2026");
  assert.equal(french.serial(46073), "20 févr. 2026");
});

test("moments are told from now", () => {
  assert.equal(english.ago(1000, 1030), "just now");
  assert.equal(english.ago(1000, 1000 + 300), "5 minutes ago");
  assert.equal(french.ago(1000, 1000 + 7200), "il y a 2 heures");
});
