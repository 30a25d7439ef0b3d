import { expect, test } from 'vitest';
import { splitCommands } from '../../src/course/command-lines.ts';

const texts = (code: string) => splitCommands(code).map(({ text }) => text);

test('each line is a command of its own, without its comment', () => {
  expect(texts("cd ~\n# a remark\n\nls -l   # what is here\necho '# kept'")).toEqual([
    'cd ~',
    'ls -l',
    "echo '# kept'",
  ]);
});

test('a backslash, a pipe and an open quote go on in the next line', () => {
  expect(texts("docker run -d \\\n  --name k1 nginx\nps |\n  wc -l\nprintf 'a\nb'\nid")).toEqual([
    'docker run -d \\\n  --name k1 nginx',
    'ps |\n  wc -l',
    "printf 'a\nb'",
    'id',
  ]);
});

test('a here-document belongs to the command that opens it', () => {
  const code = "cat > Dockerfile <<'EOF'\nFROM lab/base:1.0\n# not a shell comment\nEOF\nls";
  expect(splitCommands(code)).toEqual([
    { text: "cat > Dockerfile <<'EOF'\nFROM lab/base:1.0\n# not a shell comment\nEOF", firstLine: 0, lastLine: 3 },
    { text: 'ls', firstLine: 4, lastLine: 4 },
  ]);
});

test('a here-string opens nothing', () => {
  expect(texts('cat <<< hello\nls')).toEqual(['cat <<< hello', 'ls']);
});

test('a loop over several lines is one command, a loop in one line too', () => {
  expect(texts('for i in 1 2\ndo\n  echo "$i"\ndone\nfor i in 1; do echo "$i"; done\nls')).toEqual([
    'for i in 1 2\ndo\n  echo "$i"\ndone',
    'for i in 1; do echo "$i"; done',
    'ls',
  ]);
});

test("braces of docker's format are no block", () => {
  expect(texts("docker inspect -f '{{.State.Pid}}' k1\necho ${HOME}\nls")).toHaveLength(3);
});

test('an unfinished command ends with the block', () => {
  expect(texts("echo 'never closed\nls")).toEqual(["echo 'never closed\nls"]);
});
