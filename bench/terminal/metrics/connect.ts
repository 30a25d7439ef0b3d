/** From `connect` (socket, handshake, first message) to the first prompt of a new shell. */
import { percentile } from '../../figures.ts';
import type { MeasuredServer } from '../servers/kinds.ts';
import type { Metric } from './metric.ts';

const warmUps = 5;

/** How long a new terminal takes to its prompt. */
export const connect: Metric = {
  name: 'connect',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async (server, { isQuick }) => {
    const times: number[] = [];
    for (let count = -warmUps; count < (isQuick ? 20 : 40); count += 1) {
      const ms = await timeConnect(server);
      if (count >= 0) times.push(ms);
    }
    return { connectP50Ms: percentile(times, 0.5), connectP95Ms: percentile(times, 0.95) };
  },
};

async function timeConnect(server: MeasuredServer): Promise<number> {
  const at = performance.now();
  const page = await server.openPage();
  const ms = performance.now() - at;
  page.quit();
  return ms;
}
