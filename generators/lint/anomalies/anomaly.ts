import type { Severity } from "#schemas/finding.ts";
import type { Statistics } from "#schemas/json/statistics.ts";
import type { ModelObject } from "#schemas/model.ts";
import type { ModelIndex } from "#schemas/model-index.ts";
import type { ObjectId } from "#schemas/object-id.ts";
import type { Labels } from "../../documented/labels.ts";

/** What a check for anomalies looks at: the schema as it is documented. */
export interface AnomalyScene {
  readonly index: ModelIndex;
  readonly labels: Labels;
  readonly statistics?: Statistics;
}

export interface AnomalyDraft {
  /** One sentence with the names of the objects concerned, without a full stop. */
  readonly message: string;
  readonly help: string;
  readonly about: ModelObject;
  /** Objects concerned beside `about`, whose id comes first. */
  readonly also?: readonly ObjectId[];
}

/** Something that is seldom meant: SchemaSpy and SchemaCrawler have most of them. */
export interface Anomaly {
  readonly severity: Severity;
  check(scene: AnomalyScene): readonly AnomalyDraft[];
}
