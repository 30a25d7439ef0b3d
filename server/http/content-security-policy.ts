/**
 * The Content-Security-Policy of a built site: its own scripts, and the inline scripts that the build itself wrote,
 * by their hashes. Knows nothing about Fastify.
 *
 * Two allowances: `wasm-unsafe-eval`, since the search (Pagefind) is WebAssembly; and inline styles, since xterm.js and
 * the code blocks set them. Inline styles run no code, and lesson prose comes from the course's own files.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Directives in helmet's form. */
export type PolicyDirectives = Record<string, string[] | null>;

const inlineScript = /<script\b(?![^>]*\ssrc[\s=>])([^>]*)>([\s\S]*?)<\/script>/gi;
/** Data blocks are not executed, so they need no hash. */
const dataType = /\stype=["']?(?:application\/(?:ld\+)?json|text\/template)/i;

/** CSP sources for the executable inline scripts of a page. */
export function inlineScriptHashes(html: string): readonly string[] {
  return [...html.matchAll(inlineScript)]
    .filter(([, attributes = '', code = '']) => code.trim() !== '' && !dataType.test(attributes))
    .map(([, , code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
}

/** Every inline script of every page below `folder`, once. */
export async function collectScriptHashes(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'));
  const hashes = new Set<string>();
  for (const name of names.sort()) {
    for (const hash of inlineScriptHashes(await readFile(join(folder, name), 'utf8'))) hashes.add(hash);
  }
  return [...hashes];
}

/** The whole policy; `inlineScripts` are the sources that allow inline scripts. */
export function buildPolicy(inlineScripts: readonly string[]): PolicyDirectives {
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...inlineScripts],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
}
