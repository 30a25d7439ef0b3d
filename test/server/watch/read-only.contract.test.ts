/** What an onlooker cannot do, whatever their client says: the owner's terminal, lab and progress stay as they were. */
import { expect, test } from 'vitest';
import { maxInputBytes } from '../../../src/protocol/terminal.ts';
import { openChannel, openWatchWorld } from '../../support/watch-world.ts';

const size = { cols: 90, rows: 30 };
const lesson = '/api/courses/tiny/lessons/files';

test('input, sizes and control are refused, and the shell hears nothing of them', async () => {
  await using world = await openWatchWorld();
  await using owner = await world.work({ size });
  await owner.untilText('local:');
  owner.type('cat > typed; echo en"de"d\r');
  await owner.untilText('cat > typed');
  const guest = await world.arrive((await world.openLink()).secret);
  await using onlooker = await world.look(guest, { size: { cols: 20, rows: 5 } });
  expect(onlooker.attached).toMatchObject({ readOnly: true, size });
  // Whether anybody sees it concerns only itself.
  onlooker.sendJson({ type: 'hidden', isHidden: true });
  onlooker.type('rm -rf ~\r');
  onlooker.type(new Uint8Array(maxInputBytes).fill(0x41));
  onlooker.sendInput(7_000_000, Buffer.from('gap\r'));
  onlooker.resize({ cols: 21, rows: 6 });
  onlooker.resize({ cols: 22, rows: 7 }, { takeControl: true });
  await onlooker.until(() => onlooker.refusals.length === 5, 'five refusals');
  expect(new Set(onlooker.refusals)).toEqual(new Set(['watch-only']));
  owner.type('mine\n\x04');
  await owner.untilText('ended');
  owner.type('cat typed; stty size\r');
  await owner.untilText('30 90');
  expect(owner.text).toContain('mine\r\n');
  expect(owner.text).not.toMatch(/rm -rf|AAAA|gap/);
  expect([owner.size, owner.isInControl, onlooker.size, onlooker.isInControl]).toEqual([size, true, size, false]);
  expect(onlooker.closed).toBeUndefined();
  // An end to answering: whoever goes on asking is let go.
  for (let time = 0; time < 60; time += 1) onlooker.type('x');
  await onlooker.until(() => onlooker.closed !== undefined, 'the socket to close');
  expect([onlooker.closed?.code, onlooker.refusals.length]).toEqual([4403, 20]);
  expect(owner.closed).toBeUndefined();
});

test('an onlooker opens no terminal, and takes the place of nobody whose viewer id they say', async () => {
  await using world = await openWatchWorld();
  const { secret } = await world.openLink();
  const [guest, friend] = [await world.arrive(secret), await world.arrive(secret)];
  await using early = await world.look(guest);
  expect(early.refusals).toEqual(['no-such-terminal']);
  await using owner = await world.work({ viewer: 'viewer-owner' });
  await owner.untilText('local:');
  await using missing = await world.look(guest, { terminal: 't2' });
  expect(missing.refusals).toEqual(['no-such-terminal']);
  await using same = await world.look(guest, { viewer: 'viewer-owner' });
  await using sameToo = await world.look(friend, { viewer: 'viewer-owner' });
  owner.type('echo here-$((2+2))\r');
  for (const page of [owner, same, sameToo]) await page.untilText('here-4');
  expect([owner.closed, same.closed, sameToo.closed]).toEqual([undefined, undefined, undefined]);
  // Their own page that comes back replaces itself, as any page does.
  await using back = await world.look(guest, { viewer: 'viewer-owner' });
  await same.until(() => same.closed !== undefined, 'the older page to be replaced');
  expect([same.closed?.code, back.attached?.readOnly, sameToo.closed]).toEqual([4409, true, undefined]);
  const lab = world.app.desk.require(world.owner.learner as never);
  expect(world.app.sessions.sessionsOf(lab.id).map(({ terminal }) => terminal)).toEqual(['t1']);
});

