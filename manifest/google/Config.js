/**
 * What differs between installations. Whoever deploys the add-on sets all three; docs/install-google.md says where
 * each is found.
 */

/** Where the service lives, without a slash at the end. `urlFetchWhitelist` in appsscript.json names the same. */
const PANEL_URL = "https://enrich.example.com";

/** The number (not the id) of the Cloud project that holds this script and the service's OAuth client. */
const PROJECT_NUMBER = "000000000000";

/** A browser API key of that project, restricted to the Picker API. It is public by nature. */
const PICKER_KEY = "set-me";
