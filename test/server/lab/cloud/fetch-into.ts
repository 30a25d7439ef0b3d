/** Fetches an image into a cache folder and prints the fault that ends it: `fetch-into.ts FOLDER URL SHA256`. */
import { resolveSource } from '../../../../server/lab/cloud/definitions.ts';
import { fetchCloudImage } from '../../../../server/lab/cloud/image-store.ts';
import { toFault } from '../../../../src/faults.ts';

const [cacheFolder = '', from = '', sha256 = ''] = process.argv.slice(2);
const waiting = { signal: new AbortController().signal, onProgress: () => {} };
try {
  await fetchCloudImage(resolveSource({}, { from, sha256 }), { cacheFolder, isRefresh: false }, waiting);
} catch (error) {
  const { code, sentence } = toFault(error);
  process.stdout.write(`${code} ${sentence.en}\n`);
}
