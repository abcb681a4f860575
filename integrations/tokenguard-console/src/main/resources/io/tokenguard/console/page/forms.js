// Forms of acts.

import { element, say } from "./dom.js";

let count = 0;

export function freshId() {
  return `field-${++count}`;
}

/** A label and its field. */
export function input(label, name, properties = {}) {
  const id = freshId();
  return [
    element("label", { htmlFor: id }, label),
    element("input", { id, name, autocomplete: "off", spellcheck: false, ...properties }),
  ];
}

/** A form whose result is put below it. */
export function form(title, text, parts, button, submit) {
  const result = element("div", { role: "status" });
  const made = element("form", {}, element("h3", {}, title), element("p", {}, text), ...parts,
    element("button", { type: "submit" }, button), result);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(made)].filter(([, value]) => value !== ""));
    try {
      result.replaceChildren(await submit(values));
      say("");
    } catch (failure) {
      result.replaceChildren(element("p", { className: "bad" }, failure.message));
    }
  });
  return made;
}
