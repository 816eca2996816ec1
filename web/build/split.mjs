// Splits the page's Wasm in two, by the modules that its functions belong to: what a first visit
// runs until its figures are drawn, and what comes when they are. Both parts work on one memory
// and one table. Where code calls into a second part that is not there yet, a stand-in has it
// loaded (later.js) and calls again: how the Wasm is split decides when code is loaded and never
// what it does.
//
// Rust links no such parts, and binaryen's own wasm-split is not in its npm package.
import { readFileSync } from "node:fs";
import binaryen from "binaryen";

/** Whose functions come later: parts of their names, without the crates' hashes. */
const LATER = [
  // The other pages, what they compute in the worker and alone, and what opens and exports files.
  ...["pages::data", "pages::market", "pages::sweep", "pages::workbook"].map((name) => `app::${name}`),
  ...["hooks::background", "hooks::market", "market", "optimise", "sweep", "workbook"].map((name) => `app::${name}`),
  ...["download", "files", "pick", "print", "thread", "worker"].map((name) => `app::js::${name}`),
  ...["charts::curve", "components::data_table", "components::radios", "format::change"].map((name) => `app::${name}`),
  ...["bootstrap", "calibration", "choice::randomized", "choice::rest", "comparison", "elasticity", "finance::figures"]
    .map((name) => `conjoint::${name}`),
  ...["interval", "method::errors", "movement", "optimise", "scenario::saved", "sweep", "wtp"].map((name) => `conjoint::${name}`),
  "erased_serde",
  "files::messages",
  "rand_chacha",
  // What happens when the reader does something.
  "HookProvider<app::state::State, ",
  ...["edits", "history", "setup"].map((name) => `app::state::${name}`),
  ...["keep", "open::"].map((name) => `app::hooks::studies::Studies>::${name}`),
  ...["edit", "no_", "set"].map((name) => `conjoint::scenario::Scenario>::${name}`),
  // What is wrong with a file or a text.
  ...["fault", "problem", "text"].map((name) => `conjoint::study::${name}`),
  "serde_json::error",
  "serde_json::value::Value as core::fmt::Display",
];

/** What of these a first visit runs all the same; e2e/tests/parts.rs tells when one is missing. */
const FIRST = [
  // Containers and hooks of types that live as long as the page. Equal functions have one name.
  /^core::ptr::drop_in_place/,
  /^<(alloc::rc::Rc|alloc::raw_vec::RawVec|alloc::vec::Vec|core::cell::RefCell|core::option::Option|core::result::Result)</,
  /^<(alloc::collections::btree|alloc::vec::into_iter|hashbrown::raw::RawTable)/,
  /^<core::iter::adapters::map::Map<(core::iter::adapters::zip::Zip|nalgebra::base::iter::ColumnIter)/,
  /core::option::Option<alloc::string::String>>, yew::functional::hooks::use_state::use_state_eq/,
  // The button that saves a workbook, and what a link says of a page that has not been opened.
  /(CompStateInner|CreateRunner|PropsWrapper|Scope|UseReducerHandle)<.*app::pages::workbook::/,
  /UseStateReducer<app::pages::workbook::Stand>> as core::any/,
  /^<core::iter::adapters::chain::Chain<.*app::state::edits::Edits/,
  /Edits>::(is_|was|none)/,
  /app::state::setup::Setup(>::(fields|text)| as core::default)/,
  /conjoint::optimise::entry/,
  /conjoint::sweep::(defaults|texts|plan::Cost|range::tidy|grid::GridRow|lockstep::LockstepRow)/,
  // Problems that there might be in a study, and the text of a table.
  /Problems as core::default|Problems>::sort|study::problem::Place>::/,
  /erased_serde::ser::erase::Serializer<serde_json::ser::MapKeySerializer|(&str|alloc::string::String) as erased_serde/,
];

const belongsLater = (name) => {
  const plain = name.replace(/\[[0-9a-f]{16}\]/g, "");
  return LATER.some((part) => plain.includes(part)) && !FIRST.some((pattern) => pattern.test(plain));
};

