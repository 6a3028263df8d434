/**
 * Puts the panel together: which host, which language, which theme; then draws whatever `app.js` says.
 *
 * @import { Host } from "./host/port.js"
 * @import { State } from "./state.js"
 */
import { createApi } from "./api.js";
import { createApp } from "./app.js";
import { googleHost } from "./host/google.js";
import { sandboxHost } from "./host/sandbox.js";
import { languageFor, loadMessages, translator } from "./i18n.js";
import { draw } from "./views/frame.js";

/** @type {Record<string, (asked: URLSearchParams) => Host>} */
const ADAPTERS = { google: googleHost, sandbox: sandboxHost };

const asked = new URLSearchParams(window.location.search);
const host = (ADAPTERS[asked.get("host") ?? ""] ?? sandboxHost)(asked);
const language = languageFor(host.language);
const root = document.documentElement;
root.lang = language;
root.dataset.host = host.name;
root.dataset.theme = host.theme;

const words = translator(language, await loadMessages(language));
document.title = words.t("panel.title");
const place = /** @type {HTMLElement} */ (document.getElementById("panel"));
const api = createApi({ ticket: () => host.ticket(), language, fetch: host.fetch });
const app = createApp({ api, host, words, show: (state) => draw(place, { state, words, app, host }) });
await app.open();
