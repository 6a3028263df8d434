/**
 * For the designers' switches only: a fetch that fails in a chosen way, so that every problem can be looked at.
 */

/** @typedef {"none" | "offline" | "slow" | "signed_out" | "quota" | "broken"} Failure */

/** @type {Record<string, {status: number, code: string, title: string, detail: string}>} */
const REPLIES = {
  signed_out: { status: 401, code: "not_signed_in", title: "", detail: "" },
  quota: { status: 429, code: "too_many_requests", title: "", detail: "" },
  broken: { status: 500, code: "failed", title: "", detail: "" },
};
const SLOW_MILLISECONDS = 4000;

export function failingFetch() {
  /** @type {Failure} */
  let failure = "none";
  return {
    /** @param {Failure} chosen */
    choose(chosen) {
      failure = chosen;
    },
    /** @type {typeof fetch} */
    async fetch(input, init) {
      if (failure === "offline") throw new TypeError("offline");
      if (failure === "slow") await new Promise((done) => setTimeout(done, SLOW_MILLISECONDS));
      const reply = REPLIES[failure];
      if (!reply) return fetch(input, init);
      return new Response(JSON.stringify(reply), { status: reply.status, headers: { "Content-Type": "application/problem+json" } });
    },
  };
}
