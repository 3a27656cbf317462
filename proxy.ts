import { type NextRequest, NextResponse } from "next/server";
import { judgeRequest } from "#web/http/judge-request.ts";

export const config = {
  // Static files carry nothing private, but they too answer only to this machine.
  matcher: "/:path*",
};

/**
 * The gate before every page, action and route: this machine only, our own origin only, bodies of a sane size;
 * then the content security policy with a fresh nonce.
 */
export function proxy(request: NextRequest): NextResponse {
  const refusal = judgeRequest({ method: request.method, headers: request.headers });
  if (refusal) {
    return NextResponse.json({ error: refusal }, { status: refusal.status, headers: { "cache-control": "no-store" } });
  }
  if (request.nextUrl.pathname.startsWith("/_next/static")) return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("referrer-policy", "no-referrer");
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("x-frame-options", "DENY");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  response.headers.set("cross-origin-resource-policy", "same-origin");
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  // biome-ignore lint/style/noProcessEnv: Next replaces it with a constant when it builds.
  const isDev = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    isDev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
