/**
 * The terminal's wire protocol: binary frames for bytes, small tagged JSON for control.
 * One WebSocket per open terminal pane at `/ws/terminal`; see docs/protocol.md.
 * Knows nothing about sockets, xterm.js or ptys; both ends import it.
 *
 * Every byte a terminal ever printed has a sequence number: its offset from the start of the session.
 * Numbers count uncompressed bytes and stay below 2^53.
 *
 * Binary, server → browser
 *   0x01 seq:f64be bytes…   output; `seq` is the number of the first byte
 *   0x02 seq:f64be utf8…    screen snapshot that stands for everything before `seq`
 * Binary, browser → server
 *   0x11 seq:f64be bytes…   input; `seq` counts this viewer's input bytes, so that a repeated frame is dropped
 * Text is JSON, at most `maxControlBytes`.
 */
import { z } from 'zod';
import { type FaultCode, faults } from '../faults.ts';
import { sizeLimits } from './frame.ts';

export * from './frame.ts';

const position = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Width and height in character cells. */
export const sizeSchema = z.strictObject({
  cols: z.number().int().min(sizeLimits.minCols).max(sizeLimits.maxCols),
  rows: z.number().int().min(sizeLimits.minRows).max(sizeLimits.maxRows),
});
/** Width and height in character cells. */
export type TerminalSize = z.infer<typeof sizeSchema>;

/** What the browser may say in text. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  /**
   * First message on a socket. `terminal` is a name such as `t1`; it is opened when it does not exist.
   * `viewer` is a random id kept by the page, so that a returning page is the same viewer.
   * `epoch` and `from` say what the page already shows; both absent for a new page.
   */
  z.strictObject({
    type: z.literal('attach'),
    terminal: z.string().regex(/^t[1-9][0-9]?$/),
    viewer: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
    epoch: z.string().max(64).optional(),
    from: position.optional(),
    size: sizeSchema,
  }),
  /**
   * This viewer's pane has a new size; it becomes the terminal's size when this viewer is in control, or takes
   * control now: a window in the background whose layout changes must not resize what is worked in elsewhere.
   */
  z.strictObject({ type: z.literal('resize'), size: sizeSchema, takeControl: z.boolean().optional() }),
  /** The browser shows another page, or none, and now this one again. A viewer that nobody sees holds nothing up. */
  z.strictObject({ type: z.literal('hidden'), isHidden: z.boolean() }),
  /** Everything before `seq` is rendered (said from xterm.js's write callback; cumulative). */
  z.strictObject({ type: z.literal('ack'), seq: position }),
]);
/** What the browser may say in text. */
export type ClientMessage = z.infer<typeof clientMessageSchema>;

const faultCode = z.custom<FaultCode>((value) => typeof value === 'string' && value in faults);

/** What the server says in text. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  /**
   * Answer to `attach`. `epoch` names this life of the terminal: a new shell has a new epoch.
   * Output follows from `from`. `resume` says how: `bytes` continues what the page shows; `screen` means a
   * snapshot frame comes first (clear the screen before it); `fresh` means start from nothing.
   * Output below `liveFrom` is history: answers that xterm.js gives to it must not be sent.
   * `input` is how many input bytes of this viewer have arrived.
   */
  z.object({
    type: z.literal('attached'),
    terminal: z.string(),
    epoch: z.string(),
    resume: z.enum(['bytes', 'screen', 'fresh']),
    from: position,
    liveFrom: position,
    input: position,
    size: sizeSchema,
    readOnly: z.boolean(),
  }),
  /** Input bytes of this viewer that have reached the pty, cumulative. */
  z.object({ type: z.literal('received'), input: position }),
  /** The terminal's size changed (another viewer is in control when `yours` is false). */
  z.object({ type: z.literal('size'), size: sizeSchema, yours: z.boolean() }),
  /** The shell ended. A key press or a new `attach` opens another one. */
  z.object({ type: z.literal('exited'), exitCode: z.number().int(), signal: z.number().int().optional() }),
  /** A request was refused; the socket stays open. */
  z.object({
    type: z.literal('refused'),
    code: faultCode,
    message: z.object({ ko: z.string(), en: z.string() }),
  }),
]);
/** What the server says in text. */
export type ServerMessage = z.infer<typeof serverMessageSchema>;
