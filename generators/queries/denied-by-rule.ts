import { nextToken, type Scanner as MssqlScanner } from "#schemas/languages/sql/mssql/tokens.ts";
import { newScanner, readToken, type Token } from "#schemas/languages/sql/mysql/tokens.ts";
import type { Grammar } from "#schemas/languages/sql/query/ast.ts";

const acts = {
  code: "hides code in a comment, which only some servers run",
  files: "reaches files of the database server",
  locks: "takes or frees locks",
  sleep: "only waits",
  sequences: "moves a sequence on, which no transaction undoes",
  network: "reaches other servers",
  server: "controls the server or shows its inner state",
  secrets: "holds passwords, keys or other users' activity",
  statement: "begins another statement or writes",
} as const;
type Act = (typeof acts)[keyof typeof acts];

const listed = (words: string, act: Act): readonly (readonly [string, Act])[] =>
  words.split(/\s+/).map((word) => [word, act] as const);

const calls: Readonly<Record<Grammar, ReadonlyMap<string, Act>>> = {
  mysql: new Map([
    ...listed("SLEEP BENCHMARK", acts.sleep),
    ...listed("GET_LOCK RELEASE_LOCK RELEASE_ALL_LOCKS IS_FREE_LOCK IS_USED_LOCK", acts.locks),
    ...listed("LOAD_FILE", acts.files),
    ...listed("NEXTVAL SETVAL NEXT_VALUE LAST_INSERT_ID", acts.sequences),
    ...listed(
      "MASTER_POS_WAIT SOURCE_POS_WAIT MASTER_GTID_WAIT WAIT_FOR_EXECUTED_GTID_SET WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS",
      acts.sleep,
    ),
    ...listed("PS_CURRENT_THREAD_ID PS_THREAD_ID ROLES_GRAPHML SYS_EXEC SYS_EVAL SYS_SET SYS_GET", acts.server),
  ]),
  mssql: new Map([
    ...listed("OPENROWSET OPENQUERY OPENDATASOURCE", acts.network),
    ...listed("OPENXML IDENTITY EVENTDATA", acts.server),
    ...listed(
      "PWDCOMPARE PWDENCRYPT LOGINPROPERTY CERTPRIVATEKEY CERTENCODED DECRYPTBYASYMKEY DECRYPTBYCERT DECRYPTBYKEY DECRYPTBYPASSPHRASE DECRYPTBYKEYAUTOASYMKEY DECRYPTBYKEYAUTOCERT SIGNBYASYMKEY SIGNBYCERT",
      acts.secrets,
    ),
  ]),
};

/**
 * Words that stand for nothing but themselves: no name is written like them without quotes. T-SQL needs no semicolon
 * between statements, so that every word that begins one ends a query.
 */
const words: Readonly<Record<Grammar, ReadonlyMap<string, Act>>> = {
  mysql: new Map([
    ...listed("INTO OUTFILE DUMPFILE", acts.files),
    ...listed("PROCEDURE", acts.statement),
    ...listed("DELETE UPDATE CREATE DROP ALTER GRANT REVOKE CALL LOCK UNLOCK KILL", acts.statement),
  ]),
  mssql: new Map([
    ...listed(
      "INSERT UPDATE DELETE MERGE TRUNCATE CREATE ALTER DROP GRANT REVOKE DENY EXEC EXECUTE DECLARE SET INTO BULK BACKUP RESTORE DBCC KILL SHUTDOWN RECONFIGURE CHECKPOINT COMMIT ROLLBACK SAVE BEGIN BREAK CONTINUE RETURN GOTO IF WHILE PRINT RAISERROR THROW USE REVERT SETUSER OPEN CLOSE DEALLOCATE READTEXT WRITETEXT UPDATETEXT TRAN TRANSACTION PROC PROCEDURE TRIGGER",
      acts.statement,
    ),
    ...listed("WAITFOR", acts.sleep),
    ...listed("OPENROWSET OPENQUERY OPENDATASOURCE", acts.network),
  ]),
};

/** MySQL has functions of these names. */
const FUNCTIONS_TOO: ReadonlySet<string> = new Set(["INSERT", "UPDATE", "LOCK"]);

/** Why a call of this name may not stand in a query; null when it may. */
export function denialOfCall(name: string, grammar: Grammar): Act | null {
  const key = name.toUpperCase();
  if (grammar === "mssql" && /^(?:xp|sp)_/i.test(key)) return acts.server;
  return calls[grammar].get(key) ?? null;
}

/** Why a bare word may not stand in a query; null when it may. */
export function denialOfWord(word: string, grammar: Grammar, { isCall }: { readonly isCall: boolean }): Act | null {
  const denied = words[grammar].get(word) ?? null;
  if (denied !== null && grammar === "mysql" && isCall && FUNCTIONS_TOO.has(word)) return null;
  return denied;
}

