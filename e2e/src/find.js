// Elements of a role and accessible name below a scope, visible ones only. A quick search over
// the ways in which this page names things; the test then asks the browser itself to confirm.
const [scope, role, name] = arguments;
const NATIVE = {
  button: "button, summary, input[type=button], input[type=file], input[type=submit]",
  checkbox: "input[type=checkbox]",
  combobox: "select:not([multiple])",
  dialog: "dialog[open]",
  figure: "figure",
  group: "fieldset, details",
  heading: "h1, h2, h3, h4, h5, h6",
  link: "a[href]",
  progressbar: "progress",
  radio: "input[type=radio]",
  status: "output",
  table: "table",
  textbox: "input:not([type]), input[type=text], textarea",
};
const words = (text) => (text ?? "").replace(/\s+/g, " ").trim();
// A label around its control does not take its name from it: a select's options are no name.
const labelText = (label) => {
  const own = label.cloneNode(true);
  for (const control of own.querySelectorAll("select, input, textarea")) control.remove();
  return own.textContent;
};
const nameOf = (element) => {
  const ids = element.getAttribute("aria-labelledby");
  if (ids) return words(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  if (element.hasAttribute("aria-label")) return words(element.getAttribute("aria-label"));
  if (element.labels?.length) return words([...element.labels].map(labelText).join(" "));
  const own = element.querySelector(":scope > caption, :scope > legend, :scope > figcaption");
  return words(own ? own.textContent : element.textContent);
};
const selector = [`[role="${role}"]`, NATIVE[role]].filter(Boolean).join(", ");
return [...(scope ?? document).querySelectorAll(selector)].filter(
  (element) =>
    (element.getAttribute("role") ?? role) === role && nameOf(element) === name && element.checkVisibility(),
);
