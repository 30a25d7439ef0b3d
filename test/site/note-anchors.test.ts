import { expect, test } from 'vitest';
import { findNoteAnchor } from '../../src/site/note-anchors.ts';

const source = '<Note lines="58-59">\nx\n</Note>\n\n<Fix n="N54">\ny\n</Fix>\n\n<Note lines="62">\nz\n</Note>';

test('a statement is found at its correction, else at the quotation that holds all of its lines', () => {
  expect(findNoteAnchor({ id: 'N54', lines: '58-59' }, source)).toBe('fix-N54');
  expect(findNoteAnchor({ id: 'N56', lines: '59' }, source)).toBe('note-58-59');
  expect(findNoteAnchor({ id: 'N59', lines: '62' }, source)).toBe('note-62');
});

test('what the lesson only names has no place in it', () => {
  expect(findNoteAnchor({ id: 'N5', lines: '8' }, source)).toBeUndefined();
  expect(findNoteAnchor({ id: 'N9', lines: '59-60' }, source)).toBeUndefined();
});
