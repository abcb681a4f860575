// Counts over an hour, a day and a year.

import { read } from "./interface.js";
import { chart } from "./charts.js";
import { element, number, percent, table } from "./dom.js";

const PAUSE = 10000;
const LONG_PAUSE = 60000;
const MOST = 8;

const GROUPS = ["totals", "reasons", "routes", "issuers", "clients", "subjects", "networks"];

const SPANS = [["seconds", "last hour, by seconds"], ["minutes", "last day, by minutes"], ["hours", "last year, by hours"]];

export function show(view) {
  const span = element("select", { id: "span" }, ...SPANS.map(([value, text]) => element("option", { value }, text)));
  const charts = element("div", {});
  const about = element("p", {});
  view.append(
    element("h2", {}, "Trends"),
    element("div", { className: "choices" }, element("label", {}, "Time span", span)),
    about, charts);
  const shown = {
    pause: PAUSE,
    async refresh() {
      const groups = await Promise.all(GROUPS.map((group) => read(`trends/${span.value}/${group}`)));
      shown.pause = span.value === "seconds" ? PAUSE : LONG_PAUSE;
      about.textContent = (groups[0].stored
        ? "Counts of all nodes, stored in the database once a minute."
        : "Counts of this process since the console started; a restart forgets them.")
        + " Where several values share a point, counts are added, and of times the longest is shown.";
      charts.replaceChildren(...chartsOf(...groups));
    },
  };
  span.addEventListener("change", () => shown.refresh());
  return shown;
}

function chartsOf(totals, reasons, routes, issuers, clients, subjects, networks) {
  if (totals.count === 0) {
    return [element("p", {}, "No counts yet.")];
  }
  return [
    chart("Decisions", totals, ["granted", "refused", "unavailable"], ["granted", "refused", "503"]),
    ...comparison(totals),
    chart("Time of a decision in µs", totals, ["p50Micros", "p99Micros"], ["half faster than", "99 % faster than"]),
    chart("Token cache", totals, ["cacheHits", "cacheMisses"], ["from the cache", "verified in full"]),
    chart("Keys, introspection, revocations", totals,
      ["keyLoads", "keyLoadsFailed", "introspections", "introspectionsFailed", "revocations"],
      ["key loads", "failed key loads", "introspections", "failed introspections", "revocations"]),
    ...most("Top reasons of refusals", reasons),
    ...most("Top routes", routes),
    ...most("Issuers", issuers),
    ...most("Top clients", clients),
    ...most("Subjects of refused requests, by hash", subjects),
    ...most("Networks of refused requests", networks),
  ];
}

/** What was counted a week before, if it is known. */
function comparison(totals) {
  if (!totals.weekBefore) {
    return [];
  }
  const sum = (values) => (values ?? []).reduce((a, b) => a + b, 0);
  const names = [["granted", "granted"], ["refused", "refused"], ["unavailable", "503"]];
  const before = { ...totals, series: totals.weekBefore };
  return [
    chart("Decisions at the same time a week before", before, names.map(([name]) => name), names.map(([, label]) => label)),
    table("Compared with a week before", ["decisions", "#now", "#a week before", "#change"],
      names.map(([name, label]) => {
        const now = sum(totals.series[name]);
        const then = sum(totals.weekBefore[name]);
        return [label, number(now), number(then), then > 0 ? percent(now / then - 1) : ""];
      })),
  ];
}

function most(title, trend) {
  const sums = Object.entries(trend.series)
    .map(([name, values]) => [name, values.reduce((a, b) => a + b, 0)])
    .filter(([, sum]) => sum > 0)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST);
  return sums.length === 0 ? [] : [
    chart(title, trend, sums.map(([name]) => name)),
    table(`${title}, in the whole time span`, ["name", "#count"], sums.map(([name, sum]) => [name, number(sum)])),
  ];
}
