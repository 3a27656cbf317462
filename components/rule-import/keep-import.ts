import type { ProfileId } from "#policy/profile-id.ts";
import type { ImportFile, ImportState } from "./import-state.ts";

/*
 * What was entered into the import, kept in this browser so that "Keep as draft" outlives a reload. Files may have
 * 5 MB, more than localStorage takes; a browser that keeps nothing loses nothing else by it.
 */

const DATABASE = "tortie-import";
const STORE = "entered";
const KEY = "last";

/**
 * What was kept last, to be read again from its problems on; nothing when there is none, when the browser keeps nothing,
 * or when it was about another profile than the dialog is opened for.
 */
export async function readKeptImport(openedFor: ProfileId | undefined): Promise<ImportState | undefined> {
  const kept = await inStore<ImportState | undefined>("readonly", (store) => store.get(KEY));
  if (kept === undefined || (openedFor !== undefined && openedFor !== kept.openedFor)) return undefined;
  return { ...kept, step: kept.step === "source" ? "source" : "problems", seen: new Map() };
}

/** Keeps what was entered in place of what was kept; an import without files is forgotten. */
export async function keepImport(state: ImportState): Promise<void> {
  const kept = { ...state, files: unread(state.files) };
  await inStore("readwrite", (store) => (kept.files.length === 0 ? store.delete(KEY) : store.put(kept, KEY)));
}

/** The files as they were when they came: what a person decided about them stays, what they say is read again. */
function unread(files: readonly ImportFile[]): readonly ImportFile[] {
  return files.map((file) => ({ ...file, parse: { kind: "parsing", isFirst: true } }));
}

async function inStore<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<T | undefined> {
  try {
    const database = await openDatabase();
    try {
      return await answerOf<T>(ask(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch (error) {
    // Storage disabled, full, or of a private window: the import goes on in this tab.
    if (error instanceof DOMException || error instanceof ReferenceError || error instanceof TypeError)
      return undefined;
    throw error;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}
