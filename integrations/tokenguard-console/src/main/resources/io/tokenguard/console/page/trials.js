// Requirements that are tried on rules: they refuse nothing, and what they would refuse is counted.

import { act, read } from "./interface.js";
import { element, number, table, time } from "./dom.js";
import { form, input } from "./forms.js";

let names = null;
let list = null;

export function panel() {
  names = element("datalist", { id: "rules" });
  list = element("div", {});
  const made = form("Try a requirement", "Reports and counts what a requirement would refuse on a rule, and refuses nothing. Ends"
    + " with a restart or another configuration.",
  [...input("Rule", "rule", { list: "rules", required: true }),
    ...input("Requirement, such as scope orders:list", "requirement", { required: true })], "Start the trial",
  async (values) => {
    show(await act("trials/start", values));
    return element("p", { className: "good" }, `On trial: ${values.rule}`);
  });
  const again = element("button", { type: "button" }, "Count again");
  again.addEventListener("click", () => refresh().catch((failure) => failed(failure)));
  return element("div", { className: "wide" }, names, made, list, again);
}

export async function refresh() {
  show(await read("trials"));
}

function show({ rules }) {
  names.replaceChildren(...rules.map(({ rule }) => element("option", { value: rule })));
  list.replaceChildren(table("Requirements on trial", ["rule", "tried", "since", "#granted", "#would refuse", "action"],
    rules.filter(({ tried }) => tried !== null).map((one) => [one.rule, one.tried,
      one.since ? time(one.since) : "the start", counted(one.granted), counted(one.wouldRefuse),
      one.configured ? "configured" : ending(one.rule)])));
}

function counted(value) {
  return value === null ? "" : number(value);
}

function ending(rule) {
  const button = element("button", { type: "button", "aria-label": `End the trial of ${rule}` }, "End");
  button.addEventListener("click", () => act("trials/end", { rule }).then(show, failed));
  return button;
}

function failed(failure) {
  list.prepend(element("p", { className: "bad", role: "alert" }, failure.message));
}
