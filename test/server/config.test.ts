import { expect, test } from 'vitest';
import { parseConfig } from '../../server/config.ts';
import { Fault } from '../../src/faults.ts';

const refused = (flags: Parameters<typeof parseConfig>[0], env = {}) => {
  try {
    parseConfig(flags, env);
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'config-invalid') return thrown.details;
    throw thrown;
  }
  return undefined;
};

test('without settings a laptop serves itself', () => {
  const config = parseConfig({}, {});
  expect(config).toMatchObject({ port: 4321, host: '127.0.0.1', lab: { kind: 'auto' }, lang: 'en', production: false });
  expect(config.data).toMatch(/\/\.tadak$/);
  expect(config.course).toMatch(/\/content\/docker$/);
  expect(Object.isFrozen(config)).toBe(true);
});

test('labs that stand by are counted, none included', () => {
  expect(parseConfig({}, {})['labs-ready']).toBeUndefined();
  expect(parseConfig({ 'labs-ready': '0' }, {})['labs-ready']).toBe(0);
  expect(refused({}, { TADAK_LABS_READY: 'some' })).toMatchObject({ name: 'TADAK_LABS_READY', expected: '0–100' });
});

test('a flag wins over the environment, which wins over the default', () => {
  const env = { TADAK_PORT: '5000', TADAK_HOST: '0.0.0.0', TADAK_ALLOW_INTERNET: '1' };
  expect(parseConfig({ port: '6000' }, env)).toMatchObject({ port: 6000, host: '0.0.0.0', 'allow-internet': true });
});

test('labs reach the real Internet only when the operator says so', () => {
  expect(parseConfig({}, {})['allow-internet']).toBe(false);
  expect(parseConfig({ lab: 'qemu', production: true }, {})['allow-internet']).toBe(false);
  expect(parseConfig({ 'allow-internet': true }, {})['allow-internet']).toBe(true);
});

test('kinds of labs are told apart', () => {
  expect(parseConfig({ lab: 'local' }, {}).lab).toEqual({ kind: 'local' });
  for (const kind of ['auto', 'qemu', 'container']) expect(parseConfig({ lab: kind }, {}).lab).toEqual({ kind });
  expect(parseConfig({ lab: 'ssh://kim@10.0.0.3:2222' }, {}).lab).toEqual({
    ...{ kind: 'ssh', address: { user: 'kim', host: '10.0.0.3', port: 2222 } },
  });
});

test('origins may be repeated, or listed in the environment', () => {
  const [a, b] = ['https://a.example', 'http://b.example:8080'];
  expect(parseConfig({ 'allow-origin': [a, b] }, {})['allow-origin']).toEqual([a, b]);
  expect(parseConfig({}, { TADAK_ALLOW_ORIGIN: `${a},${b}` })['allow-origin']).toEqual([a, b]);
});

test('a wrong value names the setting, the value and what is expected', () => {
  expect(refused({ port: 'x' })).toEqual({ name: '--port', value: 'x', expected: '0–65535' });
  expect(refused({}, { TADAK_MEMORY: '1' })).toMatchObject({ name: 'TADAK_MEMORY', value: '1' });
  expect(refused({ lab: 'docker' })).toMatchObject({ name: '--lab', value: 'docker' });
  expect(refused({ 'allow-origin': ['https://a.example/path'] })).toMatchObject({ value: 'https://a.example/path' });
  expect(refused({ lab: 'ssh://u:secret@h' })?.['value']).toBe('ssh://u:…@h');
  expect(refused({}, { TADAK_PRODUCTION: 'maybe' })).toMatchObject({ expected: 'true | false' });
});

test('only named variables are handed to other programs', () => {
  const config = parseConfig({}, { PATH: '/bin', SECRET: 'x', https_proxy: 'http://p', LC_ALL: 'C' });
  expect(config.childEnvironment).toEqual({ PATH: '/bin', LC_ALL: 'C' });
  expect(config.buildEnvironment).toEqual({ https_proxy: 'http://p' });
});

test('the tool speaks Korean in a Korean shell', () => {
  expect(parseConfig({}, { LANG: 'ko_KR.UTF-8' }).lang).toBe('ko');
  expect(parseConfig({ lang: 'en' }, { LANG: 'ko_KR.UTF-8' }).lang).toBe('en');
});
