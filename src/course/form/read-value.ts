/**
 * Reads what a learner typed into a field of a form, and says kindly what cannot be read.
 * Knows nothing about rules: whether a value that can be read is a good one is their business.
 */
import { parseIpv4, prefixOfMask } from '../ipv4.ts';
import type { Localized } from '../locales.ts';
import type { FormField } from './form-schema.ts';

/** A value as rules use it. `text` is the canonical form that learners are shown. */
export type FormValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly text: string; readonly address: number }
  | { readonly kind: 'mask'; readonly text: string; readonly prefix: number };

/** Why a text cannot be read. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** Hint id; the same in every course. */
  readonly hint: string;
  readonly message: Localized;
}

const unreadable = (hint: string, ko: string, en: string): Unreadable => ({
  kind: 'unreadable',
  hint,
  message: { ko, en },
});

/** What the learner meant by keys: full-width digits and the Korean keyboard's full stop are plain ones. */
export function plainTyping(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[。．]/g, '.')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Reads one field. */
export function readValue(field: FormField, typed: string): FormValue | Unreadable {
  const text = plainTyping(typed);
  if (text === '') {
    return field.kind === 'choice'
      ? unreadable('empty', '하나를 골라 주세요.', 'Choose one.')
      : unreadable('empty', '이 칸이 비어 있어요.', 'This field is empty.');
  }
  if (field.kind === 'choice') return readChoice(field, text);
  if (field.format === 'words') return { kind: 'text', text: text.toLowerCase() };
  return field.format === 'ipv4' ? readAddress(text) : readMask(text);
}

function readChoice(field: Extract<FormField, { kind: 'choice' }>, text: string): FormValue | Unreadable {
  const isKnown = field.choices.some((choice) => choice.id === text);
  return isKnown ? { kind: 'text', text } : unreadable('empty', '하나를 골라 주세요.', 'Choose one.');
}

function readAddress(text: string): FormValue | Unreadable {
  const address = parseIpv4(text);
  if (address !== undefined) return { kind: 'address', text, address };
  if (/^[\d. ]+\/\s*\d*$/.test(text)) {
    return unreadable(
      'address-prefix',
      '이 칸에는 주소만 적어요. `/` 뒤의 숫자는 서브넷 마스크가 하는 말이에요.',
      'Only the address belongs here. What follows the `/` is what the subnet mask says.',
    );
  }
  return explainAddress(text);
}

/** Why `text` is no four numbers with dots between them. */
function explainAddress(text: string): Unreadable {
  if (/^\.?\d{1,3}$/.test(text)) {
    return unreadable(
      'address-short',
      '끝자리만 적지 말고 숫자 네 개를 모두 적어요. 예: `10.20.30.2`',
      'Write all four numbers, not just the last one: `10.20.30.2`, for example.',
    );
  }
  if (/^[\d. ]+$/.test(text) && text.includes(' ')) {
    return unreadable(
      'address-space',
      '주소 안에 빈칸이 있어요. 숫자와 점만 붙여 적어요.',
      'There is a space inside the address. Write digits and dots only.',
    );
  }
  if (!/^[\d.]+$/.test(text)) {
    return unreadable(
      'address-letters',
      'IPv4 주소에는 숫자와 점만 들어가요. 예: `10.20.30.2`',
      'An IPv4 address has only digits and dots: `10.20.30.2`, for example.',
    );
  }
  return explainNumbers(text);
}

function explainNumbers(text: string): Unreadable {
  const octets = text.split('.');
  const filled = octets.filter((octet) => octet !== '');
  if (octets.length !== 4 || filled.length !== 4) {
    const twice = filled.length === 4 || octets.length !== filled.length;
    return unreadable(
      'address-numbers',
      `점으로 나눈 숫자가 네 개여야 해요. 지금은 ${filled.length}개${twice ? '이고, 점이 남거나 겹쳤어요' : '예요'}.`,
      `An address is four numbers with dots between them. Here ${filled.length === 1 ? 'is 1' : `are ${filled.length}`}${twice ? ', and a dot too many' : ''}.`,
    );
  }
  const tooLarge = octets.find((octet) => Number(octet) > 255);
  if (tooLarge !== undefined) {
    return unreadable(
      'address-large',
      `너무 큰 숫자가 있어요: \`${tooLarge}\`. 숫자 하나는 8비트라 0부터 255까지예요.`,
      `\`${tooLarge}\` is too large. Each number has 8 bits: 0 to 255.`,
    );
  }
  const padded = octets.find((octet) => /^0\d/.test(octet)) ?? '';
  return unreadable(
    'address-zero',
    `앞의 0을 빼고 \`${Number(padded)}\`만 적어요. \`${padded}\`처럼 적으면 8진수로 읽는 프로그램이 있어요.`,
    `Some programs read \`${padded}\` as an octal number because of its leading 0. Write \`${Number(padded)}\`.`,
  );
}

function readMask(text: string): FormValue | Unreadable {
  const short = /^\/?\s?(\d{1,2})$/.exec(text);
  if (short) {
    const prefix = Number(short[1]);
    if (prefix <= 32) return { kind: 'mask', text: `/${prefix}`, prefix };
    return unreadable(
      'mask-large',
      `그런 마스크는 없어요: \`/${prefix}\`. 주소가 32비트라 \`/0\`부터 \`/32\`까지예요.`,
      `There is no \`/${prefix}\`. An address has 32 bits, so masks go from \`/0\` to \`/32\`.`,
    );
  }
  const mask = parseIpv4(text);
  if (mask === undefined) {
    return unreadable(
      'mask-form',
      '마스크는 `255.255.255.0`이나 `/24`처럼 적어요.',
      'Write a mask as `255.255.255.0` or as `/24`.',
    );
  }
  const prefix = prefixOfMask(mask);
  if (prefix !== undefined) return { kind: 'mask', text, prefix };
  return prefixOfMask(~mask >>> 0) !== undefined
    ? unreadable(
        'mask-wildcard',
        '거꾸로 적었어요. 네트워크 쪽이 255, 기계 쪽이 0이에요.',
        'That is upside down: 255 stands on the side of the network, 0 on the side of the machine.',
      )
    : unreadable(
        'mask-gap',
        '마스크는 2진수로 1이 앞에서부터 죽 이어져야 해요. `255.255.255.0`이 그래요.',
        'In binary, the ones of a mask stand together at the front, as in `255.255.255.0`.',
      );
}
