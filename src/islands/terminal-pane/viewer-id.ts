/**
 * The id by which the server knows this page as a viewer. It survives a reload, so that the server can tell
 * what of the input has arrived; a duplicated browser tab gets its own.
 * Knows nothing about the server.
 */

const idKey = 'tadak.viewer';
/**
 * Set while no page uses the id. Duplicating a tab copies the session storage of a living page, which lacks
 * it: that is how the copy is told from a reload.
 */
const freeKey = 'tadak.viewer-free';

/** The viewer id of this page. */
export function claimViewerId(storage: Storage, signal: AbortSignal): string {
  const kept = storage.getItem(idKey);
  const isFree = storage.getItem(freeKey) !== null || wasDiscarded();
  const id = kept && isFree ? kept : createViewerId();
  storage.setItem(idKey, id);
  storage.removeItem(freeKey);
  window.addEventListener('pagehide', () => storage.setItem(freeKey, '1'), { signal });
  // Back from the browser's cache: in use again.
  window.addEventListener('pageshow', () => storage.removeItem(freeKey), { signal });
  return id;
}

/** Whether the browser threw this tab's page away while it was hidden: such a page is not told that it goes. */
function wasDiscarded(): boolean {
  return (document as Document & { readonly wasDiscarded?: boolean }).wasDiscarded === true;
}

/** 128 random bits; `crypto.randomUUID` is missing on pages that are neither https nor localhost. */
export function createViewerId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
