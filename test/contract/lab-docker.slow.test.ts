/** Labs in containers by Docker, for machines without Podman: by a daemon of our own, which only root can have. */
import { expect, test } from 'vitest';
import { findProcessesByArgument } from '../../server/host/processes.ts';
import { programPath } from '../../server/host/programs.ts';
import { takeDockerPrograms } from '../support/docker-programs.ts';
import { declareContainerLabs } from './container-labs.ts';
import { run } from './lab-provider.ts';

await declareContainerLabs(
  { engine: 'docker', programPath: `${await takeDockerPrograms()}:${programPath}` },
  ({ provision, storeFolder }) => {
    const daemons = () => findProcessesByArgument(`${storeFolder}/dockerd.json`);

    test('when the daemon is killed labs run on, and it is started again', async () => {
      await using lab = await provision();
      await run(lab, 'sleep 1000 < /dev/null > /dev/null 2>&1 & echo one > /root/story');
      const [daemon] = daemons();
      if (!daemon) throw new Error('no daemon');
      process.kill(daemon.pid, 'SIGKILL');
      const isBack = () => run(lab, 'cat /root/story; pgrep -c sleep', 20_000);
      await expect.poll(isBack, { timeout: 90_000 }).toMatchObject({ stdout: 'one\n1\n' });
      expect(daemons().map(({ pid }) => pid)).not.toContain(daemon.pid);
      await using next = await provision();
      expect(await run(next, 'echo new')).toMatchObject({ stdout: 'new\n' });
    });
  },
);
