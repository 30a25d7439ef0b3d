/**
 * Names as their owners write them: in the texts, and in what the YAML files say in each language. Knows nothing about lessons.
 */
import { LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import type { Issue } from '../issue.ts';
import { isLocale } from '../locales.ts';
import { type Place, problem } from '../problems.ts';
import type { SourceFile } from '../source.ts';
import { withoutCode } from './places.ts';

/** The right name; its pattern finds what is close to it. */
const names: readonly (readonly [RegExp, string])[] = [
  [/\bvm ?ware\b/gi, 'VMware'],
  [/\bcent ?os\b/gi, 'CentOS'],
  [/\bselinux\b/gi, 'SELinux'],
  [/\bnetwork ?manager\b/gi, 'NetworkManager'],
  [/\bvirtual ?box\b/gi, 'VirtualBox'],
  [/\bgit ?hub\b/gi, 'GitHub'],
  [/\bdocker ?hub\b/gi, 'Docker Hub'],
  [/\bdocker ?file\b/gi, 'Dockerfile'],
  [/\bcontainer ?file\b/gi, 'Containerfile'],
  [/\bpowershell\b/gi, 'PowerShell'],
  [/\bkubernetes\b/gi, 'Kubernetes'],
  [/\bpodman\b/gi, 'Podman'],
  [/\bbuildah\b/gi, 'Buildah'],
  [/\bfire ?walld\b/gi, 'firewalld'],
];
/** Right in a sentence although it is another name: a beginning, a plain noun. */
const fine: readonly string[] = ['Firewalld', 'firewalld', 'network manager', 'container file'];

/** Misspelled names of one line; `from` is where it begins. Addresses and attributes have spellings of their own. */
export function lintSpelling(line: string, from: Place): readonly Issue[] {
  const text = withoutCode(line).replace(/\]\([^)]*\)|https?:\S+|="[^"]*"/g, (part) => ' '.repeat(part.length));
  return names.flatMap(([pattern, right]) =>
    [...text.matchAll(pattern)]
      .filter(({ index, 0: word }) => word !== right && !fine.includes(word) && !isPath(text, index, word.length))
      .map(({ index, 0: word }) =>
        problem('spelling', { ...from, column: (from.column ?? 1) + index }, { word, right }),
      ),
  );
}

/** Whether the word is a part of a path or of a host's name. */
function isPath(text: string, index: number, length: number): boolean {
  return /[./]/.test(text[index - 1] ?? '') || /^(?:\/|\.\w)/.test(text.slice(index + length));
}

/** Misspelled names in what a YAML file says to people: the texts under `ko` and `en`. A file that cannot be read is said elsewhere. */
export function lintYamlSpelling({ path, text }: SourceFile): readonly Issue[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const issues: Issue[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isLocale(String(key))) return undefined;
      visit(value as Parameters<typeof visit>[0], { Scalar: (__, scalar) => void issues.push(...lintScalar(scalar)) });
      return visit.SKIP;
    },
  });
  return issues;

  function lintScalar({ value, range, source }: Scalar): readonly Issue[] {
    if (typeof value !== 'string' || !range) return [];
    // Where the text begins: after the quote. A text of several lines is said to be where it begins.
    const { line, col } = lines.linePos(range[0] + (text[range[0]] === (source ?? '')[0] ? 0 : 1));
    return lintSpelling(value, { file: path, line, column: col });
  }
}
