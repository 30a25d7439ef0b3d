import { expect, test } from 'vitest';
import { formatIpv4Address } from '../../../../server/lab/vmnet/address.ts';
import { buildPlan } from '../../../../server/lab/vmnet/plan.ts';
import { describeVmnetFault, type VmnetFault } from '../../../../server/lab/vmnet/vmnet-fault.ts';

test('the addresses follow from the subnet', () => {
  for (const [subnet, prefix] of [
    ['213.0.113.0/24', '213.0.113'],
    ['192.168.113.0/24', '192.168.113'],
    ['10.20.0.0/16', '10.20.0'],
  ] as const) {
    const plan = buildPlan({ kind: 'nat', subnet });
    if ('setting' in plan) expect.fail(plan.value);
    const addresses = [plan.host, plan.gateway ?? 0, plan.dhcpFirst, plan.dhcpLast, plan.dhcpServer].map(
      formatIpv4Address,
    );
    expect(addresses).toEqual(['1', '2', '128', '253', '254'].map((last) => `${prefix}.${last}`));
  }
});

test('a host-only network has no gateway, no sites and no names, whatever it is given', () => {
  const plan = buildPlan({ kind: 'host-only', subnet: '192.168.114.0/24', names: { a: 'nonsense' } });
  expect(plan).toMatchObject({ gateway: undefined, sites: [], names: new Map() });
});

test('a setting that cannot be used is named with its value', () => {
  const nat = { kind: 'nat', subnet: '213.0.113.0/24' } as const;
  expect(buildPlan({ ...nat, subnet: '213.0.113.7/24' })).toEqual({ setting: 'subnet', value: '213.0.113.7/24' });
  expect(buildPlan({ ...nat, sites: [{ address: 'x', pingable: true }] })).toEqual({ setting: 'sites', value: 'x' });
  expect(buildPlan({ ...nat, sites: [{ address: '213.0.113.9', pingable: true }] })).toMatchObject({
    setting: 'sites',
  });
  expect(buildPlan({ ...nat, names: { a: '1.2.3' } })).toEqual({ setting: 'names', value: 'a: 1.2.3' });
});

test('every fault has a sentence in Korean and in English', () => {
  const faults: VmnetFault[] = [
    { kind: 'bad-setting', setting: 'subnet', value: 'x' },
    { kind: 'bad-setting', setting: 'sites', value: 'x' },
    { kind: 'bad-setting', setting: 'names', value: 'x' },
    { kind: 'bad-setting', setting: 'socketPath', value: 'x' },
    { kind: 'unreachable', socketPath: 'p', deadlineMs: 5, cause: undefined },
    { kind: 'out-of-step', length: 0 },
    { kind: 'internal', cause: undefined },
  ];
  for (const fault of faults) {
    const { ko, en } = describeVmnetFault(fault);
    expect(ko).toMatch(/요\.$|세요\.$/);
    expect(en).toMatch(/^[\x20-\x7e]+\.$/);
  }
});
