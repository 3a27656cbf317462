import type { NextRequest } from "next/server";
import { webDeps } from "#web/deps.ts";
import { exportAnswer } from "#web/http/export-answer.ts";
import { requirePrincipal } from "#web/http/require-principal.ts";
import { respondOr503 } from "#web/http/respond.ts";

/** Profiles as a file: `?profile=A&profile=B`, or everything without. */
export async function GET(request: NextRequest): Promise<Response> {
  await requirePrincipal();
  return respondOr503(() => exportAnswer(webDeps().deps, request.nextUrl.searchParams.getAll("profile")));
}
