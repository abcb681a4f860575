// The interface of the console. The token stays in this module, and goes nowhere but into the Authorization field.

let token = "";

export class Refused extends Error {}

export function use(text) {
  token = text.replace(/^\s*(bearer\s+)?/i, "").trim();
}

export function forget() {
  token = "";
}

async function send(path, options) {
  const response = await fetch(`api/${path}`, {
    ...options,
    headers: { ...options.headers, Authorization: `Bearer ${token}` },
    credentials: "omit",
    cache: "no-store",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  if (response.status === 401 || response.status === 403) {
    throw new Refused(response.status === 401
      ? "The token is not accepted, or not any more. The application's audit log has the reason."
      : "The token has not the scope or role of the console.");
  }
  const document = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(document.error ?? `The server answered with status ${response.status}.`);
  }
  return document;
}

export function read(path) {
  return send(path, {});
}

export function act(path, body) {
  return send(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
