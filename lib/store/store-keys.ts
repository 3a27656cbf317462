/** The part of the key space that is ours (README, key layout). */
export const JOURNAL_PREFIX = "/tortie/v1/journal/";
const REQUEST_PREFIX = "/tortie/v1/request/";
const HOST_PREFIX = "/tortie/v1/host/";

/** Where whoever runs an etcd with raised limits says so: `{"max_txn_ops": N, "max_request_bytes": N}`. */
export const LIMITS_KEY = "/tortie/v1/limits";

/** Every host's status lies under it, beside other keys of the host. */
export const HOST_STATUS_PREFIX = HOST_PREFIX;

// 16 digits of milliseconds last until the year 318857, and keep the order of time in the order of keys.
const TIME_DIGITS = 16;

/** Where the journal entry of a request made `at` (ISO 8601) is stored. */
export function journalKey(at: string, requestId: string): string {
  const milliseconds = Date.parse(at);
  if (Number.isNaN(milliseconds)) throw new TypeError(`Not a time: ${at}`);
  return `${JOURNAL_PREFIX}${String(milliseconds).padStart(TIME_DIGITS, "0")}-${encodeRequestId(requestId)}`;
}

/** Where it is noted that a request took effect; the value is the key of its journal entry. */
export function requestKey(requestId: string): string {
  return `${REQUEST_PREFIX}${encodeRequestId(requestId)}`;
}

/** Where a host's agent says how it is. */
export function hostStatusKey(host: string): string {
  return `${HOST_PREFIX}${host}/status`;
}

function encodeRequestId(requestId: string): string {
  if (requestId === "" || requestId.length > 200) throw new TypeError("A request id has 1 to 200 characters");
  return encodeURIComponent(requestId);
}

/** The host a status key belongs to; `undefined` for the other keys of a host. */
export function hostOfStatusKey(key: string): string | undefined {
  return /^\/tortie\/v1\/host\/([^/]+)\/status$/.exec(key)?.[1];
}
