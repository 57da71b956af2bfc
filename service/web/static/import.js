// Files that are dropped on the form are chosen; the form works without this.
const form = document.querySelector("form.drop");
const input = form?.querySelector("input[type=file]");
for (const name of ["dragenter", "dragover"])
  form?.addEventListener(name, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
for (const name of ["dragleave", "drop"]) form?.addEventListener(name, () => form.classList.remove("over"));
form?.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
});
