// What happens now: rates, counts by route and issuer, state, and the last refusals.

import { read } from "./interface.js";
import { element, fields, micros, number, percent, shown, table, time } from "./dom.js";

const PAUSE = 2000;

export function show(view) {
  const tiles = element("dl", { className: "tiles" });
  const panels = element("div", { className: "panels" });
  const refusals = element("div", {});
  view.append(
    element("h2", {}, "Now"), tiles, panels,
    element("h2", {}, "Last refusals"), refusals);
  let before = null;
  let newest = "";
  return {
    pause: PAUSE,
    async refresh() {
      const now = await read("now");
      tiles.replaceChildren(...tilesOf(now));
      if (!panels.contains(document.activeElement)) {
        panels.replaceChildren(...panelsOf(now, before));
      }
      const latest = JSON.stringify(now.refusals[0] ?? null);
      if (latest !== newest) {
        newest = latest;
        keepOpen(refusals, now.refusals);
      }
      before = now;
    },
  };
}

function tilesOf({ rates, health, stats }) {
  const tile = (name, value, kind = "") =>
    element("div", {}, element("dt", {}, name), element("dd", { className: kind }, value));
  return [
    tile("State", health.ready ? (health.degraded ? "degraded" : "ready") : "not ready",
      health.ready && !health.degraded ? "good" : "bad"),
    tile("Decisions per second", number(rates.decisionsPerSecond)),
    tile("Refused", percent(rates.refusedShare)),
    tile("Can't be decided (503)", percent(rates.unavailableShare)),
    tile("99 % faster than", micros(rates.p99Micros ?? 0)),
    tile("Half faster than", micros(rates.p50Micros ?? 0)),
    tile("Tokens from the cache", percent(rates.cacheHitShare)),
    tile("Revocations held", number(stats.state.revocations)),
  ];
}

function panelsOf(now, before) {
  const { stats, health } = now;
  return [
    outcomes("By route", stats.routes, before?.stats.routes, before, now),
    outcomes("By issuer", stats.issuers, before?.stats.issuers, before, now),
    table("Keys", ["issuer", "state", "key IDs", "loaded", "last failure"],
      health.keys.map((keys) => [keys.issuer, state(keys.state, "FRESH"), shown(keys.keyIds), time(keys.loadedAt), keys.lastFailure ?? ""])),
    table("Revocations and introspection", ["part", "state", "details"], [
      ["revocations", state(health.revocation.state, "KNOWN"),
        health.revocation.trouble ?? (health.revocation.syncedAt ? `in sync at ${time(health.revocation.syncedAt)}` : "no shared store")],
      ...health.introspection.map((calls) =>
        [`introspection of ${calls.issuer}`, state(calls.serving ? "serving" : "stopped", "serving"), calls.lastFailure ?? ""]),
      ...health.adapters.map((adapter) => [adapter.adapter, state(adapter.state, "ACTIVE"), ""]),
    ]),
    table("Refusals since the start, by reason", ["reason", "#count"],
      Object.entries(stats.refusals).sort((a, b) => b[1] - a[1]).map(([reason, count]) => [reason, number(count)])),
  ];
}

function state(text, good) {
  return element("span", { className: text === good ? "good" : "bad" }, text);
}

function outcomes(caption, rows, earlier, before, now) {
  const seconds = before ? (Date.parse(now.at) - Date.parse(before.at)) / 1000 : 0;
  const total = (row) => row.granted + row.refused + row.unavailable;
  const old = new Map((earlier ?? []).map((row) => [row.label, total(row)]));
  return table(caption, [caption.replace("By ", ""), "#per second", "#granted", "#refused", "#503"],
    rows.filter((row) => total(row) > 0).map((row) => [
      row.label,
      seconds > 0 ? number((total(row) - (old.get(row.label) ?? 0)) / seconds) : "",
      number(row.granted), number(row.refused), number(row.unavailable)]));
}

function keepOpen(list, refusals) {
  const open = new Set([...list.querySelectorAll("details[open]")].map((item) => item.dataset.key));
  const focused = document.activeElement?.closest?.("details")?.dataset.key;
  list.replaceChildren(...refusals.map((refusal) => {
    const { reason, status, path, method } = refusal.fields;
    const item = element("details", {},
      element("summary", {}, `${new Date(refusal.at).toLocaleTimeString()} ${status} ${reason} ${method ?? ""} ${path ?? ""}`
        + (refusal.event === "refused" ? "" : " (report-only)")),
      fields(refusal.fields));
    item.dataset.key = refusal.fields.id ?? refusal.at;
    item.open = open.has(item.dataset.key);
    return item;
  }));
  if (refusals.length === 0) {
    list.append(element("p", {}, "none since the console started"));
  }
  [...list.children].find((item) => item.dataset.key === focused && focused)?.querySelector("summary").focus();
}
