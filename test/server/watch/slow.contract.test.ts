/** Whoever looks on slowly, or not at all, holds up nobody who works. */
import { expect, test } from 'vitest';
import { openWatchWorld } from '../../support/watch-world.ts';

const mb = 1024 * 1024;

test('a flood goes on at the owner’s pace past onlookers who are slow or asleep', async () => {
  await using world = await openWatchWorld();
  await using owner = await world.work({ shows: 'bytes' });
  await owner.untilText('local:');
  const { secret } = await world.openLink();
  await using asleep = await world.look(await world.arrive(secret), { shows: 'bytes' });
  await using slow = await world.look(await world.arrive(secret), { shows: 'bytes', bytesPerSecond: 200_000 });
  asleep.stall();
  const sent = asleep.outputBytes;
  owner.type(`yes 'a line that is like many others' | head -c ${32 * mb}; echo flood"-"over\r`);
  await owner.untilText('flood-over', 60_000);
  expect(slow.position).toBeLessThan(owner.position);
  owner.type('echo still-$((3+4))\r');
  await owner.untilText('still-7');
  asleep.resume();
  // Where the screen stands is said before the screen itself.
  const isUpToDate = () => asleep.snapshots > 0 && asleep.position === owner.position;
  await asleep.until(isUpToDate, 'a screen and what came after it', 30_000);
  expect(asleep.outputBytes - sent).toBeLessThan(4 * mb);
  await slow.until(() => slow.position === owner.position, 'the slow one to catch up', 60_000);
}, 120_000);

test('with the owner’s page closed a program runs on, however slowly somebody looks on', async () => {
  await using world = await openWatchWorld();
  const owner = await world.work({ shows: 'bytes' });
  await owner.untilText('local:');
  const { secret } = await world.openLink();
  await using asleep = await world.look(await world.arrive(secret), { shows: 'bytes' });
  asleep.stall();
  owner.type(`seq ${mb}; echo done"-"indeed > ~/done\r`);
  await owner.untilText('seq');
  await owner[Symbol.asyncDispose]();
  const lab = world.app.desk.require(world.owner.learner as never);
  // Well before the ten seconds after which a page that says nothing counts as asleep.
  const look = () => lab.exec('cat ~/done', { signal: AbortSignal.timeout(10_000), timeoutMs: 5_000 });
  await expect.poll(look, { timeout: 8_000 }).toMatchObject({ stdout: 'done-indeed\n' });
});

test('an onlooker who reads on does not hurry output past the owner’s slow page', async () => {
  await using world = await openWatchWorld();
  await using owner = await world.work({ shows: 'bytes', bytesPerSecond: mb });
  await owner.untilText('local:');
  await using fast = await world.look(await world.arrive((await world.openLink()).secret), { shows: 'bytes' });
  owner.type('yes "a line that is like many others"\r');
  await owner.until(() => owner.outputBytes > 2 * mb, 'some flood', 30_000);
  // All that was printed is a window ahead of what the owner has rendered, and both see the same.
  expect(fast.outputBytes - owner.outputBytes).toBeLessThan(mb);
  owner.type('\x03');
  await owner.until(() => /\^C[\s\S]*local:[^\n]*$/.test(owner.text), 'the prompt', 20_000);
  expect([owner.snapshots, owner.attachedCount]).toEqual([0, 1]);
});
