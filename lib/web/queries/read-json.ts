/** The board answered, but not with what was asked; `status` is HTTP's, 0 when nothing answered. */
export class BoardReadError extends Error {
  override readonly name = "BoardReadError";
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Reads one of our own routes. The server is ours and typed; the body is trusted, never the person's input. */
export async function readJson<T>(path: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal, headers: { accept: "application/json" }, cache: "no-store" });
  if (!response.ok) throw new BoardReadError(response.status, await reasonOf(response));
  return (await response.json()) as T;
}

async function reasonOf(response: Response): Promise<string> {
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null && "detail" in body) return String(body.detail);
  } catch {
    // A body that is not ours says nothing; the status does.
  }
  return `HTTP ${response.status}`;
}
