/**
 * Back to the session that an engine starts with, whatever a script set. The user is named because the embedded engine
 * starts without one to go back to: `RESET SESSION AUTHORIZATION` succeeds there and changes nothing.
 */
export const RESET_USER = "set session authorization postgres";
export const RESET_SESSION = `${RESET_USER}; reset role; reset all`;
