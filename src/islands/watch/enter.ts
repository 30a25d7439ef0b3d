/**
 * Comes in by the address: exchanges the secret after `#` for this browser's own, and puts the link's id, which is no
 * secret, in its place, so that a reload and a look over the shoulder are safe. Knows nothing about the page.
 */
import type { WatchEntry } from '../../protocol/watch.ts';
import type { Api, ApiFailure } from '../api.ts';
import { createRetry } from '../retry.ts';
import { onPageWake } from '../wake.ts';

const secretForm = /^[A-Za-z0-9_-]{43}$/;
const idForm = /^[A-Za-z0-9_-]{12}$/;

/** What came of it: the link's id, or the sentence that says why not. */
export type Entered = { readonly link: string } | { readonly message: string };

/** Enters; goes on trying as long as the server is not reached. */
export function enter(api: Api, signal: AbortSignal): Promise<Entered> {
  const mark = location.hash.slice(1);
  if (idForm.test(mark)) return Promise.resolve({ link: mark });
  const { promise, resolve } = Promise.withResolvers<Entered>();
  const ask = async () => {
    // What is no secret is asked about all the same: the server has the sentence.
    const answer = secretForm.test(mark)
      ? await api.call<WatchEntry>('POST', '/watch', { secret: mark })
      : await api.call<WatchEntry>('GET', '/watch/-');
    if (answer.ok) {
      history.replaceState(null, '', `#${answer.value.link}`);
      resolve({ link: answer.value.link });
    } else if (isFinal(answer)) resolve({ message: answer.message });
    else retry.schedule();
  };
  const retry = createRetry({ run: () => void ask(), signal, wake: onPageWake });
  void ask();
  return promise;
}

/** Whether asking again is useless. */
export function isFinal({ code, retry }: ApiFailure): boolean {
  return code !== undefined && !retry;
}
