/** The Emscripten factory inside libpg-query, which the package ships without types. Each call makes a new instance. */
declare module "libpg-query/wasm/libpg-query.js" {
  export interface LibPgQuery {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_fingerprint(sql: number): number;
    _wasm_normalize_query(sql: number): number;
    _wasm_free_string(text: number): void;
    getValue(pointer: number, type: "i32"): number;
    UTF8ToString(pointer: number): string;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    lengthBytesUTF8(text: string): number;
  }
  export interface LibPgQueryOptions {
    /** Where `libpg-query.wasm` is; default: beside the script. */
    locateFile?(name: string): string;
    onAbort?(reason: unknown): void;
    onExit?(status: number): void;
    print?(line: string): void;
    printErr?(line: string): void;
  }
  export default function instantiate(options?: LibPgQueryOptions): Promise<LibPgQuery>;
}
