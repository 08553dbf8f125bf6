// Written by `npm run registries`. Do not edit.
import { python } from "./python.ts";
import { typescript } from "./typescript.ts";
import type { CodeLanguage } from "./code-language.ts";

/** Every language of application code whose SQL is found, by file name. */
export const codeLanguages: readonly CodeLanguage[] = [
  python,
  typescript,
];
