/**
 * What a learner can read of their terminals: commands and recordings.
 */
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { TerminalName } from '../../../src/course/ids.ts';
import { Fault } from '../../../src/faults.ts';
import { recordRequestSchema } from '../../../src/protocol/api.ts';
import type { App } from '../../app/context.ts';
import { listCommands } from '../../app/list-commands.ts';
import { recordTerminal, removeRecording, showRecordings } from '../../app/record-terminal.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';
import { workLimit } from '../request-limits.ts';

const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const rangeSchema = z.strictObject({ from: count.optional(), latest: count.optional() });

interface TerminalRoute {
  Params: { readonly terminal: string };
}

interface RecordingRoute {
  Params: { readonly id: string };
}

/** Registers the routes. */
export function registerTerminals(server: FastifyInstance, app: App): void {
  server.get<TerminalRoute>('/api/terminals/:terminal/commands', (request) =>
    listCommands(app, { learner: requireLearner(request), terminal: terminalOf(request) }, rangeOf(request)),
  );
  server.post<TerminalRoute>('/api/terminals/:terminal/recording', workLimit, (request) => {
    const { on } = parseRequest(recordRequestSchema, request.body);
    return recordTerminal(app, { learner: requireLearner(request), terminal: terminalOf(request), on });
  });
  server.get('/api/recordings', (request) => showRecordings(app, requireLearner(request)));
  server.get<RecordingRoute>('/api/recordings/:id', (request, reply) => {
    const path = app.recordings.pathOf(requireLearner(request), request.params.id);
    reply.header('content-disposition', `attachment; filename="${request.params.id}.cast"`);
    return reply.type('application/x-asciicast').send(createReadStream(path));
  });
  server.post<RecordingRoute>('/api/recordings/:id/delete', (request) =>
    removeRecording(app, requireLearner(request), request.params.id),
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
