/** Where the stand-ins of a file whose schema nobody knows are said to come from. */
export const PRESUMED_PATH = "(presumed)";
