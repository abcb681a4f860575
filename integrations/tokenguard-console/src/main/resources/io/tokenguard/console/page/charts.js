// Charts by uPlot, in the colours of the page.

import { element, number } from "./dom.js";

const HEIGHT = 190;
const SERIES = ["#3b82f6", "#d97706", "#dc5f56", "#2f9e5b", "#a06ad8", "#2596a5", "#b0487d", "#7a7f2e"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A chart of series, with a description for those who do not see it. */
export function chart(title, trend, names, labels = names) {
  const times = Array.from({ length: trend.count }, (_, i) => trend.from + i * trend.step);
  const data = [times, ...names.map((name) => trend.series[name] ?? times.map(() => 0))];
  const place = element("div", {});
  const figure = element("figure", {},
    element("figcaption", {}, `${title}. ${summary(names, labels, data)}`), place);
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--raised") }, ticks: { stroke: colour("--raised") } };
  requestAnimationFrame(() => {
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", `${title}. ${summary(names, labels, data)}`);
    const plot = new window.uPlot({
      width: Math.max(280, figure.clientWidth),
      height: HEIGHT,
      axes: [axis, { ...axis, size: 80 }],
      series: [{}, ...labels.map((label, i) => ({ label, stroke: SERIES[i % SERIES.length], width: 2, points: { show: false } }))],
    }, data, place);
    new ResizeObserver(() => plot.setSize({ width: Math.max(280, figure.clientWidth), height: HEIGHT })).observe(figure);
  });
  return figure;
}

function summary(names, labels, data) {
  return names.map((name, i) => {
    const values = data[i + 1];
    const latest = values[values.length - 1] ?? 0;
    return `${labels[i]}: now ${number(latest)}, at most ${number(values.reduce((a, b) => Math.max(a, b), 0))}`;
  }).join("; ");
}
