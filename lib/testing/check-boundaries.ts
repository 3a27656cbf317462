import { cruise, type ICruiseResult } from "dependency-cruiser";
import config from "../../.dependency-cruiser.mjs";

/**
 * Holds the import rules of .dependency-cruiser.mjs against the whole tree. With a TypeScript it cannot load the
 * tool cruises nothing and reports no violation, so fewer modules than this floor is a failure (ADR-010).
 */
const MODULE_FLOOR = 100;

const result = await cruise(
  ["app", "components", "lib"],
  { ...config.options, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } },
  config.options?.enhancedResolveOptions ?? {},
  { tsConfig: undefined },
);
const { summary } = result.output as ICruiseResult;

for (const violation of summary.violations) {
  const rule = config.forbidden?.find((candidate) => candidate.name === violation.rule.name);
  console.error(`${violation.from} → ${violation.to}\n  ${violation.rule.name}: ${rule?.comment ?? ""}`);
}
const cruisedEnough = summary.totalCruised >= MODULE_FLOOR;
if (!cruisedEnough) console.error(`Only ${summary.totalCruised} modules cruised; at least ${MODULE_FLOOR} expected.`);
console.log(`boundaries: ${summary.totalCruised} modules, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length === 0 && cruisedEnough ? 0 : 1;
