/**
 * Looks at a disk image with qemu-img: whether it is a whole qcow2 that stands alone.
 * Knows nothing about where it comes from.
 */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { installLineFor } from '../../host/install-line.ts';
import { programPath } from '../../host/programs.ts';

const run = promisify(execFile);
/** Of a truncated image every missing cluster is a line. */
const maxWordsBytes = 64 * 1024 * 1024;
const infoSchema = z.object({
  format: z.string(),
  'virtual-size': z.number().positive(),
  'backing-filename': z.string().optional(),
  'format-specific': z.object({ data: z.object({ 'data-file': z.string().optional() }).optional() }).optional(),
});
const checkSchema = z.object({
  'check-errors': z.number(),
  corruptions: z.number().optional(),
  'image-end-offset': z.number().optional(),
});

/** Reads an image's size as the guest sees it, bytes. Throws a Fault unless it is a whole qcow2 that needs no other file. */
export async function requireWholeQcow2(
  path: string,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<number> {
  const broken = (detail: string) => new Fault('cloud-not-whole', { url, detail });
  const info = infoSchema.safeParse(await ask(['info', '--output=json', '-f', 'qcow2', path], signal));
  if (!info.success) throw broken('qemu-img info');
  // Of a stranger's image either would be a file of this host's.
  if (info.data['backing-filename'] !== undefined) throw broken('backing file');
  if (info.data['format-specific']?.data?.['data-file'] !== undefined) throw broken('data file');
  const check = checkSchema.safeParse(await ask(['check', '--output=json', '-f', 'qcow2', path], signal));
  if (!check.success || check.data['check-errors'] > 0) throw broken('qemu-img check');
  if ((check.data.corruptions ?? 0) > 0) throw broken(`qemu-img check: ${check.data.corruptions} corruptions`);
  const { size } = await stat(path);
  // A file that ends early has clusters beyond its end, which qemu-img takes for empty ones.
  if (size < (check.data['image-end-offset'] ?? 0)) throw broken(`${size} < ${check.data['image-end-offset']}`);
  return info.data['virtual-size'];
}

/** What qemu-img says as JSON; its exit status says no more than that. `undefined` when it says nothing. */
async function ask(args: readonly string[], signal: AbortSignal): Promise<unknown> {
  const options = { signal, maxBuffer: maxWordsBytes, env: { PATH: programPath, LC_ALL: 'C.UTF-8' } };
  const stdout = await run('qemu-img', args, options).then(
    (result) => result.stdout,
    (error: Partial<NodeJS.ErrnoException> & { readonly stdout?: string }) => {
      signal.throwIfAborted();
      if (error.code === 'ENOENT') {
        const fix = installLineFor(['qemu-utils']);
        throw new Fault('lab-no-qemu', { program: 'qemu-img', fix }, { cause: error });
      }
      return error.stdout ?? '';
    },
  );
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}
