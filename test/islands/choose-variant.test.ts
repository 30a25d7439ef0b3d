import { expect, test } from 'vitest';
import { chooseVariant } from '../../src/islands/choose-variant.ts';

const variants = ['el9', 'el10', 'debian'];

test('the lab in use decides; for one that fits none it is the first, as the proof of the lesson types it', () => {
  expect(chooseVariant(variants, { capabilities: ['docker', 'el10'], remembered: 'el9' })).toBe('el10');
  expect(chooseVariant(variants, { capabilities: ['docker'], remembered: 'debian' })).toBe('el9');
});

test('without a lab it is what the learner opened last, else the machine of the course, else the first', () => {
  expect(chooseVariant(variants, { capabilities: [], remembered: 'el10' })).toBe('el10');
  expect(chooseVariant(variants, { capabilities: [], remembered: 'selinux' })).toBe('debian');
  expect(chooseVariant(['el9', 'el10'], { capabilities: [], remembered: undefined })).toBe('el9');
  expect(chooseVariant([], { capabilities: [], remembered: undefined })).toBeUndefined();
});
