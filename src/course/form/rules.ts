/**
 * What each rule of a form asks of the values. Pure; knows nothing about hints, pages and fields that cannot be read:
 * a rule is only asked when every value that it reads is there.
 */
import {
  formatIpv4,
  formatNetwork,
  type Ipv4Network,
  isHostOf,
  isWithin,
  lastOf,
  networkOf,
  overlap,
  parseNetwork,
} from '../ipv4.ts';
import type { FormRule } from './form-schema.ts';
import { type FormValue, plainTyping } from './read-value.ts';

/** A rule that does not hold: what would have been right, where one can say so, and which fields are part of it. */
export interface Broken {
  readonly expected?: string;
  /** Fields besides the rule's own. */
  readonly others?: readonly string[];
}

/** Values by field. */
export type FormValues = ReadonlyMap<string, FormValue>;

/** The address ranges that RFC 1918 leaves to everybody. */
export const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Every field that a rule reads, its own first. */
export function fieldsOf(rule: FormRule): readonly string[] {
  switch (rule.rule) {
    case 'one-of':
    case 'not-one-of':
    case 'prefix-between':
      return [rule.field];
    case 'network-address':
    case 'inside-networks':
    case 'outside-networks':
      return [rule.field, rule.mask];
    case 'inside-subnet':
    case 'host-number':
      return [rule.field, rule.subnet, rule.mask];
    case 'not-before':
      return [rule.field, rule.start];
    case 'range-excludes':
      return [rule.field, rule.end, ...rule.fields, rule.subnet, rule.mask];
  }
}

/** Which format each of a rule's fields must have, for the author's sake. `words` stands for a choice, too. */
export function formatsOf(rule: FormRule): Readonly<Record<string, 'words' | 'ipv4' | 'netmask'>> {
  const own = rule.rule === 'prefix-between' ? 'netmask' : 'ipv4';
  if (rule.rule === 'one-of' || rule.rule === 'not-one-of') return {};
  const formats = Object.fromEntries(fieldsOf(rule).map((field) => [field, own] as const));
  return 'mask' in rule ? { ...formats, [rule.mask]: 'netmask' } : formats;
}

/** Asks `rule`; `undefined` when it holds. */
export function askRule(rule: FormRule, values: FormValues): Broken | undefined {
  const holds = (isRight: boolean, broken: Broken = {}) => (isRight ? undefined : broken);
  const own = values.get(rule.field) as FormValue;
  const address = (field: string) => (values.get(field) as Extract<FormValue, { kind: 'address' }>).address;
  const prefix = (field: string) => (values.get(field) as Extract<FormValue, { kind: 'mask' }>).prefix;
  const network = (field: string, mask: string) => networkOf(address(field), prefix(mask));
  switch (rule.rule) {
    case 'one-of':
      return holds(listed(rule.values, own));
    case 'not-one-of':
      return holds(!listed(rule.values, own));
    case 'prefix-between':
      return holds(prefix(rule.field) >= rule.from && prefix(rule.field) <= rule.to, {
        expected: `/${rule.from} – /${rule.to}`,
      });
    case 'network-address': {
      const right = network(rule.field, rule.mask);
      return holds(right.address === address(rule.field), { expected: formatNetwork(right) });
    }
    case 'inside-networks': {
      const mine = network(rule.field, rule.mask);
      return holds(networksOf(rule).some((one) => isWithin(mine, one)));
    }
    case 'outside-networks': {
      const mine = network(rule.field, rule.mask);
      return holds(!networksOf(rule).some((one) => overlap(mine, one)));
    }
    case 'inside-subnet': {
      const subnet = network(rule.subnet, rule.mask);
      return holds(isHostOf(address(rule.field), subnet), { expected: rangeText(subnet, 1, Infinity) });
    }
    case 'host-number': {
      const subnet = network(rule.subnet, rule.mask);
      const number = address(rule.field) - subnet.address;
      const isRight = isHostOf(address(rule.field), subnet) && number >= rule.from && number <= rule.to;
      return holds(isRight, { expected: rangeText(subnet, rule.from, rule.to) });
    }
    case 'not-before':
      return holds(address(rule.field) >= address(rule.start), { others: [rule.start] });
    case 'range-excludes':
      return askRange(rule, { address, subnet: network(rule.subnet, rule.mask) });
  }
}

function askRange(
  rule: Extract<FormRule, { rule: 'range-excludes' }>,
  { address, subnet }: { readonly address: (field: string) => number; readonly subnet: Ipv4Network },
): Broken | undefined {
  const isCaught = (candidate: number) => candidate >= address(rule.field) && candidate <= address(rule.end);
  const others = rule.fields.filter((field) => isCaught(address(field)));
  const isHostCaught = rule.hosts.some((number) => isCaught(subnet.address + number));
  return others.length > 0 || isHostCaught ? { others: [rule.end, ...others] } : undefined;
}

function listed(texts: readonly string[], value: FormValue): boolean {
  return texts.some((text) => plainTyping(text).toLowerCase() === value.text.toLowerCase());
}

function networksOf(rule: Extract<FormRule, { rule: 'inside-networks' | 'outside-networks' }>): Ipv4Network[] {
  const texts = rule.networks === 'private' ? privateNetworks : rule.networks;
  return texts.map((text) => parseNetwork(text)).filter((one) => one !== undefined);
}

/** `a – b`, or just `a` where there is only one; cut to the machines of the subnet. */
function rangeText(subnet: Ipv4Network, from: number, to: number): string {
  const first = formatIpv4(subnet.address + from);
  const last = formatIpv4(Math.min(subnet.address + to, lastOf(subnet) - 1));
  return first === last ? first : `${first} – ${last}`;
}
