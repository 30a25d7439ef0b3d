/**
 * The tutorial as a list of things to do: files to write, commands to type, and what is then seen. Read from its own text,
 * so that what is tested is what an author reads.
 */

/** One thing to do. */
export type TutorialStep =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'command';
      readonly command: string;
      /** Whether the tutorial says that it ends with an error. */
      readonly fails: boolean;
      /** Lines, or parts of lines, that the tutorial shows. */
      readonly shows: readonly string[];
    };

const fence = /^(`{3,})(\w*) ?(.*)$/;

/** Every step in order. A block without a language is for reading only. */
export function parseTutorial(markdown: string): readonly TutorialStep[] {
  const steps: TutorialStep[] = [];
  for (const { language, about, text } of blocksOf(markdown)) {
    const path = /^title=(\S+)$/.exec(about)?.[1];
    if (path !== undefined) steps.push({ kind: 'file', path, text: `${text}\n` });
    else if (language === 'sh') steps.push({ kind: 'command', command: text, fails: about === 'fails', shows: [] });
    else if (language === 'text') {
      const last = steps.findLastIndex(({ kind }) => kind === 'command');
      const step = steps[last];
      if (step?.kind === 'command') steps[last] = { ...step, shows: text.split('\n') };
    } else if (language !== '') throw new Error(`the tutorial has a block of ${language} that says nothing to do`);
  }
  return steps;
}

function blocksOf(markdown: string) {
  const blocks: { language: string; about: string; text: string }[] = [];
  let open: { marks: string; language: string; about: string; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const [, marks = '', language = '', about = ''] = fence.exec(line) ?? [];
    if (open && line === open.marks) {
      blocks.push({ language: open.language, about: open.about, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (marks !== '') open = { marks, language, about, lines: [] };
  }
  if (open) throw new Error('a block of the tutorial is not closed');
  return blocks;
}
