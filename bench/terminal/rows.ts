/**
 * The keys of the figures, in the order of the table: what each says, in which unit, and which way is better.
 * The README of this folder documents the same keys for those who read the JSON.
 */
import type { Localized } from '../../src/course/locales.ts';

/** One line of the table. */
export interface Row {
  readonly key: string;
  readonly label: Localized;
  /** Digits after the point; figures that are counts have none. */
  readonly digits: number;
}

const row = (key: string, digits: number, en: string, ko: string): Row => ({ key, digits, label: { ko, en } });

/** Echo rows of one load. */
function echoRows(suffix: string, en: string, ko: string): readonly Row[] {
  return [50, 95, 99].map((part) => row(`echo${suffix}P${part}Ms`, 2, `${en} p${part}, ms`, `${ko} p${part}, ms`));
}

/** Stall rows of one duration. */
function stallRows(seconds: number): readonly Row[] {
  const [en, ko] = [`Socket not read for ${seconds} s`, `${seconds}초 동안 안 읽는 소켓`];
  return [
    row(`stalled${seconds}sGrowthMb`, 1, `${en}: server memory growth, MB`, `${ko}: 서버 메모리 증가, MB`),
    row(`stalled${seconds}sSessionKept`, 0, `${en}: sessions still there`, `${ko}: 세션이 남아 있음`),
    row(`stalled${seconds}sLinesWrong`, 0, `${en}: lines missing or repeated`, `${ko}: 빠지거나 겹친 줄`),
  ];
}

/** All rows. */
export const rows: readonly Row[] = [
  row('connectP50Ms', 1, 'Connect to first prompt p50, ms', '연결부터 첫 프롬프트까지 p50, ms'),
  row('connectP95Ms', 1, 'Connect to first prompt p95, ms', '연결부터 첫 프롬프트까지 p95, ms'),
  ...echoRows('', 'Echo, idle,', '에코, 한가할 때'),
  ...echoRows('With10', 'Echo, 10 sessions printing,', '에코, 10개 세션 출력 중'),
  ...echoRows('With50', 'Echo, 50 sessions printing,', '에코, 50개 세션 출력 중'),
  row('throughputMbPerSecond', 1, 'Throughput of 50 MB, MB/s', '50 MB 출력 속도, MB/s'),
  row('throughputCpuSeconds', 2, 'Throughput of 50 MB: server CPU, s', '50 MB 출력에 든 서버 CPU, 초'),
  row('slowUnrenderedMb', 2, 'Slow page: most output not rendered, MB', '느린 페이지: 그리지 못한 출력의 최대, MB'),
  row('slowPromptMs', 0, 'Slow page: Ctrl-C to prompt on screen, ms', '느린 페이지: Ctrl-C부터 프롬프트까지, ms'),
  ...stallRows(10),
  ...stallRows(60),
  row('memoryOneSessionMb', 1, 'Server memory with 1 session, MB', '세션 1개일 때 서버 메모리, MB'),
  row('memoryPerSessionAt50Kb', 0, 'Memory a session at 50, KB', '세션당 메모리(50개), KB'),
  row('memoryPerSessionAt200Kb', 0, 'Memory a session at 200, KB', '세션당 메모리(200개), KB'),
  row('cutSessionKept', 0, 'Socket cut for 1 s: shell still there', '1초 끊김: 셸이 남아 있음'),
  row('cutLinesMissing', 0, 'Socket cut for 1 s: lines missing', '1초 끊김: 빠진 줄'),
  row('cutLinesRepeated', 0, 'Socket cut for 1 s: lines repeated', '1초 끊김: 겹친 줄'),
  row('burstLinesMissing', 0, 'Cut with an 8 MB burst: lines missing', '8 MB 출력 중 끊김: 빠진 줄'),
  row('burstLinesRepeated', 0, 'Cut with an 8 MB burst: lines repeated', '8 MB 출력 중 끊김: 겹친 줄'),
  row('pasteWhole', 0, 'Paste of 1 MB arrives whole', '1 MB 붙여 넣기가 온전함'),
  row('pasteMs', 0, 'Paste of 1 MB, ms', '1 MB 붙여 넣기, ms'),
  row('slowLinkWhole', 0, '20 MB over a slow link arrive whole', '느린 회선으로 20 MB가 온전함'),
  row('slowLinkSeconds', 2, '20 MB over a slow link, s', '느린 회선으로 20 MB, 초'),
];
