/**
 * Sentences around a terminal's commands, recordings, bell and progress, apart from the dictionary: only pages whose
 * terminal was opened load them. Knows nothing about who shows them.
 */
import type { Locale } from '../course/locales.ts';

const ko = {
  hint: '터미널에서 나가기: Ctrl+Shift+E · 명령 기록: Ctrl+Shift+H',
  open: '명령 기록',
  title: (terminal: number) => `터미널 ${terminal}의 명령 기록`,
  intro: '↑ ↓로 명령을 옮겨 다니고, Tab으로 출력에 들어가요. Esc를 누르면 터미널로 돌아가요.',
  list: '명령들',
  none: '아직 실행한 명령이 없어요.',
  noMarks: '셸이 알려 주는 명령만 여기에 남아요. 컨테이너 안에서 실행한 것은 바깥 명령의 출력에 들어 있어요.',
  failed: '명령 기록을 읽지 못했어요.',
  unknownLine: '(알 수 없는 명령)',
  running: '실행 중',
  exitCode: (code: number) => `종료 코드 ${code}`,
  ended: '끝났어요',
  lines: (lines: number) => `출력 ${lines}줄`,
  seconds: (seconds: string) => `${seconds}초`,
  outputOf: (number: number) => `명령 ${number}의 출력`,
  noOutput: '출력이 없어요.',
  lostOutput: '출력이 오래되어 더는 남아 있지 않아요.',
  cutOutput: '앞부분은 더는 남아 있지 않아요.',
  copyOutput: '출력 복사',
  copyOutputOf: (number: number) => `명령 ${number}의 출력 복사`,
  copied: '복사했어요.',
  copiedLast: (line: string) => `${line}: 출력을 복사했어요.`,
  nothingToCopy: '복사할 출력이 없어요.',
  copyFailed: '브라우저가 복사를 허용하지 않았어요.',
  save: '글로 내려받기',
  saved: '내려받았어요.',
  previous: '이전 명령으로',
  next: '다음 명령으로',
  atPrompt: (text: string) => `여기: ${text}`,
  noPrevious: '더 앞에는 명령이 없어요.',
  commandEnded: (exitCode: number | undefined, lines: number) =>
    `명령이 끝났어요. ${exitCode === undefined ? '' : `종료 코드 ${exitCode}, `}출력 ${lines}줄.`,
  commandsEnded: (count: number, exitCode: number | undefined) =>
    `명령 ${count}개가 끝났어요.${exitCode === undefined ? '' : ` 마지막 종료 코드 ${exitCode}.`}`,
  // Transcript
  transcript: '터미널 기록',
  transcriptPart: '출력이 다 남아 있지는 않아요.',
  // Recording
  recording: '녹화',
  recordingNow: '녹화 중',
  recordStart: '이 터미널 녹화하기',
  recordStop: '녹화 끝내기',
  recordNote: (days: number) =>
    `화면에 나온 것과 화면 크기만 담고, 누른 키는 담지 않아요. 녹화는 ${days}일 뒤에 저절로 지워져요.`,
  recordSave: '녹화 내려받기(.cast)',
  recordDelete: '지우기',
  recordDeleteThis: (name: string) => `녹화 지우기: ${name}`,
  recordName: (terminal: string, when: string, size: string) => `터미널 ${terminal}, ${when}, ${size}`,
  recordFull: '가장 큰 크기가 되어 녹화가 끝났어요.',
  recordList: '녹화한 것',
  // Settings
  theme: '색',
  themePage: '페이지와 같게',
  themeContrast: '고대비',
  announce: '화면 읽기 프로그램에 알리기',
  announceSummary: '명령마다 한 번',
  announceAll: '나오는 글자 모두',
  announceNone: '알리지 않기',
  bellSound: '벨이 울리면 소리 내기',
  // Bell, progress
  bell: '벨',
  progressError: '오류',
  progressBusy: '진행 중',
  progressPaused: (percent: number) => `멈춤 ${percent}%`,
};
/** All of them in one language. */
export type HistoryWords = typeof ko;

const en: HistoryWords = {
  hint: 'Leave the terminal: Ctrl+Shift+E · Command history: Ctrl+Shift+H',
  open: 'Command history',
  title: (terminal) => `Command history of terminal ${terminal}`,
  intro: '↑ ↓ move between commands, Tab goes into their output, Esc goes back to the terminal.',
  list: 'Commands',
  none: 'No command has run yet.',
  noMarks:
    'Only commands that the shell tells about are kept here. What runs in a container is in the output of the command around it.',
  failed: 'The command history could not be read.',
  unknownLine: '(unknown command)',
  running: 'Running',
  exitCode: (code) => `Exit code ${code}`,
  ended: 'Ended',
  lines: (lines) => (lines === 1 ? '1 line' : `${lines} lines`),
  seconds: (seconds) => `${seconds} s`,
  outputOf: (number) => `Output of command ${number}`,
  noOutput: 'No output.',
  lostOutput: 'The output is too old to be kept.',
  cutOutput: 'The beginning is no longer kept.',
  copyOutput: 'Copy output',
  copyOutputOf: (number) => `Copy output of command ${number}`,
  copied: 'Copied.',
  copiedLast: (line) => `Output copied: ${line}`,
  nothingToCopy: 'There is no output to copy.',
  copyFailed: 'The browser did not allow copying.',
  save: 'Download as text',
  saved: 'Downloaded.',
  previous: 'To the previous command',
  next: 'To the next command',
  atPrompt: (text) => `Here: ${text}`,
  noPrevious: 'No command further up.',
  commandEnded: (exitCode, lines) =>
    `Command ended. ${exitCode === undefined ? '' : `Exit code ${exitCode}, `}${lines === 1 ? '1 line' : `${lines} lines`}.`,
  commandsEnded: (count, exitCode) =>
    `${count} commands ended.${exitCode === undefined ? '' : ` Last exit code ${exitCode}.`}`,
  transcript: 'Terminal transcript',
  transcriptPart: 'Some of the output is no longer kept.',
  recording: 'Recording',
  recordingNow: 'Recording',
  recordStart: 'Record this terminal',
  recordStop: 'Stop recording',
  recordNote: (days) =>
    `Holds what is printed and the size of the screen, never the keys. Recordings are deleted after ${days === 1 ? '1 day' : `${days} days`}.`,
  recordSave: 'Download recording (.cast)',
  recordDelete: 'Delete',
  recordDeleteThis: (name) => `Delete recording: ${name}`,
  recordName: (terminal, when, size) => `Terminal ${terminal}, ${when}, ${size}`,
  recordFull: 'It reached its largest size and ended.',
  recordList: 'Recordings',
  theme: 'Colours',
  themePage: 'As the page',
  themeContrast: 'High contrast',
  announce: 'Tell screen readers',
  announceSummary: 'Once per command',
  announceAll: 'Everything printed',
  announceNone: 'Nothing',
  bellSound: 'Sound when the bell rings',
  bell: 'bell',
  progressError: 'error',
  progressBusy: 'busy',
  progressPaused: (percent) => `paused ${percent}%`,
};

/** All sentences of `locale`. */
export function historyWords(locale: Locale): HistoryWords {
  return locale === 'ko' ? ko : en;
}
