/** Names one request of a person, so that the store recognises a repeated attempt. */
export function newRequestId(): string {
  // randomUUID needs a secure context; 127.0.0.1 is one, a plain host name of the loopback may not be.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
