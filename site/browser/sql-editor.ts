import { acceptCompletion, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { PostgreSQL, sql } from "@codemirror/lang-sql";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Completion } from "../view/completion.ts";

export interface SqlEditor {
  text(): string;
  setText(text: string): void;
  setCompletion(completion: Completion): void;
  focus(): void;
}

export interface SqlEditorOptions {
  readonly label: string;
  readonly text: string;
  run(): void;
  explain(): void;
  /** The text is another one. */
  changed(): void;
}

/** Puts an SQL editor in place of a text area. */
export function sqlEditor(area: HTMLTextAreaElement, options: SqlEditorOptions): SqlEditor {
  const language = new Compartment();
  const keys = [
    { key: "Mod-Enter", run: () => (options.run(), true) },
    { key: "Mod-Shift-Enter", run: () => (options.explain(), true) },
    { key: "Tab", run: acceptCompletion },
    // Tab writes a tab, so Esc must lead out of the editor for those who have no mouse.
    { key: "Escape", run: (view: EditorView) => (view.contentDOM.blur(), true) },
  ];
  const state = EditorState.create({
    doc: options.text,
    extensions: [
      lineNumbers(),
      history(),
      bracketMatching(),
      autocompletion({ icons: false }),
      keymap.of([...completionKeymap, ...keys, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      language.of(sql({ dialect: PostgreSQL })),
      syntaxHighlighting(colours),
      placeholder("select …"),
      EditorView.lineWrapping,
      EditorView.updateListener.of((update) => void (update.docChanged && options.changed())),
      EditorView.contentAttributes.of({ "aria-label": options.label }),
    ],
  });
  const view = new EditorView({ state });
  area.replaceWith(view.dom);
  // A keyboard scrolls only what can have the focus.
  view.scrollDOM.tabIndex = 0;
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    setCompletion: (completion) =>
      view.dispatch({ effects: language.reconfigure(sql({ dialect: PostgreSQL, schema: copy(completion) })) }),
    focus: () => view.focus(),
  };
}

function copy(completion: Completion): Record<string, Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(completion).map(([schema, relations]) => [
      schema,
      Object.fromEntries(Object.entries(relations).map(([name, columns]) => [name, [...columns]])),
    ]),
  );
}

/** By the theme's own properties, so that the editor follows it. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--sl-color-text-accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--qg-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--qg-number)" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--sl-color-gray-3)", fontStyle: "italic" },
  { tag: tags.typeName, color: "var(--qg-number)" },
]);