/** Where wasm-bindgen has a Wasm import its script's functions from. */
const SCRIPT = "./app_bg.js";

/** How the parts name what they share and is no function; those have short names of their own. */
const TABLE = "functions";

const short = (number) => `_${number.toString(36)}`;
const count = (length, item) => Array.from({ length }, (_, place) => item(place));
const functionsOf = (module) =>
  count(module.getNumFunctions(), (place) => binaryen.getFunctionInfo(module.getFunctionByIndex(place)));
const importedOf = (module) => functionsOf(module).filter((each) => each.module);
const tablesOf = (module) => count(module.getNumTables(), (place) => binaryen.getTableInfo(module.getTableByIndex(place)));
const globalsOf = (module) =>
  count(module.getNumGlobals(), (place) => binaryen.getGlobalInfo(module.getGlobalByIndex(place)));
const exportsOf = (module) =>
  count(module.getNumExports(), (place) => binaryen.getExportInfo(module.getExportByIndex(place)));

/** The table of the functions that are called by their place. */
function tableOf(module) {
  if (module.getNumElementSegments() !== 1) throw new Error("the table of functions is filled by more than one list");
  const { name: list, table, offset, data } = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0));
  const begin = binaryen.getExpressionInfo(offset).value;
  return { name: table, list, places: data.map((name, place) => [begin + place, name]) };
}

/** Fills the table with these functions, each at its place, and with no others. */
function fill(module, table, places) {
  module.removeElementSegment(table.list);
  const runs = [];
  for (const [place, name] of places) {
    const run = runs.at(-1);
    if (run && run.begin + run.names.length === place) run.names.push(name);
    else runs.push({ begin: place, names: [name] });
  }
  for (const [number, { begin, names }] of runs.entries()) {
    module.addActiveElementSegment(table.name, `${table.list}.${number}`, names, module.i32.const(begin));
  }
}

const enlarge = (module, { name, size }) =>
  Object.assign(binaryen.Table(module.getTable(name)), { initial: size, max: size });
const dropUnused = (module) => module.runPasses(["remove-unused-module-elements"]);
const setBody = (module, name, body) => Object.assign(binaryen.Function(module.getFunction(name)), { body });

/** Turns a function into one that is imported, or one that is imported by another name. */
function importFunction(module, { name, params, results }, from, as) {
  module.removeFunction(name);
  module.addFunctionImport(name, from, as, params, results);
}

