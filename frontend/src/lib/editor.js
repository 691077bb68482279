// The query editor over a textarea of the page: Yasqe, with completion from this graph alone.
import Yasqe from "@zazuko/yasqe";
import { el } from "./elements.js";
import { fill } from "./texts.js";

const BUILT_IN = ["variables", "prefixes", "property", "class"];

export function editor(textarea, { names, terms, texts, run }) {
  const place = el("div", { id: "editor" });
  textarea.before(place);
  textarea.hidden = true;
  registerCompleters(names, terms);
  const yasqe = new Yasqe(place, {
    value: textarea.value,
    autocompleters: [...BUILT_IN, "thing"],
    createShareableLink: null,
    consumeShareLink: null,
    persistenceId: null,
    showQueryButton: false,
    resizeable: false,
    syntaxErrorCheck: false,
    lineWrapping: true,
    editorHeight: "auto",
    viewportMargin: Infinity,
    screenReaderLabel: texts.editor,
    extraKeys: keys(run, () => leave(yasqe)),
  });
  yasqe.getInputField().setAttribute("aria-label", texts.editor);
  yasqe.on("changes", () => {
    textarea.value = yasqe.getValue();
    clearMarks(yasqe);
    markSyntax(yasqe, texts);
  });
  markSyntax(yasqe, texts);
  return yasqe;
}

// Tab leaves the editor, as it leaves every field: nobody is trapped. Yasqe's own running of queries is not used.
function keys(run, leave) {
  return { Tab: false, "Shift-Tab": false, "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": false, Esc: leave };
}

function leave(yasqe) {
  yasqe.getInputField().blur();
}

export function clearMarks(yasqe) {
  yasqe.clearGutter("gutterErrorBar");
  yasqe.eachLine((line) => {
    yasqe.removeLineClass(line, "background", "error-line");
  });
  for (const mark of yasqe.getDoc().getAllMarks()) if (mark.className === "error-place") mark.clear();
}

// Line and column count from 1, columns in code points, as the service tells them.
export function markProblem(yasqe, { line, column, message }) {
  if (!line || line > yasqe.lineCount()) return;
  const text = yasqe.getLine(line - 1);
  const ch = [...text].slice(0, (column ?? 1) - 1).join("").length;
  mark(yasqe, line - 1, message);
  const from = { line: line - 1, ch: Math.min(ch, Math.max(0, text.length - 1)) };
  yasqe.getDoc().markText(from, { line: line - 1, ch: Math.max(ch + 1, from.ch + 1) }, { className: "error-place" });
  yasqe.getDoc().setCursor(from);
  yasqe.focus();
}

function mark(yasqe, line, message) {
  yasqe.addLineClass(line, "background", "error-line");
  const sign = el("span", { class: "error-sign", title: message, role: "img", "aria-label": message }, "!");
  yasqe.setGutterMarker(line, "gutterErrorBar", sign);
}

// The first line that Yasqe's grammar can't read on from.
function markSyntax(yasqe, texts) {
  for (let line = 0; line < yasqe.lineCount(); line += 1) {
    const { state } = yasqe.getTokenAt({ line, ch: yasqe.getLine(line).length }, true);
    if (state.OK === false) {
      const expected = (state.possibleCurrent ?? []).slice(0, 8).join("  ");
      mark(yasqe, line, expected ? fill(texts.expected, { expected }) : texts.unreadable);
      return;
    }
  }
}

function registerCompleters(names, terms) {
  const prefixes = names.prefixes.map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort();
  const completer = (from, name, kind, more = {}) => {
    let found = [];
    Yasqe.forkAutocompleter(from, {
      name,
      autoShow: true,
      persistenceId: null,
      get: async (yasqe, token) => {
        found = token?.string.trim() ? await lookUp(terms, kind, expand(yasqe, token.string)) : [];
        return found.map(({ iri }) => iri);
      },
      preProcessToken: (yasqe, token) => ({ ...token, ...word(yasqe) }),
      postProcessSuggestion: (yasqe, _, iri) => shorten(yasqe, names, iri),
      postprocessHints: (_, hints) => hints.map((hint, at) => ({ ...hint, displayText: display(hint, found[at]) })),
      ...more,
    });
  };
  Yasqe.forkAutocompleter("prefixes", { name: "prefixes", get: () => prefixes, persistenceId: null });
  completer("property", "property", "property");
  completer("class", "class", "class");
  completer("class", "thing", "thing", { isValidCompletionPosition: isThingPlace });
}

// What stands before the cursor up to a space or bracket: to the grammar, two Chinese characters are two errors.
function word(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor();
  const [string] = /[^\s{}()[\];,"'|^]*$/.exec(yasqe.getLine(line).slice(0, ch));
  return { string, from: { ch: ch - string.length }, to: { ch } };
}

async function lookUp(terms, kind, text) {
  const address = new URL(terms, location);
  address.searchParams.set("kind", kind);
  address.searchParams.set("q", text);
  const answer = await fetch(address);
  return answer.ok ? answer.json() : [];
}

function expand(yasqe, text) {
  const name = /^([\w-]*):(.*)$/su.exec(text);
  const namespace = name && yasqe.getPrefixesFromQuery()[name[1]];
  return namespace ? namespace + name[2] : text.replace(/^<|>$/g, "");
}

function shorten(yasqe, names, iri) {
  for (const [prefix, namespace] of Object.entries(yasqe.getPrefixesFromQuery())) {
    if (iri.startsWith(namespace) && /^[\w-]+$/.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  const prefixed = names.prefixed(iri);
  return prefixed && /^[\w-]*:[\w-]+$/.test(prefixed) ? prefixed : `<${iri}>`;
}

function display(hint, term) {
  return term?.label ? `${term.label}  ·  ${hint.text}` : hint.text;
}

function isThingPlace(yasqe) {
  const { string } = word(yasqe);
  if (!/^<|:|[\p{Script=Han}]/u.test(string) || /^[?$_]/.test(string)) return false;
  if (/^\s*(PREFIX|BASE)\b/i.test(yasqe.getLine(yasqe.getDoc().getCursor().line))) return false;
  const { isValidCompletionPosition: isProperty } = Yasqe.Autocompleters.property;
  const { isValidCompletionPosition: isClass } = Yasqe.Autocompleters.class;
  return !isProperty(yasqe) && !isClass(yasqe) && !/string|comment/.test(yasqe.getCompleteToken().type ?? "");
}
