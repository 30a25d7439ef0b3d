/** What can go wrong with a virtual network, and the sentence for each in both languages. Knows nothing about who reads it. */
import type { BadSetting } from './plan.ts';

/** Reported through `onFault`; none of them is thrown. */
export type VmnetFault =
  /** The settings cannot be used; the network never starts. */
  | ({ readonly kind: 'bad-setting' } & BadSetting)
  /** QEMU's socket could not be reached in time; the network has stopped. */
  | {
      readonly kind: 'unreachable';
      readonly socketPath: string;
      readonly deadlineMs: number;
      readonly cause: Error | undefined;
    }
  /** The stream was out of step; the connection is made anew. */
  | { readonly kind: 'out-of-step'; readonly length: number }
  /** A frame made this code fail; the frame is dropped. */
  | { readonly kind: 'internal'; readonly cause: unknown };

/** One sentence for people: what happened, where, and what follows. */
export function describeVmnetFault(fault: VmnetFault): { readonly ko: string; readonly en: string } {
  switch (fault.kind) {
    case 'bad-setting':
      return {
        ko: `가상 네트워크 설정 ${fault.setting}의 값 "${fault.value}"을(를) 쓸 수 없어요. ${MENDING[fault.setting].ko}`,
        en: `The virtual network cannot use "${fault.value}" for ${fault.setting}. ${MENDING[fault.setting].en}`,
      };
    case 'unreachable':
      return {
        ko: `가상 머신의 네트워크 소켓에 ${fault.deadlineMs} ms 안에 연결하지 못했어요. 가상 머신이 켜져 있는지 확인하세요.`,
        en: `The virtual machine's network socket could not be reached within ${fault.deadlineMs} ms. See whether the virtual machine is running.`,
      };
    case 'out-of-step':
      return {
        ko: `가상 머신이 보낸 프레임의 길이(${fault.length})가 맞지 않아 네트워크를 다시 연결해요.`,
        en: `The virtual machine sent a frame with an impossible length (${fault.length}); the network is being connected again.`,
      };
    case 'internal':
      return {
        ko: '가상 네트워크가 프레임 하나를 처리하지 못해 버렸어요. 실습은 계속할 수 있어요.',
        en: 'The virtual network failed on one frame and dropped it. The lab goes on.',
      };
  }
}

const MENDING: Readonly<Record<BadSetting['setting'], { readonly ko: string; readonly en: string }>> = {
  subnet: {
    ko: '213.0.113.0/24처럼 네트워크 주소와 /8에서 /24 사이의 길이로 적으세요.',
    en: 'Write a network address and a length from /8 to /24, such as 213.0.113.0/24.',
  },
  sites: {
    ko: '실습 서브넷 밖의 IPv4 주소를 적으세요.',
    en: 'Write an IPv4 address outside the lab subnet.',
  },
  socketPath: {
    ko: '107바이트를 넘지 않는 절대 경로를 적으세요.',
    en: 'Write an absolute path of at most 107 bytes.',
  },
  names: { ko: '이름마다 IPv4 주소 하나를 적으세요.', en: 'Give each name one IPv4 address.' },
};
