// Comfort only: every page is whole without this file.

const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();

// A changed form asks before it is left. A form is watched when it posts and holds something to type.
const changed = new Set();
const isWatched = (form) => form && form.method === "post" && form.querySelector("textarea, .input");

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (isWatched(form)) changed.add(form);
});
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) changed.delete(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) changed.delete(event.target);
});
window.addEventListener("beforeunload", (event) => {
  const left = [...changed].some((form) => form.isConnected);
  if (!left) return;
  event.preventDefault();
  event.returnValue = true; // Chromium before 119 asks only then.
});

// A second click within five seconds sends nothing; afterwards the button is awake again (an answer may be a download).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});

// A closed part of the page opens when a link points into it, and everything opens on paper.
const openAround = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
};
window.addEventListener("hashchange", openAround);
openAround();
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});

// A choice that only narrows a list sends its form at once; the button beside it stays for everyone else.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form) form.requestSubmit();
});
