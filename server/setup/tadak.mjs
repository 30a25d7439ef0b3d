#!/usr/bin/env node
/**
 * `npx tadak <verb>`: the same as `npm run tadak -- <verb>`.
 */
const [verb = '--help', ...rest] = process.argv.slice(2);
process.argv.splice(2, Infinity, ...(verb === 'start' ? [verb, ...rest] : ['tadak', verb, ...rest]));
await import('./bootstrap.mjs');
