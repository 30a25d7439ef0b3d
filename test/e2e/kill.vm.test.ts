/**
 * Something below a student is killed, or the server's disk is full: what they read and can press, in a real Chromium with a real
 * virtual machine, and that the student beside them types on as if nothing had happened.
 */
import { readFileSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holds, sees } from '../islands/support/learner-hands.ts';
import { mayMount, type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { Learner } from './learner.ts';
import { type RunningCourse, startCourse } from './running-course.ts';

const path = 'lab-environment/basic-settings/';
const mebibyte = 2 ** 20;
/** Room for two machines and what they write: the disk on which they run, which a test fills. */
const diskMb = 400;
const stack = new AsyncDisposableStack();
let course: RunningCourse;
let disk: SmallDisk | undefined;
let struck: Learner;
let neighbour: Learner;

beforeAll(async () => {
  const mount = async (data: string) => {
    disk = mayMount ? await smallDisk(diskMb, join(data, 'run')) : undefined;
    return disk;
  };
  course = stack.use(await startCourse(['--lab', 'qemu', '--labs-ready', '0', '--lab-checkpoints', '0'], mount));
  const open = async () => {
    const context = await course.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const learner = await Learner.open(context, `${course.url}/${path}`);
    await learner.startLab();
    return learner;
  };
  [struck, neighbour] = await Promise.all([open(), open()]);
  await neighbour.type('echo mine > /root/mine');
});
afterAll(() => stack.disposeAsync());

/** The neighbour's machine is the same one, and answers what is typed. */
async function neighbourTypesOn(mark: number): Promise<void> {
  await neighbour.type(`clear; cat /root/mine; echo "still=$((${mark} * 2))"`);
  await sees(neighbour.page, new RegExp(`mine\\s+still=${mark * 2}`));
  expect(await stateOf(neighbour.page)).toEqual({ state: 'ready', label: '준비됐어요', reason: '' });
}

/** What the page says of the lab. */
async function stateOf(page: Page): Promise<{ state: string; label: string; reason: string }> {
  return page.evaluate(() => {
    const status = document.querySelector<HTMLElement>('tadak-lab-status');
    const text = (selector: string) => {
      const node = status?.querySelector<HTMLElement>(selector);
      return node && !node.hidden ? node.innerText : '';
    };
    return {
      state: status?.dataset['state'] ?? '',
      label: text('[data-lab-label]'),
      reason: text('[data-lab-reason]'),
    };
  });
}

const buttonsOf = (page: Page) => page.locator('tadak-lab-status button:visible').allInnerTexts();
const reasonSays = (page: Page, text: string, withinMs: number) =>
  holds(page, `document.querySelector('[data-lab-reason]')?.innerText.includes(${JSON.stringify(text)})`, withinMs);

/** The machine's process, as the server noted it. */
async function machineOf(page: Page): Promise<number> {
  const lab = await page.evaluate(async () => ((await (await fetch('/api/lab')).json()) as { readonly id: string }).id);
  return JSON.parse(readFileSync(join(course.data, 'run', lab, 'lab.json'), 'utf8')).process.pid;
}

test('the guest agent is killed: the student notices nothing, and checks go on', async () => {
  await struck.type('clear; pkill -KILL -x qemu-ga; echo "killed=$?"');
  await sees(struck.page, /killed=0/);
  expect(await struck.check('host-name')).toContain('아직이에요.');
  expect(await stateOf(struck.page)).toEqual({ state: 'ready', label: '준비됐어요', reason: '' });
  await neighbourTypesOn(11);
});

test('the guest’s own sshd is killed: terminal and checks do not need it', async () => {
  await struck.type('clear; pkill -KILL -x sshd; echo "killed=$?"; pgrep -cx sshd');
  await sees(struck.page, /killed=0/);
  expect(await struck.check('host-name')).toContain('아직이에요.');
  expect((await stateOf(struck.page)).state).toBe('ready');
});

test('the sshd of the terminal path is killed: the page says that the shell ended, and a key opens a new one', async () => {
  await struck.type('echo before > /root/before');
  await struck.page.keyboard.type('pkill -KILL tadak-console');
  await struck.page.keyboard.press('Enter');
  await holds(struck.page, `document.querySelector('.tp-panel').dataset.state === 'exited'`, 60_000);
  expect(await struck.page.innerText('tadak-terminal')).toContain('아무 키나 누르면 새 셸이 열려요');
  expect(await stateOf(struck.page)).toEqual({ state: 'ready', label: '준비됐어요', reason: '' });
  await struck.page.keyboard.press('Enter');
  await struck.waitForPrompt();
  await struck.type('clear; cat /root/before');
  await sees(struck.page, /before/);
  await neighbourTypesOn(22);
});

test.skipIf(!mayMount)(
  'the server’s disk is full: the page says whose fault it is and that nothing is lost, and the machine goes on (needs root)',
  async () => {
    if (!disk) throw new Error('no disk');
    const ballast = join(disk.path, 'ballast');
    const { bavail, bsize } = await statfs(disk.path);
    await writeFile(ballast, Buffer.alloc(bavail * bsize - 64 * mebibyte));
    await struck.page.keyboard.type('clear; head -c 150M /dev/urandom > /root/large && sync && wc -c < /root/large');
    await struck.page.keyboard.press('Enter');
    await reasonSays(struck.page, '서버의 디스크가 가득 차서 실습 머신이 멈춰 있어요', 120_000);
    const { state, reason } = await stateOf(struck.page);
    expect(state).toBe('ready');
    expect(reason).toContain('여러분의 잘못이 아니고 잃은 것도 없어요');
    expect(await buttonsOf(struck.page)).toEqual(expect.arrayContaining(['새로 시작', '실습 끝내기']));
    // A check says so at once, and counts nothing.
    const said = await struck.check('host-name');
    expect(said).toContain('확인하지 못했어요. 여러분 잘못이 아니에요.');
    expect(said).toContain('디스크가 가득 차서');
    await neighbourTypesOn(33);

    await rm(ballast);
    await sees(struck.page, /157286400/, 120_000);
    await holds(struck.page, `document.querySelector('[data-lab-reason]').hidden`);
    await neighbourTypesOn(34);
  },
);

test('the machine is killed: the page says that it is gone and that progress stays, and one press gives a new one', async () => {
  process.kill(await machineOf(struck.page), 'SIGKILL');
  await holds(struck.page, `document.querySelector('tadak-lab-status').dataset.state === 'lost'`, 30_000);
  expect(await stateOf(struck.page)).toEqual({
    ...{ state: 'lost', label: '실습 머신이 사라졌어요' },
    reason: '실습 환경과 연결이 끊겼어요. 진도는 그대로 있어요. 「새로 시작」을 누르면 새로 켜요.',
  });
  expect(await buttonsOf(struck.page)).toEqual(['새로 시작']);
  await neighbourTypesOn(44);
  await struck.page.click('[data-lab=restart]');
  await holds(struck.page, `document.querySelector('tadak-lab-status').dataset.state === 'ready'`, 120_000);
  await struck.waitForPrompt();
  await struck.type('clear; ls /root/before; echo "gone=$?"');
  await sees(struck.page, /gone=2/);
  await neighbourTypesOn(45);
});
