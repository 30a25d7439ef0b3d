/**
 * Puts a compressed copy beside every text file of a built site, once, so that nothing is compressed while serving.
 * Knows nothing about HTTP.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const textFile = /\.(?:html|js|css|svg|json|xml|txt|webmanifest)$/;
/** Smaller files gain nothing, bytes. */
const minBytes = 1024;
/** Brotli's middle: near its best size in a tenth of the time. */
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } };

/** Writes `.br` and `.gz` files below `folder`. */
export async function compressFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile() && textFile.test(entry.name)) await compressFile(join(entry.parentPath, entry.name));
  }
}

async function compressFile(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < minBytes) return;
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
