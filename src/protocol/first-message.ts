/**
 * A socket's first message, said with its address: the server answers it a round trip earlier than what is said on the open
 * socket. Knows nothing about which messages there are.
 */

/** Name of the query's field. */
export const firstMessageName = 'first';

/** The address that says `message`. It may come into logs of proxies: nothing secret belongs there. */
export function withFirstMessage(url: string, message: object): string {
  return `${url}?${new URLSearchParams({ [firstMessageName]: JSON.stringify(message) })}`;
}

/** What an address says, as it stands there; undefined when it says nothing. */
export function firstMessageOf(address: string): string | undefined {
  const at = address.indexOf('?');
  return at < 0 ? undefined : (new URLSearchParams(address.slice(at)).get(firstMessageName) ?? undefined);
}
