import type { CheckQuestion } from "#analysis/question/check.ts";
import type { Issue } from "#policy/issue.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import type { Family } from "#policy/rule.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** A check's header fields as they come from outside, named as in a policy test. */
export type HeaderFields = {
  readonly ip_version?: Family | undefined;
  readonly protocol?: string | number | undefined;
  readonly src_port?: number | undefined;
  readonly dst_port?: number | undefined;
  readonly icmp_type?: number | undefined;
  readonly icmp_code?: number | undefined;
};

export type CheckHeaders = Omit<CheckQuestion, "from" | "to">;

const ANYWHERE = { profile: "any" };

/** Judged as a probe's fields are, so that every door says the same of a port 70000. */
export function parseCheckHeaders(fields: HeaderFields): Result<CheckHeaders, readonly Issue[]> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const probe = parseProbe({ src: ANYWHERE, dst: ANYWHERE, ...given });
  if (!probe.ok) return err(probe.error);
  const { src: _src, dst: _dst, ipVersion: _family, connectionState: _state, ...headers } = probe.value;
  return ok({ ...headers, ...(fields.ip_version === undefined ? {} : { ipVersion: fields.ip_version }) });
}
