/**
 * A process of pages whose sessions print 100 bytes every 20 ms. Told by its arguments which server, where and
 * how many; says `ready` when all print; ends with its parent.
 */
import { type KindName, openPageOf } from '../servers/kinds.ts';

const [kind = 'naive', port = '0', count = '0'] = process.argv.slice(2);
/** A pause without a process for it: reading from a pipe that nobody writes to. */
const print = `exec 9<> <(:); while :; do printf '%098d\\n' $((++n)); read -rt 0.02 -u 9; done\r`;

const pages = await Promise.all(
  Array.from({ length: Number(count) }, (_, number) => openPageOf(kind as KindName, Number(port), `load-${number}`)),
);
for (const page of pages) page.type(print);
for (const page of pages) await page.until('the first line', () => /0{90}\d+\r\n/.test(page.tail));
process.once('disconnect', () => {
  for (const page of pages) page.quit();
  setTimeout(() => process.exit(), 200);
});
process.send?.('ready');
