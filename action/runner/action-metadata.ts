import { stringify } from "yaml";
import { allowedValues, inputs, type Input } from "./inputs.ts";
import { outputs } from "./outputs.ts";

/** `action.yml`, from the tables of inputs and outputs. */
export function actionMetadata(): string {
  const metadata = {
    name: "QueryGenie",
    description: "Measures what a migration does, and keeps a database documented, seeded and searchable.",
    author: "QueryGenie",
    branding: { icon: "database", color: "purple" },
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, inputMetadata(input)])),
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, description]) => [name, { description }])),
    runs: { using: "node24", main: "dist/main.js" },
  };
  return `# Written by npm run references from action/runner.\n${stringify(metadata, { lineWidth: 110 })}`;
}

function inputMetadata({ schema, description, fallback }: Input) {
  const allowed = allowedValues(schema);
  const values = allowed.length > 0 ? ` One of ${allowed.join(", ")}.` : "";
  return {
    description: `${description}${values}`,
    required: false,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}