/** Schemas of MySQL that tell about accounts and sessions. */
const SECRET_SCHEMAS: ReadonlySet<string> = new Set(["mysql", "performance_schema", "sys"]);
const SECRET_TABLES: ReadonlySet<string> = new Set(
  "processlist user_privileges schema_privileges table_privileges column_privileges innodb_trx innodb_lock_waits innodb_locks user_attributes applicable_roles enabled_roles global_variables session_variables system_variables global_status session_status plugins files client_statistics user_statistics".split(
    " ",
  ),
);
const SECRET_VIEWS: ReadonlySet<string> = new Set(
  "sql_logins server_principals server_permissions server_role_members syslogins sysusers sysprocesses linked_logins servers sysservers credentials database_scoped_credentials certificates asymmetric_keys symmetric_keys key_encryptions crypt_properties sysxlogins configurations sysconfigures messages traces server_audits".split(
    " ",
  ),
);

/** Why a table may not be read, by the parts of its name, the table last; null when it may. */
export function denialOfTable(name: readonly string[], grammar: Grammar): Act | null {
  const parts = name.map((part) => part.toLowerCase());
  const [table = "", schema] = parts.toReversed();
  if (grammar === "mysql") {
    if (schema !== undefined && SECRET_SCHEMAS.has(schema)) return acts.secrets;
    return schema === "information_schema" && SECRET_TABLES.has(table) ? acts.secrets : null;
  }
  if (parts.length > 3) return acts.network;
  const isSystem = schema === "sys" || schema === undefined || schema === "" || schema === "dbo";
  if (schema === "sys" && /^(?:dm|fn)_/.test(table)) return acts.secrets;
  return isSystem && SECRET_VIEWS.has(table) ? acts.secrets : null;
}

export interface Hidden {
  readonly message: string;
  readonly help: string;
  /** In the text's UTF-16 code units, from 0. */
  readonly offset: number;
}

/** Parts of the text that a server may read otherwise than our scanner does; null when there is none. */
export function hiddenCode(sql: string, grammar: Grammar): Hidden | null {
  const nul = sql.indexOf("\u0000");
  if (nul >= 0) return { message: "The text holds a NUL character.", help: "Leave it out.", offset: nul };
  return grammar === "mysql" ? hiddenInMysql(sql) : hiddenInMssql(sql);
}

const UNENDED = "A string, a quoted name or a comment never ends.";

function hiddenInMysql(sql: string): Hidden | null {
  const scanner = newScanner(sql, () => true);
  const token: Token = { kind: "space", start: 0, end: 0 };
  for (let at = 0; at < sql.length; at = token.end) {
    readToken(scanner, at, token);
    const text = sql.slice(token.start, token.end);
    if (token.kind === "open") return { message: UNENDED, help: "End it.", offset: token.start };
    if (token.kind === "codeOpen" || token.kind === "codeClose")
      return { message: `The comment is refused because it ${acts.code}.`, help: "Leave it out.", offset: token.start };
    if (token.kind === "comment" && text.startsWith("/*+"))
      return { message: "Hints in comments may set variables.", help: "Leave the hint out.", offset: token.start };
  }
  return null;
}

interface Between {
  /** Where the token before ends. */
  readonly before: number;
  readonly token: { readonly kind: string; readonly start: number; readonly end: number };
}

/**
 * Where a character stands that a server may take for the end of a word or of a comment and our reader does not: spaces and
 * marks beyond ASCII in a bare word, line ends other than LF behind `--`. -1 for none.
 */
function oddCharacter(sql: string, { before, token }: Between): number {
  const inGap = lineEndIn(sql, before, token.start);
  if (inGap >= 0 || token.kind !== "word") return inGap;
  const at = sql.slice(token.start, token.end).search(/[\p{Z}\p{C}]/u);
  return at < 0 ? -1 : token.start + at;
}

/** The first line end other than LF and CR LF behind a `--` of a gap between tokens. */
function lineEndIn(sql: string, from: number, to: number): number {
  const dashes = sql.slice(from, to).indexOf("--");
  if (dashes < 0) return -1;
  const at = sql.slice(from + dashes, to).search(/[\v\f\u0085\u2028\u2029]|\r(?!\n)/);
  return at < 0 ? -1 : from + dashes + at;
}

function hiddenInMssql(sql: string): Hidden | null {
  let variable = -1;
  const scanner: MssqlScanner = {
    text: sql,
    at: 0,
    open: null,
    variable: () => {
      variable = scanner.at;
      return null;
    },
  };
  let before = 0;
  for (let token = nextToken(scanner); token !== null && scanner.open === null; token = nextToken(scanner)) {
    const odd = oddCharacter(sql, { before, token });
    if (odd >= 0)
      return { message: "A character may end a word or a line here, and may not.", help: "Leave it out.", offset: odd };
    before = token.end;
  }
  const odd = lineEndIn(sql, before, sql.length);
  if (odd >= 0)
    return { message: "A character may end a comment here, and may not.", help: "Leave it out.", offset: odd };
  if (scanner.open !== null)
    return { message: UNENDED, help: "End it.", offset: Math.min(scanner.open.start, sql.length) };
  if (variable >= 0)
    return { message: "A variable of a script is not filled in.", help: "Write the value.", offset: variable };
  return null;
}
