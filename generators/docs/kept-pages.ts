import type { Table, View } from "#schemas/model.ts";
import type { KeptFiles } from "#generators/kept-files.ts";
import { answersOf, type AnswersInput } from "./answers.ts";
import type { DocsContext } from "./docs-context.ts";
import { sharedSettings, tracedContext } from "./traced-context.ts";

/** A file of one table or view, relative to the documentation's folder. */
export interface RelationFile<T extends Table | View> {
  readonly file: string;
  readonly relation: T;
  /** Reads the model through its arguments only, and the diagram of the page. */
  readonly write: (context: DocsContext, relation: T) => Promise<Written> | Written;
}
export interface Written {
  readonly content: string;
  /** False when it was not written as it should be: it is made again next time. */
  readonly isFinal: boolean;
}

export interface KeptPages {
  /** The file as it was left by a former run that read the same, else written now. */
  fileOf<T extends Table | View>(file: RelationFile<T>): Promise<string | Uint8Array>;
}

export interface KeptPagesInput extends Pick<AnswersInput, "context" | "diagramOn"> {
  /** All files are written when absent. */
  readonly kept?: KeptFiles;
  /** What the files are written with besides the context. */
  readonly options: unknown;
}

export function keptPages({ kept, context, diagramOn, options }: KeptPagesInput): KeptPages {
  if (!kept) return { fileOf: async ({ relation, write }) => (await write(context, relation)).content };
  const answers = answersOf({ context, diagramOn, settings: [options, sharedSettings(context)] });
  return {
    async fileOf({ file, relation, write }) {
      const path = `${context.folder}/${file}`;
      const found = kept.take(path, answers.keyOf);
      if (found) return found;
      const trace = tracedContext(context);
      // The file is about all of it, and asking once is less work than asking for each part.
      trace.ask(`${relation.kind} *`, relation.id);
      trace.ask("diagram", relation.id);
      const { content, isFinal } = await write(trace.context, relation);
      const asked = trace.asked();
      if (isFinal) kept.keep(path, { asked, key: answers.keyOf(asked), content });
      return content;
    },
  };
}
