import type { Module } from "./module.ts";
import { companyModules } from "./modules-company.ts";
import { tradeModules } from "./modules-trade.ts";

/** All departments; a small database has the first ones only. */
export const modules: readonly Module[] = [...tradeModules, ...companyModules];