test('the end of a shell stays the owner’s: onlookers see it and the next one, and open none', async () => {
  await using world = await openWatchWorld();
  await using owner = await world.work({ viewer: 'viewer-owner' });
  await owner.untilText('local:');
  const guest = await world.arrive((await world.openLink()).secret);
  const channel = openChannel(world.url, world.origin, guest);
  await using onlooker = await world.look(guest);
  owner.type('exit 3\r');
  await onlooker.until(() => onlooker.exit !== undefined, 'the end of the shell');
  await owner.until(() => owner.exit !== undefined, 'the end of the shell');
  onlooker.attach();
  await onlooker.until(() => onlooker.attachedCount === 2 && onlooker.exit !== undefined, 'the same end again');
  expect(onlooker.attached?.epoch).toBe(owner.attached?.epoch);
  const { epoch = '' } = owner.attached ?? {};
  owner.attach({ epoch, from: owner.position });
  await owner.until(() => owner.attachedCount === 2, 'a new shell');
  expect(owner.attached?.epoch).not.toBe(epoch);
  const told = () => channel.told.at(-1);
  await expect.poll(told).toMatchObject({ watch: { terminals: [{ name: 't1', epoch: owner.attached?.epoch }] } });
  onlooker.attach();
  await onlooker.until(() => onlooker.attached?.epoch === owner.attached?.epoch, 'the new shell');
  channel.socket.terminate();
});

test('labs, checks, progress and quizzes know no onlookers; those who are learners act on their own only', async () => {
  await using world = await openWatchWorld();
  const guest = await world.arrive((await world.openLink()).secret);
  const learner = await world.server.enter();
  const before = (await world.owner.get('/api/lab')).json;
  const asks: readonly (readonly [string, unknown])[] = [
    ...['start', 'restart', 'end', 'extend', 'rewind'].map((verb) => [`/api/lab/${verb}`, {}] as const),
    [`${lesson}/steps/make-file/check`, {}],
    [`${lesson}/steps/make-file/reset`, {}],
    [`${lesson}/steps/make-file/jump`, {}],
    [`${lesson}/quiz/first-letter`, { answer: 'x' }],
    ['/api/courses/tiny/place', { lesson: 'files' }],
    ['/api/terminals/t1/recording', { on: true }],
    ['/api/watch-link', {}],
    ['/api/watch-link/end', {}],
  ];
  const json = { 'content-type': 'application/json' };
  for (const [path, body] of asks) {
    const asked = { method: 'POST', body: JSON.stringify(body) };
    const answer = await world.server.ask(path, { ...asked, headers: { ...json, cookie: guest.cookie } });
    expect([path, answer.status]).toEqual([path, 401]);
  }
  for (const path of ['/api/lab', '/api/terminals/t1/commands', '/api/recordings', '/api/watch-link'])
    expect((await world.server.ask(path, { headers: { cookie: guest.cookie } })).status).toBe(401);
  // A teacher who is a learner too: the same browser ends its own link, which it has not, and its own lab.
  const cookie = `${learner.cookie}; ${guest.cookie}`;
  for (const path of ['/api/watch-link/end', '/api/lab/end'])
    await world.server.ask(path, { method: 'POST', headers: { ...json, cookie }, body: '{}' });
  expect((await world.owner.get('/api/lab')).json).toEqual(before);
  expect((await world.owner.get('/api/watch-link')).json).toHaveProperty('link');
  // The live channel takes no lesson, so nothing is checked or kept alive for it.
  const channel = openChannel(world.url, world.origin, guest);
  await expect.poll(() => channel.told.length).toBe(1);
  channel.socket.send(JSON.stringify({ type: 'watch', course: 'tiny', lesson: 'files' }));
  await expect.poll(() => channel.closed).toBe(4403);
});

test('who looks on sees a lab go and come back, and keeps no place for an ended shell', async () => {
  await using world = await openWatchWorld();
  const guest = await world.arrive((await world.openLink()).secret);
  const channel = openChannel(world.url, world.origin, guest);
  const owners = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => world.work({ terminal: `t${number}` })));
  const names = () => channel.told.flatMap((one) => (one.type === 'watch' ? [one.watch.terminals.length] : [])).at(-1);
  await expect.poll(names).toBe(6);
  await using last = await world.look(guest, { terminal: 't6' });
  const [, , , , , sixth] = owners;
  sixth?.type('exit\r');
  await last.until(() => last.exit !== undefined, 'the end of the sixth shell');
  await sixth?.[Symbol.asyncDispose]();
  await expect
    .poll(async () => {
      await using seventh = await world.work({ terminal: 't7' });
      return seventh.refusals;
    })
    .toEqual([]);
  await world.owner.post('/api/lab/end');
  await expect.poll(() => channel.told.at(-1)).toMatchObject({ watch: { hasLab: false, terminals: [] } });
  for (const page of owners) await page[Symbol.asyncDispose]();
  channel.socket.terminate();
});
