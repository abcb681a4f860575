// What an operator can do.

import { act, read } from "./interface.js";
import { element, fields, table, time } from "./dom.js";
import { form, freshId, input } from "./forms.js";
import * as trials from "./trials.js";

const KINDS = [
  ["token", "a token, by its text"],
  ["token-id", "a token, by its identifier (jti)"],
  ["session", "a session (sid)"],
  ["subject", "a subject (sub)"],
  ["client", "a client"],
  ["issuer", "all tokens of an issuer"],
];

export function show(view) {
  const issuers = element("datalist", { id: "issuers" });
  const keyIds = element("datalist", { id: "key-ids" });
  view.append(
    element("h2", {}, "Act"), issuers, keyIds,
    element("div", { className: "panels" },
      revoking(), banning(), searching(), trying(), refreshing(), trials.panel()));
  return {
    pause: 0,
    async refresh() {
      const keys = await read("keys");
      await trials.refresh();
      issuers.replaceChildren(...keys.issuers.map((of) => element("option", { value: of.issuer })));
      keyIds.replaceChildren(...keys.issuers.flatMap((of) => of.keyIds).map((id) => element("option", { value: id })));
    },
  };
}

/** Selects what is meant, and shows the fields that it needs. */
function target(kinds) {
  const id = freshId();
  const kind = element("select", { id, name: "kind" }, ...kinds.map(([value, text]) => element("option", { value }, text)));
  const token = element("div", {}, ...input("Token", "token", { type: "password" }));
  const issuer = element("div", {}, ...input("Issuer (iss)", "issuer", { list: "issuers" }));
  const name = element("div", {}, ...input("Identifier or name", "name"));
  const adapt = () => {
    const isKey = kind.value.startsWith("key");
    for (const [part, isUsed] of [
      [token, kind.value === "token"],
      [issuer, kind.value !== "token" && !isKey],
      [name, kind.value !== "token" && kind.value !== "issuer"],
    ]) {
      part.hidden = !isUsed;
      const field = part.querySelector("input");
      field.disabled = !isUsed;
      field.required = isUsed;
    }
  };
  kind.addEventListener("change", adapt);
  adapt();
  return [element("label", { htmlFor: id }, "What"), kind, token, issuer, name];
}

function stored(document, done) {
  return element("p", { className: document.stored ? "good" : "bad" },
    document.stored
      ? `${done}: ${document.kind} ${document.target}`
      : "In effect on this node, and not stored as configured. See the state of the revocation store, and do it again later.");
}

function revoking() {
  return form("Revoke", "Takes effect at once, and can't be undone. Of a subject, a client or an issuer, the tokens issued before"
    + " now are revoked.", target(KINDS), "Revoke",
  async (values) => stored(await act("revoke", values), "Revoked"));
}

function banning() {
  return form("Ban a signing key", "For a compromised key. Never expires, and can't be undone: all its tokens are refused.",
    input("Key ID (kid)", "keyId", { list: "key-ids", required: true }), "Ban the key",
    async (values) => stored(await act("ban", values), "Banned"));
}

function searching() {
  const made = form("Search revocations", "Nodes keep only hashes: name exactly what was revoked.",
    target([...KINDS, ["key-id", "a banned key, by its key ID"]]), "Search",
    async (values) => listed(await act("revocations/search", values)));
  const all = element("button", { type: "button" }, "List all");
  all.addEventListener("click", async () => {
    try {
      made.lastElementChild.replaceChildren(listed(await read("revocations")));
    } catch (failure) {
      made.lastElementChild.replaceChildren(element("p", { className: "bad" }, failure.message));
    }
  });
  made.insertBefore(all, made.lastElementChild);
  return made;
}

function listed({ revocations, hasMore }) {
  return table(hasMore ? "The first 500 revocations" : "Revocations", ["kind", "target", "issued before", "until"],
    revocations.map((one) => [one.kind, one.target, one.issuedBefore ? time(one.issuedBefore) : "any time",
      one.until ? time(one.until) : "ever"]));
}

function trying() {
  return form("Try a token", "Shows what the guard would decide, without counting or logging it. The request is taken to come from"
    + " this browser's address.",
  [...input("Token", "token", { type: "password" }),
    ...input("Method", "method", { value: "GET" }),
    ...input("Path in the application", "path", { value: "/", required: true })], "Try",
  async (values) => {
    const { granted, token, refusal } = await act("explain", values);
    return element("div", {},
      element("p", { className: granted ? "good" : "bad" }, granted ? "Granted" : `Refused: ${refusal.reason}`),
      fields(granted ? token ?? {} : refusal));
  });
}

function refreshing() {
  return form("Load keys again", "Loads the keys of all issuers in the background, at most as often as configured.", [],
    "Load keys",
    async () => {
      const { loads } = await act("keys/refresh", {});
      return element("p", {}, loads > 0 ? `Loads running: ${loads}` : "No load was started: the limit of loads is reached.");
    });
}
