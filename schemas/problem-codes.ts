/**
 * Every problem code and what it means. The reference page is generated from this table.
 * 1xx config and sources · 2xx reading and replay · 3xx engine · 4xx generators · 5xx query function · 6xx environment.
 * A code is never reused for another meaning.
 */
export const problemCodes = {
  QG101: "The configuration file is not valid YAML.",
  QG102: "A key of the configuration is unknown.",
  QG103: "A value of the configuration has the wrong type or is out of range.",
  QG110: "No schema or migrations were found.",
  QG111: "A source matches no file.",
  QG112: "Several layouts fit a folder equally well.",
  QG113: "A path named in the configuration does not exist.",
  QG114: "A path named in the configuration leaves the repository.",
  QG120: "A command-line option is unknown or has a wrong value.",
  QG121: "A named database, connection or object does not exist.",
  QG201: "A statement failed in the engine.",
  QG202: "A statement is not valid SQL.",
  QG203: "A missing role or schema was created so that the replay could go on.",
  QG204: "An extension is not available in the embedded engine.",
  QG205: "The history starts from a baseline that is not in the repository.",
  QG206: "A file is not text that can be read as SQL.",
  QG207: "A file ends in the middle of a statement.",
  QG208: "A placeholder or template variable has no value.",
  QG209: "A migration written in code cannot be replayed.",
  QG210: "A file of the folder is not part of the history.",
  QG211: "Data that a script loads is not part of the model and was skipped.",
  QG212: "A data statement failed; the schema is not affected.",
  QG213: "A client command cannot be run here and was skipped.",
  QG214: "A file is larger than the limit.",
  QG301: "The engine could not be started.",
  QG302: "A statement ran longer than the limit and was stopped.",
  QG303: "The engine stopped unexpectedly.",
  QG304: "The engine returned no model.",
  QG401: "A table could not be filled with fixtures.",
  QG402: "A diagram was left out because it does not parse or is too large.",
  QG403: "A saved query does not run on the schema.",
  QG404: "A description names an object that does not exist.",
  QG405: "A committed file was changed by hand.",
  QG501: "A statement is not a single read-only query.",
  QG502: "A query was stopped by a limit.",
  QG601: "A required environment variable is missing or invalid.",
  QG602: "A file could not be written.",
} as const;

export type ProblemCode = keyof typeof problemCodes;