/** With WASM_NAMES=1 in the environment, the functions keep their names, which browsers show. */
function bytesOf(module) {
  binaryen.setDebugInfo(Boolean(process.env.WASM_NAMES));
  if (!module.validate()) throw new Error("a part of the Wasm is not valid");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

/** What a Wasm consists of. */
function inventory(module) {
  const functions = new Map(functionsOf(module).map((each) => [each.name, each]));
  const defined = [...functions.values()].filter((each) => !each.module).map(({ name }) => name);
  const [tables, globals, table] = [tablesOf(module), globalsOf(module), tableOf(module)];
  const memory = exportsOf(module).find(({ kind }) => kind === binaryen.ExternalMemory);
  const { initial: size } = tables.find(({ name }) => name === table.name);
  return { functions, defined, tables, globals, memory, table: { ...table, size } };
}

/** Which functions come later, and the places of a table by which the first part reaches those that it calls. */
function parted(module, { defined, table }) {
  const listed = new Set(defined.filter(belongsLater));
  for (const name of listed) setBody(module, name, module.unreachable());
  fill(module, table, table.places.filter(([, name]) => !listed.has(name)));
  dropUnused(module);
  const reached = functionsOf(module).map(({ name }) => name);
  module.dispose();
  // Whom nobody reaches without those that are listed comes later too.
  const isFirst = new Set(reached.filter((name) => !listed.has(name)));
  const isLater = new Set(defined.filter((name) => !isFirst.has(name)));
  const hasPlace = new Set(table.places.map(([, name]) => name));
  const called = reached.filter((name) => isLater.has(name) && !hasPlace.has(name));
  const added = called.map((name, number) => [table.size + number, name]);
  return { isLater, table: { ...table, size: table.size + added.length, places: [...table.places, ...added] } };
}

/** Makes a Wasm its second part; gives the first part's functions that this calls, each with a short name. */
function becomeLater(module, { functions, tables, globals, memory }, { isLater, table }) {
  for (const { name } of exportsOf(module)) module.removeExport(name);
  fill(module, table, table.places.filter(([, name]) => isLater.has(name)));
  for (const each of functions.values()) if (!isLater.has(each.name)) importFunction(module, each, "first", each.name);
  module.setMemory(0, -1, null, [], false, false, memory.value);
  module.addMemoryImport(memory.value, "first", memory.name);
  for (const { name } of tables) module.addTableImport(name, "first", name === table.name ? TABLE : name);
  for (const { name, type, mutable } of globals) module.addGlobalImport(name, "first", name, type, mutable);
  enlarge(module, table);
  dropUnused(module);
  const shared = importedOf(module).map(({ name }, number) => [name, short(number)]);
  for (const [name, as] of shared) importFunction(module, functions.get(name), "first", as);
  return shared;
}

/** Makes a Wasm its first part, which exports what is shared with the second. */
function becomeFirst(module, { functions, globals }, { isLater, table }, shared) {
  const { none } = binaryen;
  module.addFunctionImport("need", "later", "need", none, none);
  const placeOf = new Map(table.places.map(([place, name]) => [name, place]));
  const call = ({ name, params, results }) => {
    const operands = binaryen.expandType(params).map((type, number) => module.local.get(number, type));
    return module.call_indirect(table.name, module.i32.const(placeOf.get(name)), operands, params, results);
  };
  const standIn = (name) => {
    const stand = `${name} (to come)`;
    if (!module.getFunction(stand)) {
      const { params, results } = functions.get(name);
      const body = module.block(null, [module.call("need", [], none), call(functions.get(name))], results);
      module.addFunction(stand, params, results, [], body);
    }
    return stand;
  };
  fill(module, table, table.places.map(([place, name]) => [place, isLater.has(name) ? standIn(name) : name]));
  for (const name of isLater) {
    setBody(module, name, placeOf.has(name) ? call(functions.get(name)) : module.unreachable());
  }
  enlarge(module, table);
  for (const [name, as] of shared) module.addFunctionExport(name, as);
  module.addTableExport(table.name, TABLE);
  for (const { name, mutable } of globals) if (mutable) module.addGlobalExport(name, name);
  dropUnused(module);
}

/** Gives the functions that a Wasm asks its script for short names, by the long ones. */
function shortenScript(module) {
  const asking = importedOf(module).filter((each) => each.module === SCRIPT);
  const asked = new Map(asking.map(({ base }, number) => [base, short(number)]));
  for (const each of asking) importFunction(module, each, SCRIPT, asked.get(each.base));
  return asked;
}

/**
 * Splits a Wasm whose functions have names. The first part needs a function `need` of a module
 * `later`, which brings the second one; that imports from the first part's exports, called `first`.
 * The names by which the script is `asked` go to `joining`.
 */
export function split(wasm) {
  const [whole, reached, later, first] = count(4, () => binaryen.readBinary(wasm));
  const all = inventory(whole);
  const parts = parted(reached, all);
  const shared = becomeLater(later, all, parts);
  becomeFirst(first, all, parts, shared);
  const asked = shortenScript(first);
  return { first: bytesOf(first), later: bytesOf(later), asked };
}

/** The script of the first part, with what brings the second one, and the names by which it is `asked`. */
export function joining(script, asked) {
  const imports = `"${SCRIPT}": import0,`;
  if (!script.includes(imports)) throw new Error(`the Wasm's script has no line \`${imports}\``);
  const named = script.replace(/^ {8}(\w+)(?=: function\()/gm, (base) => asked.get(base.trim()) ?? base);
  const later = readFileSync(new URL("../later.js", import.meta.url), "utf8");
  return named.replace(imports, `${imports} later: { need: needLater },`) + later;
}
