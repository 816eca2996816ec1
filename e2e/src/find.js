// The visible elements with a role and an accessible name below a scope. This is a quick search by
// the ways in which this page names things; the test then compares with what the browser computes.
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
  region: "section[aria-label], section[aria-labelledby]",
  status: "output",
  table: "table",
  textbox: "input:not([type]), input[type=text], textarea",
};
const normalize = (text) => (text ?? "").replace(/\s+/g, " ").trim();
// The name of a label around its control excludes the control's text, such as a select's options.
const labelText = (label) => {
  const copy = label.cloneNode(true);
  for (const control of copy.querySelectorAll("select, input, textarea")) control.remove();
  return copy.textContent;
};
const nameOf = (element) => {
  const ids = element.getAttribute("aria-labelledby");
  if (ids) return normalize(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  if (element.hasAttribute("aria-label")) return normalize(element.getAttribute("aria-label"));
  if (element.labels?.length) return normalize([...element.labels].map(labelText).join(" "));
  const title = element.querySelector(":scope > caption, :scope > legend, :scope > figcaption");
  return normalize(title ? title.textContent : element.textContent);
};
const selector = [`[role="${role}"]`, NATIVE[role]].filter(Boolean).join(", ");
return [...(scope ?? document).querySelectorAll(selector)].filter(
  (element) =>
    (element.getAttribute("role") ?? role) === role && nameOf(element) === name && element.checkVisibility(),
);
