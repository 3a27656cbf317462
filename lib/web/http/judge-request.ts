/** Largest body any door of the board reads; a larger one is refused before it is read. */
export const MAX_BODY_BYTES = 6 * 1024 * 1024;

/** Why a request is turned away, with the HTTP status that says so. */
export type RequestRefusal =
  | { readonly kind: "foreign-host"; readonly status: 421; readonly host: string }
  | { readonly kind: "foreign-origin"; readonly status: 403; readonly origin: string }
  | { readonly kind: "too-large"; readonly status: 413; readonly foundBytes: number; readonly maxBytes: number };

type RequestFacts = { readonly method: string; readonly headers: Pick<Headers, "get"> };

/**
 * Until sign-in exists whoever reaches the board may write, so it answers this machine only: a Host that is not a
 * loopback name is DNS rebinding, an Origin that is not ours is another site posting through the visitor's browser.
 */
export function judgeRequest({ method, headers }: RequestFacts): RequestRefusal | undefined {
  const host = headers.get("host") ?? "";
  if (!isLoopbackHost(host)) return { kind: "foreign-host", status: 421, host };
  const forwarded = headers.get("x-forwarded-host");
  if (forwarded !== null && !isLoopbackHost(forwarded)) return { kind: "foreign-host", status: 421, host: forwarded };

  const origin = headers.get("origin");
  if (origin !== null && !isSameOrigin(origin, host)) return { kind: "foreign-origin", status: 403, origin };
  if (isForeignFetch(method, headers)) return { kind: "foreign-origin", status: 403, origin: "another site" };

  const length = Number(headers.get("content-length") ?? 0);
  if (length > MAX_BODY_BYTES) return { kind: "too-large", status: 413, foundBytes: length, maxBytes: MAX_BODY_BYTES };
  return undefined;
}

/** True for localhost, 127.0.0.0/8 and ::1, with or without a port. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
  return name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name);
}

function isSameOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** A browser says where a request comes from; following a link from elsewhere is fine, anything else is not. */
function isForeignFetch(method: string, headers: Pick<Headers, "get">): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return false;
  return !(method === "GET" && headers.get("sec-fetch-mode") === "navigate");
}
