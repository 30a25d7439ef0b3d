/** The learner's own machine over ssh, lost and found again at the terminal: a real sshd, a real page. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createSshProvider, type SshProvider } from '../../server/lab/ssh/provider.ts';
import { startSshd, type TestSshd } from '../support/sshd.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, run, sees } from './support/learner-hands.ts';

let sshd: TestSshd;
let dataFolder: string;
beforeAll(async () => {
  sshd = await startSshd();
  dataFolder = await mkdtemp(join(tmpdir(), 'tadak-ssh-page-'));
  await writeFile(join(dataFolder, 'integration.bash'), "PS1='ready> '\n");
});
afterEach(() => sshd.restart());
afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await rm(dataFolder, { recursive: true, force: true });
});

const labState = `document.querySelector('tadak-lab-status').dataset.state`;
const reason = `document.querySelector('[data-lab-reason]').innerText`;
const status = `document.querySelector('.tp-panel:not([hidden]) .tp-status').innerText`;
const buttonOf = (name: string) => `.tp-panel:not([hidden]) .tp-status button:has-text("${name}")`;

/** A world whose labs are the machine of the test; `byKey`: the learner's key is accepted there, else a password is asked. */
async function openWorld({ byKey }: { readonly byKey: boolean }): Promise<BrowserWorld> {
  const provider: SshProvider = createSshProvider({
    ...{ address: sshd.address, dataFolder, integrationFile: join(dataFolder, 'integration.bash') },
    agentSocket: byKey ? sshd.agentSocket : undefined,
  });
  await provider.forgetHostKey();
  return openBrowserWorld(undefined, { provider });
}

/** Starts the lab and says yes to the machine's key. */
async function connect(world: BrowserWorld, path = '/') {
  const page = await world.open(path);
  await page.click('[data-lab-start]');
  await sees(page, 'Are you sure you want to continue connecting');
  await page.focus(field);
  await run(page, 'yes');
  return page;
}

test('a key connects again to a machine that was lost, also after it could not be reached for a while', async () => {
  await using world = await openWorld({ byKey: true });
  const page = await connect(world);
  await sees(page, /ready>$/);
  await run(page, 'echo first-$((6*7))');
  await sees(page, 'first-42');

  await sshd.kill();
  await holds(page, `${labState} === 'lost' && ${reason}.includes('아무 키나 누르면 다시 접속')`);
  await page.focus(field);
  await page.keyboard.press('a');
  await holds(page, `${labState} === 'none' && ${reason}.includes('접속을 거절했어요')`);

  await sshd.restart();
  await page.keyboard.press('a');
  await holds(page, `${labState} === 'ready'`);
  await sees(page, /ready>$/);
  await run(page, 'echo again-$((6*7))');
  expect(await sees(page, 'again-42')).not.toContain('first-42');
  expect(world.complaints).toEqual([]);
});

test('the control below the terminal connects again as well', async () => {
  await using world = await openWorld({ byKey: true });
  const page = await connect(world, '/en.html');
  await sees(page, /ready>$/);
  await sshd.kill();
  await sshd.restart();
  await holds(page, `${labState} === 'lost' && ${reason}.includes('Press any key in the terminal')`);
  await page.click(buttonOf('New shell'));
  await holds(page, `${labState} === 'ready'`);
  await sees(page, /ready>$/);
});

test('after three wrong passwords a key asks for the password again', async () => {
  await using world = await openWorld({ byKey: false });
  const page = await connect(world);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await sees(page, new RegExp(`(?:password:[^]*){${attempt}}$`));
    await run(page, 'certainly-wrong');
  }
  await holds(page, `${labState} === 'lost' && ${reason}.includes('아무 키나 누르면 다시 접속')`);
  await page.focus(field);
  await page.keyboard.press('a');
  await holds(page, `${labState} === 'ready'`);
  await sees(page, /password:$/);
});

test('a machine with another host key is not connected to by a key: the warning stays', async () => {
  await using world = await openWorld({ byKey: true });
  const page = await connect(world);
  await sees(page, /ready>$/);
  await sshd.restartWithNewKey();
  await holds(page, `${labState} === 'lost'`);
  await page.focus(field);
  await page.keyboard.press('a');
  await holds(page, `${labState} === 'lost' && ${reason}.includes('키 잊기')`);
  // From here on the terminal only repeats why. Until its last ssh has ended a key goes to that one.
  await holds(page, `document.querySelector('.tp-panel:not([hidden])').dataset.state === 'exited'`);
  await page.keyboard.press('a');
  await holds(page, `${status}.includes('키 잊기')`);
  expect(await page.evaluate(labState)).toBe('lost');
});
