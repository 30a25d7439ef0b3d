/**
 * What a learner can read of their terminals.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TerminalName } from '../../../src/course/ids.ts';
import { Fault } from '../../../src/faults.ts';
import type { App } from '../../app/context.ts';
import { listCommands } from '../../app/list-commands.ts';
import { requireLearner } from '../identity.ts';

const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const rangeSchema = z.strictObject({ from: count.optional(), latest: count.optional() });

interface TerminalRoute {
  Params: { readonly terminal: string };
}

/** Registers the routes. */
export function registerTerminals(server: FastifyInstance, app: App): void {
  server.get<TerminalRoute>('/api/terminals/:terminal/commands', (request) =>
    listCommands(app, { learner: requireLearner(request), terminal: terminalOf(request) }, rangeOf(request)),
  );
}

function terminalOf({ params }: FastifyRequest<TerminalRoute>): TerminalName {
  if (!/^t[1-9][0-9]?$/.test(params.terminal)) throw new Fault('no-such-terminal');
  return params.terminal as TerminalName;
}

function rangeOf(request: FastifyRequest<TerminalRoute>): z.infer<typeof rangeSchema> {
  const range = rangeSchema.safeParse(request.query);
  if (!range.success) throw new Fault('bad-message', { detail: 'from and latest are numbers' });
  return range.data;
}
