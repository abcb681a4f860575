// Counts over an hour, a day and a year.

import { read } from "./interface.js";
import { chart } from "./charts.js";
import { element, number, table } from "./dom.js";

const PAUSE = 10000;
const MOST = 8;

const SPANS = [["seconds", "last hour, by seconds"], ["minutes", "last day, by minutes"], ["hours", "last year, by hours"]];

export function show(view) {
  const span = element("select", { id: "span" }, ...SPANS.map(([value, text]) => element("option", { value }, text)));
  const charts = element("div", {});
  view.append(
    element("h2", {}, "Trends"),
    element("div", { className: "choices" }, element("label", {}, "Time span", span)),
    element("p", {}, "Counts of this process since the console started; a restart forgets them. Where several values share a"
      + " point, counts are added, and of times the longest is shown."),
    charts);
  const shown = {
    pause: PAUSE,
    async refresh() {
      const groups = await Promise.all(["totals", "reasons", "routes", "issuers"].map((group) => read(`trends/${span.value}/${group}`)));
      charts.replaceChildren(...chartsOf(...groups));
    },
  };
  span.addEventListener("change", () => shown.refresh());
  return shown;
}

function chartsOf(totals, reasons, routes, issuers) {
  if (totals.count === 0) {
    return [element("p", {}, "No counts yet.")];
  }
  return [
    chart("Decisions", totals, ["granted", "refused", "unavailable"], ["granted", "refused", "503"]),
    chart("Time of a decision in µs", totals, ["p50Micros", "p99Micros"], ["half faster than", "99 % faster than"]),
    chart("Token cache", totals, ["cacheHits", "cacheMisses"], ["from the cache", "verified in full"]),
    chart("Keys, introspection, revocations", totals,
      ["keyLoads", "keyLoadsFailed", "introspections", "introspectionsFailed", "revocations"],
      ["key loads", "failed key loads", "introspections", "failed introspections", "revocations"]),
    ...most("Top reasons of refusals", reasons),
    ...most("Top routes", routes),
    ...most("Issuers", issuers),
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
