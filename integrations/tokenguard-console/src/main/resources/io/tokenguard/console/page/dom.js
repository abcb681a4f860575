// Builds elements. Texts are always text, never markup.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "list") {
      made[key] = value;
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map(node));
  return made;
}

function node(child) {
  return child instanceof Node ? child : String(child);
}

export function table(caption, heads, rows) {
  const cells = (kind, texts) => texts.map((text, i) => {
    const isNumber = heads[i].startsWith("#");
    const cell = element(kind, { className: isNumber ? "number" : "" }, kind === "th" ? text.replace("#", "") : text);
    if (kind === "th") {
      cell.scope = "col";
    }
    return cell;
  });
  const body = rows.length > 0
    ? rows.map((row) => element("tr", {}, ...cells("td", row)))
    : [element("tr", {}, element("td", { colSpan: heads.length }, "none"))];
  return element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption },
    element("table", {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...cells("th", heads))),
      element("tbody", {}, ...body)));
}

export function fields(members) {
  return element("dl", { className: "fields" },
    ...Object.entries(members).filter(([, value]) => value !== null && value !== undefined && value !== "")
      .flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, shown(value))]));
}

export function shown(value) {
  return Array.isArray(value) ? value.join(", ") || "none" : value;
}

export function time(iso) {
  return iso ? new Date(iso).toLocaleString() : "never";
}

export function number(value) {
  return (value ?? 0).toLocaleString(undefined, { maximumFractionDigits: 1 });
}

export function percent(share) {
  return `${number((share ?? 0) * 100)} %`;
}

export function micros(value) {
  return value >= 1000 ? `${number(value / 1000)} ms` : `${number(value)} µs`;
}

export function say(text, isBad = false) {
  const message = document.getElementById("message");
  message.textContent = text;
  message.className = isBad ? "bad" : "";
}
