/**
 * Tells every open page what is to be mended (server-sent events): the newest state at once, and every change of it.
 * Knows nothing about HTTP.
 */
import { PassThrough, type Readable } from 'node:stream';
import type { Issue } from '../../src/course/issue.ts';

/** What the panel on a page shows. */
export interface FeedState {
  /** Whether pages can be made. */
  readonly isReady: boolean;
  /** Checks and quizzes stay with the last good course. */
  readonly blocking: readonly Issue[];
  /** Texts that cannot be made into a page. */
  readonly texts: readonly Issue[];
  /** What the course lacks to be finished. */
  readonly open: readonly Issue[];
}

/** The feed. */
export interface ProblemFeed extends Disposable {
  /** A page's stream; it ends with the page. */
  open(): Readable;
  tell(state: FeedState): void;
}

/** Makes the feed. */
export function createProblemFeed(): ProblemFeed {
  const streams = new Set<PassThrough>();
  let latest: FeedState = { isReady: false, blocking: [], texts: [], open: [] };
  const event = () => `data: ${JSON.stringify(latest)}\n\n`;
  return {
    open: () => {
      const stream = new PassThrough();
      streams.add(stream);
      stream.on('close', () => streams.delete(stream));
      // A browser that went away in the middle of a line.
      stream.on('error', () => streams.delete(stream));
      stream.write(event());
      return stream;
    },
    tell: (state) => {
      latest = state;
      for (const stream of streams) stream.write(event());
    },
    [Symbol.dispose]: () => {
      for (const stream of streams) stream.end();
    },
  };
}
