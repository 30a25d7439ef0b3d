/**
 * Output as programs print it: numbers, coloured listings, build logs, progress bars, Korean text.
 */

/** The same text in every run, so many bytes of it. */
export function createMixedOutput(bytes: number): Buffer {
  const part = Buffer.from(createPart());
  const whole = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += part.length) part.copy(whole, at);
  return whole;
}

const partChars = 4_000_000;

function createPart(): string {
  let text = '';
  for (let line = 0; text.length < partChars; line += 1) {
    text += `${line}\r\n\x1b[1;34mfolder-${line}\x1b[0m  file-${line}.txt\r\n`;
    text += `[${line}] Compiling module ${line} ... \x1b[32mok\x1b[0m\r\n`;
    if (line % 5 === 0) text += `\r${line % 100}% done\x1b[K\r\n한글 출력도 섞여 있는 줄 ${line}\r\n`;
  }
  return text;
}
