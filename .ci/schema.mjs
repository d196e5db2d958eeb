// The JSON Schema compiles in ajv, and every scenario passes it, read by a YAML library of its own.
// In a folder with ajv and yaml installed: node schema.mjs SCHEMA.json SCENARIO.yaml...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const require = createRequire(join(process.cwd(), "package.json"));
const Ajv = require("ajv/dist/2020").default;
const { parse } = require("yaml");

const [schema, ...scenarios] = process.argv.slice(2);
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false, allErrors: true });
const started = Date.now();
const passes = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
console.log(`${schema}: compiled in ${Date.now() - started} ms`);

let failed = 0;
for (const version of ["1.1", "1.2"]) {
  for (const path of scenarios) {
    // A date of YAML 1.1 is a text in JSON.
    const found = JSON.parse(JSON.stringify(parse(readFileSync(path, "utf8"), { version })),
      (_, value) => /^\d{4}-\d{2}-\d{2}T00:00:00.000Z$/.test(value) ? value.slice(0, 10) : value);
    if (!passes(found)) {
      failed += 1;
      for (const { instancePath, message } of passes.errors) {
        console.log(`${path}: ${instancePath} ${message} (YAML ${version})`);
      }
    }
  }
}
const wrong = parse("workload: {kind: train, parameters: 70B, tokesn: 2T}");
if (passes(wrong)) {
  console.log("a scenario with a key that is none passes");
  failed += 1;
}
console.log(failed ? `${failed} wrong` : `${scenarios.length} scenarios pass`);
process.exit(failed ? 1 : 0);
