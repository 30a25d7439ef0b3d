/**
 * Images and packages without the Internet: the course's images by their short names from the lab's own registry, for Docker and
 * for Podman, and Debian's Docker packages from the lab's own repository, signed.
 */
import { expect, test } from 'vitest';
import type { Lab } from '../../server/lab/lab.ts';
import { run } from './lab-provider.ts';

/** Declares the tests for a lab that has the registry. */
export function declareOfflineSupplyTests(getLab: () => Lab): void {
  test('an image that was removed is pulled again by its short name, offline, with Docker', async () => {
    const script = `
      docker rmi lab/web:2.0 >/dev/null || exit 1
      docker image inspect lab/web:2.0 >/dev/null 2>&1 || echo gone
      docker pull -q lab/web:2.0 && docker run --rm lab/web:2.0 cat /etc/hostname >/dev/null && echo runs
      docker image inspect -f '{{join .RepoDigests " "}}' lab/web:2.0`;
    expect(await run(getLab(), script, 300_000)).toMatchObject({
      kind: 'exited',
      stdout: expect.stringMatching(/^gone\ndocker\.io\/lab\/web:2\.0\nruns\nlab\/web@sha256:[0-9a-f]{64}\n$/),
    });
  });

  test('an image is pulled by its short name, offline, with Podman, and again after it was removed', async () => {
    const pull = 'podman pull -q lab/web:2.0 >/dev/null && podman image exists docker.io/lab/web:2.0 && echo pulled';
    const remove = 'podman rmi lab/web:2.0 >/dev/null; podman image exists lab/web:2.0 || echo gone';
    expect(await run(getLab(), [pull, remove, pull, remove].join('\n'), 300_000)).toMatchObject({
      kind: 'exited',
      stdout: 'pulled\ngone\npulled\ngone\n',
    });
  });

  test('what the lab’s registry has not is refused in time, and not looked for outside', async () => {
    const script =
      'timeout 120 docker pull lab/none:1.0 2>&1 | tail -n 1; timeout 120 podman pull lab/none:1.0; echo "podman=$?"';
    const result = await run(getLab(), script, 300_000);
    expect(result).toMatchObject({ kind: 'exited', stdout: expect.stringMatching(/podman=125\n$/) });
  });

  test('apt-get reads its index without asking anybody outside, and fetches what it offers', async () => {
    const script = `
      cd "$(mktemp -d)" || exit 1
      apt-get -q -o APT::Update::Error-Mode=any update || exit 1
      apt-get -q -s --no-install-recommends install docker.io | grep -c '^Inst docker.io'
      apt-get -q download runc && dpkg-deb -f runc_*.deb Package`;
    const result = await run(getLab(), script, 300_000);
    expect(result).toMatchObject({
      kind: 'exited',
      exitCode: 0,
      stdout: expect.stringMatching(/\n1\n[\s\S]*\nrunc\n$/),
    });
    expect(result.kind === 'exited' && result.stdout).not.toMatch(/debian\.org/);
  });

  test('a package that is not as it was signed is not taken', async () => {
    const script = `
      cp -r /usr/share/tadak/mirror/apt /tmp/changed && sed -i 's/^Version: /&9/' /tmp/changed/Packages
      echo 'deb [signed-by=/usr/share/keyrings/course-lab.gpg] file:/tmp/changed ./' >/tmp/changed.list
      mkdir -p /tmp/changed-lists/partial
      apt-get -q -o Dir::Etc::SourceList=/tmp/changed.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=/tmp/changed-lists \\
        -o APT::Update::Error-Mode=any update; echo "update=$?"; rm -rf /tmp/changed*`;
    expect(await run(getLab(), script, 300_000)).toMatchObject({ stdout: expect.stringMatching(/update=100\n$/) });
  });
}
