/** Who may look on: the doors of watch links, with real requests and sockets. */
import { expect, test } from 'vitest';
import { maxOnlookers } from '../../../server/app/watch-link.ts';
import { knock, openChannel, openWatchWorld } from '../../support/watch-world.ts';

const nobodys = 'A'.repeat(43);

test('a link opens the terminals of its owner to a browser without an account', async () => {
  await using world = await openWatchWorld();
  expect((await world.owner.get('/api/watch-link')).json).toEqual({ lastsMs: 8 * 60 * 60 * 1000 });
  const made = await world.openLink();
  expect(made.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(made.link).toMatchObject({ onlookers: 0 });
  // The secret is said once.
  expect((await world.owner.get('/api/watch-link')).text).not.toContain(made.secret);

  const entered = await world.enter(made.secret);
  expect([entered.status, entered.json['endsAt']]).toEqual([200, made.link?.endsAt]);
  const cookie = String(entered.headers['set-cookie']);
  expect(cookie).toMatch(/^tadak_watch_[\w-]{12}=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toContain(made.secret);
  expect(entered.text).not.toContain(made.secret);

  const guest = await world.arrive(made.secret);
  await using owner = await world.work();
  await owner.untilText('local:');
  const channel = openChannel(world.url, world.origin, guest);
  await expect.poll(() => channel.told).toMatchObject([{ type: 'watch', watch: { hasLab: true } }]);
  expect(channel.told[0]).toMatchObject({ watch: { terminals: [{ name: 't1', epoch: owner.attached?.epoch }] } });
  await using onlooker = await world.look(guest);
  expect(onlooker.attached).toMatchObject({ readOnly: true, epoch: owner.attached?.epoch });
  owner.type('echo seen-$((40+2))\r');
  await onlooker.untilText('seen-42');
  channel.socket.terminate();
});

test('unknown, cut, ended, replaced and expired links open nothing and do not tell which they are', async () => {
  let now = Date.now();
  await using world = await openWatchWorld({ now: () => now });
  const first = await world.openLink();
  const guest = await world.arrive(first.secret);
  const second = await world.openLink();
  for (const secret of [nobodys, first.secret]) {
    expect((await world.enter(secret)).json).toMatchObject({ code: 'watch-unknown' });
  }
  for (const secret of ['', first.secret.slice(1), `${first.secret}A`, '../../etc'])
    expect((await world.enter(secret)).status).toBe(400);
  const comeBack = (who = guest) =>
    Promise.all(
      ['', '/terminal'].map((end) =>
        knock(`${world.url}/ws/watch/${who.link}${end}`, { origin: world.origin, cookie: who.cookie }),
      ),
    );
  // The cookie of the replaced link opens neither it nor the new one.
  expect(await comeBack()).toEqual([404, 404]);
  const next = await world.arrive(second.secret);
  expect(await comeBack({ ...guest, link: next.link })).toEqual([404, 404]);
  expect(await comeBack(next)).toEqual([101, 101]);
  expect((await world.server.ask(`/api/watch/${next.link}`, { headers: { cookie: next.cookie } })).status).toBe(200);
  now = second.link?.endsAt ?? 0;
  expect(await comeBack(next)).toEqual([404, 404]);
  expect((await world.enter(second.secret)).json).toMatchObject({ code: 'watch-unknown' });
  expect((await world.server.ask(`/api/watch/${next.link}`, { headers: { cookie: next.cookie } })).status).toBe(404);
  const third = await world.openLink();
  await world.owner.post('/api/watch-link/end');
  expect((await world.enter(third.secret)).status).toBe(404);
});

test('foreign pages, other learners and bare cookies stay outside', async () => {
  await using world = await openWatchWorld();
  const { secret } = await world.openLink();
  const guest = await world.arrive(secret);
  const path = `${world.url}/ws/watch/${guest.link}`;
  for (const end of ['', '/terminal']) {
    expect(await knock(path + end, { origin: 'https://evil.example', cookie: guest.cookie })).toBe(403);
    expect(await knock(path + end, { cookie: guest.cookie })).toBe(403);
    expect(await knock(path + end, { origin: world.origin })).toBe(404);
    expect(await knock(path + end, { origin: world.origin, cookie: world.owner.cookie })).toBe(404);
    const forged = `tadak_watch_${guest.link}=${nobodys}`;
    expect(await knock(path + end, { origin: world.origin, cookie: forged })).toBe(404);
  }
  // The link's own secret is no cookie.
  expect(await knock(path, { origin: world.origin, cookie: `tadak_watch_${guest.link}=${secret}` })).toBe(404);
  for (const odd of ['/ws/watch/', '/ws/watch/x', `/ws/watch/${guest.link}/`, `/ws/watch/${guest.link}/live`])
    expect(await knock(world.url + odd, { origin: world.origin, cookie: guest.cookie }), odd).toBe(404);
  expect((await world.enter(secret, { origin: 'https://evil.example' })).json).toMatchObject({
    code: 'foreign-origin',
  });
  expect((await world.enter(secret, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  // Whoever looks on is nobody at the learners' doors.
  for (const route of ['/ws/terminal', '/ws/live'])
    expect(await knock(world.url + route, { origin: world.origin, cookie: guest.cookie })).toBe(401);
});

test('looking on ends at once, with a sentence, by a click and by time', async () => {
  let now = Date.now();
  await using world = await openWatchWorld({ now: () => now });
  await using owner = await world.work();
  for (const [round, end] of [
    () => world.owner.post('/api/watch-link/end'),
    async () => {
      now += 8 * 60 * 60 * 1000;
      world.app.watchLinks.check();
    },
  ].entries()) {
    const guest = await world.arrive((await world.openLink()).secret);
    await using onlooker = await world.look(guest);
    const channel = openChannel(world.url, world.origin, guest);
    await expect.poll(() => channel.told.length).toBe(1);
    await end();
    await onlooker.until(() => onlooker.closed !== undefined, 'the end');
    expect(onlooker.closed).toMatchObject({ code: 4410, reason: expect.stringContaining('Looking on is over') });
    await expect.poll(() => channel.closed).toBe(4410);
    expect(channel.told.at(-1)).toMatchObject({ type: 'watch-ended', fault: { code: 'watch-ended', retry: false } });
    owner.type(`echo private-$((${round}+7))\r`);
    await owner.untilText(`private-${round + 7}`);
    expect(onlooker.text).not.toContain(`private-${round + 7}`);
  }
});

test('the owner is told how many look on; two tabs of one browser are one person', async () => {
  await using world = await openWatchWorld();
  const { secret } = await world.openLink();
  await using owner = await world.work();
  await owner.untilText('local:');
  const counts = () =>
    world.server.world.told.flatMap(({ message }) =>
      message.type === 'watch-link' ? [message.watchLink.link?.onlookers] : [],
    );
  const teacher = await world.arrive(secret);
  // Opening the link once more in the same browser gives the same person.
  const again = await world.enter(secret, { cookie: teacher.cookie });
  expect(String(again.headers['set-cookie'])).toContain(teacher.cookie);
  const friend = await world.arrive(secret);
  {
    await using _one = await world.look(teacher);
    await using _two = await world.look(teacher);
    await using _three = await world.look(friend);
    await expect.poll(counts).toEqual([0, 1, 2]);
  }
  await expect.poll(counts).toEqual([0, 1, 2, 1, 0]);
  await world.owner.post('/api/watch-link/end');
  expect(counts().at(-1)).toBeUndefined();
});

test('only so many people look on, with only so many sockets each', async () => {
  await using world = await openWatchWorld({ gatewayLimits: { socketsPerOnlooker: 2 } });
  const { secret } = await world.openLink();
  const guests = await Promise.all(Array.from({ length: maxOnlookers }, () => world.arrive(secret)));
  const channels = guests.map((guest) => openChannel(world.url, world.origin, guest));
  await expect.poll(() => channels.every(({ told }) => told.length > 0)).toBe(true);
  const late = await world.arrive(secret);
  const ask = ({ link, cookie } = late) => knock(`${world.url}/ws/watch/${link}`, { origin: world.origin, cookie });
  expect(await ask()).toBe(429);
  const [first] = guests;
  await using _second = await world.look(first ?? late);
  expect(await ask(first)).toBe(429);
  channels[1]?.socket.terminate();
  await expect.poll(() => ask()).toBe(101);
  for (const { socket } of channels) socket.terminate();
});

test('nobody tries secrets without end', async () => {
  await using world = await openWatchWorld();
  const tries = await Promise.all(Array.from({ length: 61 }, () => world.enter(nobodys)));
  const statuses = tries.map(({ status }) => status);
  expect([statuses.filter((status) => status === 404).length, statuses.at(-1)]).toEqual([60, 429]);
});

test('no secret reaches the log, and operators can switch links off', async () => {
  await using world = await openWatchWorld();
  const { secret } = await world.openLink();
  const guest = await world.arrive(secret);
  await knock(`${world.url}/ws/watch/${guest.link}?secret=${secret}`, { origin: 'https://evil.example' });
  await world.enter(`${secret}x`);
  await world.server.ask(`/api/watch/${guest.link}`, {});
  const lines = [...world.logged, ...world.server.world.lines].join('\n');
  expect(lines).toContain(guest.link);
  expect(lines).not.toContain(secret);
  expect(lines).not.toContain(guest.cookie.split('=')[1]);

  await using shut = await openWatchWorld({ watchLinkMs: 0 });
  expect((await shut.owner.get('/api/watch-link')).json).toEqual({ lastsMs: 0 });
  expect((await shut.owner.post('/api/watch-link')).json).toMatchObject({ code: 'watch-off' });
  expect((await shut.server.ask('/api/watch-link', {})).status).toBe(401);
});
