// Signs in, and shows one view at a time.

import { Refused, forget, read, use } from "./interface.js";
import { say } from "./dom.js";
import * as act from "./act.js";
import * as now from "./now.js";
import * as trends from "./trends.js";

const VIEWS = { now, trends, act };

const signIn = document.getElementById("sign-in");
const signOut = document.getElementById("sign-out");
const views = document.getElementById("views");
const view = document.getElementById("view");
const field = document.getElementById("token");

let shown = null;
let timer = 0;

/** A token in the address's fragment is taken, and removed from the address before anything else happens. */
function handedOver() {
  const match = /^#token=(.+)$/.exec(location.hash);
  if (match) {
    history.replaceState(null, "", location.pathname);
  }
  return match ? match[1] : "";
}

function askForToken(text = "", isBad = false) {
  clearTimeout(timer);
  shown = null;
  forget();
  view.replaceChildren();
  views.hidden = true;
  signOut.hidden = true;
  signIn.hidden = false;
  field.value = "";
  say(text, isBad);
  field.focus();
}

async function start(token) {
  use(token);
  field.value = "";
  try {
    await read("keys");
  } catch (failure) {
    askForToken(failure.message, true);
    return;
  }
  signIn.hidden = true;
  signOut.hidden = false;
  views.hidden = false;
  say("");
  open();
  document.getElementById("main").focus();
}

function open() {
  const name = location.hash.slice(1) in VIEWS ? location.hash.slice(1) : "now";
  for (const link of views.children) {
    if (link.hash === `#${name}`) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  view.replaceChildren();
  shown = VIEWS[name].show(view);
  document.title = `${name[0].toUpperCase()}${name.slice(1)} – TokenGuard console`;
  refresh(shown);
}

async function refresh(of) {
  clearTimeout(timer);
  if (document.visibilityState === "visible") {
    try {
      await of.refresh();
      if (document.getElementById("message").className === "bad") {
        say("");
      }
    } catch (failure) {
      if (of !== shown) {
        return;
      }
      if (failure instanceof Refused) {
        askForToken(failure.message, true);
        return;
      }
      say(`Not up to date: ${failure.message}`, true);
    }
  }
  if (of === shown && of.pause > 0) {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(of), of.pause);
  }
}

signIn.addEventListener("submit", (event) => {
  event.preventDefault();
  start(field.value);
});
signOut.addEventListener("click", () => askForToken("The token is forgotten."));
window.addEventListener("hashchange", () => {
  const token = handedOver();
  if (token) {
    start(token);
  } else if (shown) {
    open();
    document.getElementById("main").focus();
  }
});

const token = handedOver();
if (token) {
  start(token);
} else {
  askForToken();
}
