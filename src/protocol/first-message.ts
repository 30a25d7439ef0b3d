/**
 * A socket's first message, said with its address: the server answers it a round trip earlier than what is said on the open
 * socket. Knows nothing about which messages there are.
 */

/** Name of the query's field. */
export const firstMessageName = 'first';

const field = new RegExp(`[?&]${firstMessageName}=([^&#]*)`);

/** The address that says `message`. It may come into logs of proxies: nothing secret belongs there. */
export function withFirstMessage(url: string, message: object): string {
  return `${url}?${firstMessageName}=${encodeURIComponent(JSON.stringify(message))}`;
}

/** What an address says, perhaps no message at all; undefined when it says nothing. */
export function firstMessageOf(address: string): string | undefined {
  const said = field.exec(address)?.[1];
  try {
    return said === undefined ? undefined : decodeURIComponent(said);
  } catch {
    return said; // Not percent-encoded as it should be: whoever reads it says so.
  }
}
