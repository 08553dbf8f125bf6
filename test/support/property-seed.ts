import * as fc from "fast-check";

/**
 * Properties are tried on the same cases in every run, so that a red run is about the change at hand. To look for new
 * cases: PROPERTY_SEED=random npm test, or any number.
 */
const wanted = process.env["PROPERTY_SEED"];
if (wanted !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted ?? 20_261_123) });
