import type { CompileContext, Construct, Extension, HtmlExtension, State, Token } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    objectLink: "objectLink";
    objectLinkMark: "objectLinkMark";
    objectLinkText: "objectLinkText";
  }
}

const OPEN = 91;
const CLOSE = 93;

/** `[[public.orders]]` as a construct of running text: not in code, not over the end of a line. */
const construct: Construct = {
  name: "objectLink",
  add: "before",
  tokenize(effects, ok, nok) {
    return function first(code) {
      effects.enter("objectLink");
      effects.enter("objectLinkMark");
      effects.consume(code);
      return second;
    };
    function second(code: Code): State | undefined {
      if (code !== OPEN) return nok(code);
      effects.consume(code);
      effects.exit("objectLinkMark");
      return begin;
    }
    function begin(code: Code): State | undefined {
      if (code === CLOSE) return nok(code);
      effects.enter("objectLinkText");
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      // Ends of lines and of the file are below zero or null.
      if (code === null || code < 0) return nok(code);
      if (code !== CLOSE) {
        effects.consume(code);
        return inside;
      }
      effects.exit("objectLinkText");
      effects.enter("objectLinkMark");
      effects.consume(code);
      return last;
    }
    function last(code: Code): State | undefined {
      if (code !== CLOSE) return nok(code);
      effects.consume(code);
      effects.exit("objectLinkMark");
      effects.exit("objectLink");
      return ok;
    }
  },
};
type Code = Parameters<State>[0];

export const objectLinkSyntax: Extension = { text: { [OPEN]: construct } };

/** Writes a link; `htmlOf` gives its HTML for what stands between the brackets and the line it stands in. */
export function objectLinkHtml(htmlOf: (text: string, line: number) => string): HtmlExtension {
  return {
    exit: {
      objectLinkText(this: CompileContext, token: Token) {
        this.raw(htmlOf(this.sliceSerialize(token), token.start.line));
      },
    },
  };
}
