/**
 * The course's stub of the Internet: which addresses exist behind the NAT gateway, what they answer, and their names.
 * All addresses are from TEST-NET-2 (RFC 5737), which nobody owns. Knows nothing about packets.
 */
import type { HttpPage } from './http-stub.ts';

/** One machine of the stub Internet. */
export interface VmnetSite {
  /** Dotted decimal; outside the lab's own subnet. */
  readonly address: string;
  /** Whether it answers ping. */
  readonly pingable: boolean;
  /** The page it serves; without it every TCP port is closed. */
  readonly http?: HttpPage;
}

const STUB_PAGE = `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<title>www.example.com</title>
<h1>연결됐어요!</h1>
<p>이 쪽은 진짜 인터넷이 아니라, 수업이 실습 컴퓨터 안에 만들어 둔 작은 인터넷이에요. 밖으로 나가는 것은 하나도 없어요.</p>
<h1 lang="en">You are connected!</h1>
<p lang="en">This page is not on the real Internet: it is the course's small stub of it, made for your lab. Nothing leaves the lab.</p>
</html>
`;

/** `www.example.com` with a page, and the address the notes ping as `www.google.com`. */
export function defaultSites(): readonly VmnetSite[] {
  return [
    {
      address: '198.51.100.80',
      pingable: true,
      http: { port: 80, status: 200, contentType: 'text/html; charset=utf-8', body: STUB_PAGE },
    },
    { address: '198.51.100.81', pingable: true },
  ];
}

/** The names of the default sites. */
export function defaultNames(): Readonly<Record<string, string>> {
  return {
    'www.example.com': '198.51.100.80',
    'example.com': '198.51.100.80',
    'www.google.com': '198.51.100.81',
    'google.com': '198.51.100.81',
  };
}
