/**
 * Reads a JSON message of a page. Knows nothing about which messages there are.
 */
import type { z } from 'zod';
import { Fault } from '../../src/faults.ts';

/** The message, or the fault to close the socket with; it says what is wrong and where. */
export function parseMessage<Message>(text: string, schema: z.ZodType<Message>, maxBytes: number): Message | Fault {
  if (Buffer.byteLength(text) > maxBytes) return new Fault('too-large', { limitBytes: maxBytes });
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'message';
  return new Fault('bad-message', { detail: `${where}: ${issue?.message ?? 'unknown'}` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
