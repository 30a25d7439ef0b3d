import { expect, test } from 'vitest';
import { defaultSites } from '../../../../server/lab/vmnet/default-sites.ts';
import { createHttpService } from '../../../../server/lab/vmnet/http-stub.ts';

const page = defaultSites()[0]?.http ?? expect.fail('the first site has no page');
const service = createHttpService(page);
const request = (text: string): string | undefined => {
  const answer = service(Buffer.from(text));
  return answer === undefined ? undefined : Buffer.from(answer).toString();
};

test('GET gives the page with its length in bytes, in Korean and English', () => {
  const [head = '', body = ''] = request('GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n')?.split('\r\n\r\n') ?? [];
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  expect(head).toContain('Connection: close');
  expect(body).toContain('진짜 인터넷이 아니라');
  expect(body).toContain('not on the real Internet');
});

test('HEAD gives the same head and no body', () => {
  const get = request('GET / HTTP/1.1\r\n\r\n') ?? '';
  expect(request('HEAD / HTTP/1.1\r\n\r\n')).toBe(get.slice(0, get.indexOf('\r\n\r\n') + 4));
});

test('nothing is said before the request head is complete', () => {
  expect(request('GET / HTTP/1.1\r\nHost: www.example.com\r\n')).toBeUndefined();
});

test('the query, an absolute address and /index.html are the same page; other paths are not there', () => {
  for (const target of ['/?a=1', 'http://www.example.com/', 'http://www.example.com', '/index.html']) {
    expect(request(`GET ${target} HTTP/1.0\r\n\r\n`), target).toMatch(/^HTTP\/1\.1 200 /);
  }
  expect(request('GET /nope HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 Not Found/);
});

test('other methods and other protocols are refused', () => {
  expect(request('POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx')).toMatch(/^HTTP\/1\.1 405 [\s\S]*Allow: GET, HEAD/);
  expect(request('\x16\x03\x01\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});
