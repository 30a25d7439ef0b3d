/** What terminals showed is shown again by the next server: of real shells, quiet ones and ones in an editor's screen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabFolders } from '../../../server/data/lab-folders.ts';
import { ScreenShelf } from '../../../server/session/screen-shelf.ts';
import { createSessionRegistry } from '../../../server/session/session-registry.ts';
import type { LearnerId, TerminalName } from '../../../src/course/ids.ts';
import { openLocalLab } from '../../support/local-lab.ts';
import { eventually } from '../app/test-app.ts';

const t1 = 't1' as TerminalName;
const line = '-- a new shell --';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tadak-screens-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A server's terminals over the same folder. */
function openServer(quietMs = 50) {
  const lines: string[] = [];
  const folders = new LabFolders(root, (text) => lines.push(text));
  const screens = new ScreenShelf({ folders, line, quietMs, log: (text) => lines.push(text) });
  const sessions = createSessionRegistry({ recallScreen: (lab, terminal) => screens.recall(lab, terminal) });
  sessions.onOpened((session) => screens.watch(session));
  const end = async () => {
    await screens[Symbol.asyncDispose]();
    await sessions[Symbol.asyncDispose]();
    await folders[Symbol.asyncDispose]();
  };
  return { screens, sessions, lines, end, [Symbol.asyncDispose]: end };
}

async function openShell({ sessions }: ReturnType<typeof openServer>, lab: Awaited<ReturnType<typeof openLocalLab>>) {
  const request = { learner: 'ada' as LearnerId, lab, terminal: t1, viewer: 'viewer-1', size: { cols: 60, rows: 20 } };
  const session = await sessions.open({ ...request, signal: AbortSignal.timeout(20_000) });
  let typed = 0;
  const sendFrame = ({ seq, bytes }: { readonly seq: number; readonly bytes: Uint8Array }) =>
    void setImmediate(() => attachment.acknowledge(seq + bytes.length));
  const sink = { sendFrame, sendMessage: () => {}, isReady: () => true, handleReplaced: () => {} };
  const attachment = session.attach({ viewer: 'viewer-1', size: request.size, sink });
  const screen = async () => Buffer.from((await session.drawScreen()).bytes).toString('utf8');
  return {
    session,
    screen,
    type: (text: string) => {
      attachment.input(typed, Buffer.from(text));
      typed += Buffer.byteLength(text);
    },
    /** Waits until the screen, without its colours and movements, has it. */
    sees: async (wanted: RegExp) => {
      let last = '';
      return eventually(
        () => {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: the screen is made of them.
          void screen().then((text) => (last = text.replaceAll(/\x1b\[[\d;?!]*[A-Za-z]|\x1b[>=]/g, '')));
          return wanted.exec(last)?.[0];
        },
        () => last,
      );
    },
  };
}

const keptText = () =>
  filesIn()
    .filter((name) => name.endsWith('t1.screen'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join();
const filesIn = () => readdirSync(root, { recursive: true }).map(String);

test('after a crash the next server shows what had stood for a moment, the line, and a new shell', async () => {
  await using lab = await openLocalLab('ada');
  const first = openServer();
  const shell = await openShell(first, lab);
  shell.type('old=1; echo "before=$((40 + 2))"\r');
  await shell.sees(/before=42/);
  await eventually(() => /before=42/.exec(keptText())?.[0], keptText);
  await using second = openServer();
  const again = await openShell(second, lab);
  again.type('echo "old=<$old>"\r');
  await again.sees(/before=42[\s\S]*-- a new shell --[\s\S]*old=<>/);
  // What stands above is not taken for the new shell's: its first command has its own output.
  await expect
    .poll(async () => await again.session.history.list({}))
    .toMatchObject([{ line: 'echo "old=<$old>"', output: 'old=<>', exitCode: 0 }]);
  await first.end();
});

test('an orderly end keeps the last word, and an editor’s screen is left behind with its modes', async () => {
  await using lab = await openLocalLab('ada');
  const first = openServer(60_000);
  const shell = await openShell(first, lab);
  shell.type('echo "before=$((40 + 2))"\r');
  await shell.sees(/before=42/);
  shell.type(`printf '\\e[?1049h\\e[H\\e[31m\\e[?1002h\\e[?25lin the %s' editor; read -r\r`);
  await shell.sees(/in the editor/);
  await first.end();
  await using second = openServer();
  const again = await openShell(second, lab);
  const screen = await again.sees(/before=42[\s\S]*-- a new shell --/);
  expect(screen).not.toContain('in the editor');
  const drawn = await again.screen();
  expect(drawn).not.toContain('\x1b[?1049h');
  expect(drawn).not.toContain('\x1b[?1002h');
});

test('of a terminal that printed much the screen and what stands above it is kept, not every byte', async () => {
  await using lab = await openLocalLab('ada');
  const first = openServer(60_000);
  const shell = await openShell(first, lab);
  shell.type(`seq -f 'line %.0f ${'x'.repeat(40)}' 1 9000; echo "before=$((40 + 2))"\r`);
  await shell.sees(/before=42/);
  await first.end();
  expect(keptText().length).toBeLessThan(100_000);
  expect(keptText()).toMatch(/line 9000 x+\r?\n.*before=42/);
  await using second = openServer();
  const again = await openShell(second, lab);
  await again.sees(/line 9000 x+\s+before=42[\s\S]*-- a new shell --/);
});

test('what is printed later is added, also to a screen that was drawn, and nothing is written twice', async () => {
  await using lab = await openLocalLab('ada');
  const first = openServer();
  const shell = await openShell(first, lab);
  shell.type(`seq -f 'line %.0f ${'x'.repeat(40)}' 1 9000; echo "before=$((40 + 2))"\r`);
  await eventually(() => /line 9000 x+\r?\n.*before=42/.exec(keptText())?.[0], keptText);
  const drawn = keptText();
  shell.type('echo "later=$((40 + 3))"\r');
  await eventually(() => /later=43/.exec(keptText())?.[0], keptText);
  const kept = keptText();
  expect(kept.startsWith(drawn)).toBe(true);
  expect(kept.length - drawn.length).toBeLessThan(1000);
  await using second = openServer();
  const again = await openShell(second, lab);
  const screen = await again.sees(/line 9000 x+\s+before=42[\s\S]*later=43[\s\S]*-- a new shell --/);
  expect(screen.match(/before=42/g)).toHaveLength(1);
  await first.end();
});

test('a shell that ended is not shown again', async () => {
  await using lab = await openLocalLab('ada');
  const first = openServer();
  const shell = await openShell(first, lab);
  shell.type('echo "before=$((40 + 2))"\r');
  await eventually(() => filesIn().find((name) => name.endsWith('t1.screen')), filesIn);
  shell.type('exit\r');
  await eventually(() => !filesIn().some((name) => name.endsWith('t1.screen')) || undefined, filesIn);
  await first.end();
  expect(filesIn().some((name) => name.endsWith('t1.screen'))).toBe(false);
  await using second = openServer();
  expect(await second.screens.recall(lab.id, t1)).toBeUndefined();
});
