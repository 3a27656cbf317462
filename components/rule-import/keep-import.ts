import { type ImportState, unread } from "./import-state.ts";

/*
 * What was entered into the import, kept in this browser so that "Keep as draft" outlives a reload. Files may have
 * 5 MB, more than localStorage takes; a browser that keeps nothing loses nothing else by it.
 */

const DATABASE = "tortie-import";
const STORE = "entered";
const KEY = "last";

/** What was kept last; nothing when there is none, or the browser keeps nothing. */
export async function readKeptImport(): Promise<ImportState | undefined> {
  return inStore<ImportState | undefined>("readonly", (store) => store.get(KEY));
}

/** Keeps what was entered in place of what was kept; an import without files is forgotten. */
export async function keepImport(state: ImportState): Promise<void> {
  const kept = { ...state, files: unread(state.files) };
  await inStore("readwrite", (store) => (kept.files.length === 0 ? store.delete(KEY) : store.put(kept, KEY)));
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
