/** Every metric, in the order of the table. */
import { connect } from './connect.ts';
import { cut } from './cut.ts';
import { echo } from './echo.ts';
import { memory } from './memory.ts';
import type { Metric } from './metric.ts';
import { paste } from './paste.ts';
import { slowLink } from './slow-link.ts';
import { slowPage } from './slow-page.ts';
import { stalledSocket } from './stalled-socket.ts';
import { throughput } from './throughput.ts';

/** The metrics that are measured, each in turn on every server. */
export const metrics: readonly Metric[] = [
  connect,
  echo,
  throughput,
  slowPage,
  stalledSocket,
  memory,
  cut,
  paste,
  slowLink,
];
