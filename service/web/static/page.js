// The key / goes to the search, as on many pages; forms need no script.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  document.getElementById("search")?.focus();
  event.preventDefault();
});

// A slider says its value; without this script the value is that of the last answer.
document.addEventListener("input", (event) => {
  const output = document.querySelector(`output[for="${CSS.escape(event.target.id)}"]`);
  if (output) output.value = event.target.value;
  // Who moves the days means them.
  const recovers = document.getElementById("recovers");
  if (event.target.id === "days" && recovers) recovers.checked = false;
});

// A form that changes a part of the page in place: its undo is the next thing to press,
// and why it was refused is said where a notice is.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "board") document.querySelector("#notice button")?.focus();
});
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const text = page.querySelector("[role=alert]")?.textContent;
  document.getElementById("notice").textContent = text ?? "No answer; reload the page.";
});
