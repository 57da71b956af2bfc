// The key / goes to the search, as on many pages; forms need no script.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea");
  if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  document.getElementById("search")?.focus();
  event.preventDefault();
});
