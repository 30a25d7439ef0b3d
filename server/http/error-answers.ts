/**
 * Every error of the HTTP side as a `FaultView`. What is not ours is logged and told as `internal`.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Fault, faults, toFault } from '../../src/faults.ts';
import type { FaultView } from '../../src/protocol/api.ts';
import type { Log } from '../app/context.ts';

/** Answers all errors of `server`. */
export function answerErrors(server: FastifyInstance, { log }: { readonly log: Log }): void {
  server.setErrorHandler((error, request, reply) => {
    const fault = translate(error);
    if (fault.code === 'internal') {
      log('request failed', { method: request.method, path: pathOf(request.url), cause: causeOf(fault) });
    }
    return sendFault(reply, fault);
  });
}

/** Sends a fault with its status. */
export function sendFault(reply: FastifyReply, fault: Fault): FastifyReply {
  const view: FaultView = { code: fault.code, message: fault.sentence, retry: faults[fault.code].retry };
  return reply.code(fault.status).header('cache-control', 'no-store').type('application/json').send(view);
}

/** Parses what came through the door. Throws Fault `bad-message` that names the place. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'body';
  throw new Fault('bad-message', { detail: `${place}: ${issue?.message ?? 'invalid'}` });
}

/** Fastify's own refusals in our words. */
function translate(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Fault('too-large', { limitBytes: maxBodyBytes });
  if (statusCode === 429) return new Fault('too-many');
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Fault('bad-message', { detail: String(message) });
  }
  return toFault(error);
}

/** Largest body that is read, bytes: the longest answer is far below it. */
export const maxBodyBytes = 16 * 1024;

/** A URL without its query, which may hold anything. */
const pathOf = (url: string) => url.split('?')[0] ?? url;
const causeOf = (fault: Fault) => (fault.cause instanceof Error ? (fault.cause.stack ?? '') : String(fault.cause));
