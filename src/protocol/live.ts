/**
 * The live channel: one WebSocket per page at `/ws/live` that pushes lab state, check results and
 * progress to every page of a learner. JSON text only.
 */
import { z } from 'zod';
import type { CheckView, FaultView, LabView, LessonProgress, RecordingsView } from './api.ts';
import type { WatchLinkView, WatchView } from './watch.ts';

/** What the browser may say. */
export const liveClientMessageSchema = z.discriminatedUnion('type', [
  /** This page shows this lesson: its first open step is the one that is checked after each command. */
  z.strictObject({ type: z.literal('watch'), course: z.string().max(64), lesson: z.string().max(64) }),
  /** Keeps proxies from closing an idle socket. */
  z.strictObject({ type: z.literal('ping') }),
]);
/** What the browser may say. */
export type LiveClientMessage = z.infer<typeof liveClientMessageSchema>;

/** What the server pushes. Every message is complete in itself: applying one twice changes nothing. */
export type LiveServerMessage =
  | { readonly type: 'lab'; readonly lab: LabView }
  | { readonly type: 'checking'; readonly lesson: string; readonly step: string }
  | { readonly type: 'checked'; readonly check: CheckView }
  | { readonly type: 'progress'; readonly lesson: string; readonly progress: LessonProgress }
  | { readonly type: 'recordings'; readonly recordings: RecordingsView }
  /** The learner's watch link: open or not, and who looks on. */
  | { readonly type: 'watch-link'; readonly watchLink: WatchLinkView }
  /** To onlookers only, at `/ws/watch/<link>`: what they may look at; and that it is over, before the socket closes. */
  | { readonly type: 'watch'; readonly watch: WatchView }
  | { readonly type: 'watch-ended'; readonly fault: FaultView }
  | { readonly type: 'pong' };
