/**
 * All metrics, in the order in which they are measured: what fills the memory comes last.
 */
import { build } from './build.ts';
import { checks } from './checks.ts';
import { lessons } from './lessons.ts';
import { memory } from './memory.ts';
import type { Metric } from './metric.ts';
import { page } from './page.ts';
import { clone, cold, ready } from './starts.ts';

/** The metrics. */
export const metrics: readonly Metric[] = [build, clone, ready, page, cold, lessons, checks, memory];
