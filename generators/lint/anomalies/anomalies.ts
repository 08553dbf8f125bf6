import { anomalyIds, type AnomalyId, type LintConfig } from "#schemas/config/lint.ts";
import type { Finding, Severity } from "#schemas/finding.ts";
import { fingerprint } from "../../review/fingerprint.ts";
import { findingPlace } from "../finding-place.ts";
import type { Anomaly, AnomalyScene } from "./anomaly.ts";
import { inconsistentColumnType, nullAsText, quotedName, referenceToOwnRow } from "./column-anomalies.ts";
import { unlabelledSensitiveColumn } from "./sensitive-columns.ts";
import {
  allColumnsNullable,
  emptyTable,
  largeColumns,
  primaryKeyNotFirst,
  singleColumnTable,
  tableWithoutIndex,
} from "./table-anomalies.ts";

const anomalies: Readonly<Record<AnomalyId, Anomaly>> = {
  "all-columns-nullable": allColumnsNullable,
  "empty-table": emptyTable,
  "inconsistent-column-type": inconsistentColumnType,
  "large-columns": largeColumns,
  "null-as-text": nullAsText,
  "primary-key-not-first": primaryKeyNotFirst,
  "quoted-name": quotedName,
  "reference-to-own-row": referenceToOwnRow,
  "single-column-table": singleColumnTable,
  "table-without-index": tableWithoutIndex,
  "unlabelled-sensitive-column": unlabelledSensitiveColumn,
};

export interface AnomalyChoice {
  readonly wanted: LintConfig["anomalies"];
  /** Severity by id, in place of the check's own; `off` silences it. */
  readonly severity: Readonly<Record<string, Severity | "off">>;
}

/** What in a schema is seldom meant, by check and object. */
export function findAnomalies(scene: AnomalyScene, { wanted, severity }: AnomalyChoice): readonly Finding[] {
  const chosen = anomalyIds.filter((id) => severity[id] !== "off" && (wanted === true || isNamed(wanted, id)));
  return chosen.flatMap((id) => {
    const own = severity[id];
    return anomalies[id].check(scene).map(({ message, help, about, also = [] }): Finding => {
      const objects = [about.id, ...also];
      return {
        rule: id,
        severity: own === undefined || own === "off" ? anomalies[id].severity : own,
        span: findingPlace(about, scene.index),
        message,
        help,
        objects,
        evidence: "rule",
        fingerprint: fingerprint(id, objects.join()),
      };
    });
  });
}

function isNamed(wanted: Exclude<AnomalyChoice["wanted"], true>, id: AnomalyId): boolean {
  return wanted !== false && wanted.includes(id);
}
