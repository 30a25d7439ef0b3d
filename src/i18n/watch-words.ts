/**
 * Sentences about watch links: those of the owner, who lets others look on, and those of the page on which they do.
 * Apart from the dictionary: few pages load them. Knows nothing about who shows them.
 */
import type { Locale } from '../course/locales.ts';

const en = {
  // The owner
  offer: 'Let somebody look on',
  about:
    'Whoever has the link sees every terminal of your lab as it happens, also what has scrolled up. They can only look: nothing can be typed or changed from there. Give it to people you trust.',
  make: 'Make a link',
  makeAnother: 'Make another link',
  /** A link is shown only where it was made. */
  madeElsewhere:
    'A link is open, but its address is shown only once. If you need it again, make another; this one then ends.',
  address: 'Watch link',
  copy: 'Copy link',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow copying. Select the link and copy it yourself.',
  onlyHere:
    'This address opens on this computer only. For others, open the page by the address that they can reach, and make the link there.',
  open: (until: string) => `A watch link is open until ${until}.`,
  openShort: (until: string) => `Watch link until ${until}`,
  onlookers: (count: number) =>
    count === 0 ? 'Nobody is looking on.' : count === 1 ? '1 person is looking on.' : `${count} people are looking on.`,
  yours: 'You can end it at any time; nobody else can.',
  end: 'Stop sharing',
  ended: 'The watch link has ended. Nobody is looking on.',
  close: 'Close',

  // The page
  title: 'Looking on',
  description: 'Somebody lets you look on at their terminals, as it happens.',
  lead: 'Somebody lets you look on at their terminals, as it happens. What you type here goes nowhere.',
  badge: 'Look only',
  needsScript: 'This page needs JavaScript.',
  tabs: 'Terminals',
  terminal: (name: string) => `Terminal ${name}`,
  screen: 'Somebody else’s terminal, to look at only',
  entering: 'Opening the link…',
  connecting: 'Connecting…',
  live: 'Live',
  waiting: 'Connection lost · coming back by itself',
  noLab: 'The lab is not running now. It shows here as soon as it does.',
  noTerminal: 'No terminal is open yet. It shows here as soon as one is.',
  exited: 'The shell has ended. The next one shows here by itself.',
  until: (time: string) => `until ${time}`,
  typed: 'You can only look on. What you type goes nowhere.',
};
/** All of them in one language. */
export type WatchWords = typeof en;

const ko: WatchWords = {
  offer: '내 터미널 보여 주기',
  about:
    '링크를 받은 사람은 이 실습의 터미널을 모두, 위로 올라간 출력까지 실시간으로 봐요. 보기만 하고 아무것도 입력하거나 바꿀 수 없어요. 믿는 사람에게만 주세요.',
  make: '링크 만들기',
  makeAnother: '새 링크 만들기',
  madeElsewhere:
    '열려 있는 링크가 있지만, 주소는 만들 때 한 번만 보여 줘요. 주소가 다시 필요하면 새로 만드세요. 그러면 앞의 링크는 끝나요.',
  address: '보기 링크',
  copy: '링크 복사',
  copied: '복사했어요.',
  copyFailed: '브라우저가 복사를 허용하지 않았어요. 링크를 직접 골라서 복사해 주세요.',
  onlyHere:
    '이 주소는 이 컴퓨터에서만 열려요. 다른 사람에게 주려면 그 사람이 들어올 수 있는 주소로 이 페이지를 열고 링크를 만드세요.',
  open: (until) => `${until}까지 보기 링크가 열려 있어요.`,
  openShort: (until) => `보기 링크 ${until}까지`,
  onlookers: (count) => (count === 0 ? '보고 있는 사람은 없어요.' : `${count}명이 보고 있어요.`),
  yours: '언제든 끝낼 수 있고, 끝낼 수 있는 사람은 나뿐이에요.',
  end: '그만 보여 주기',
  ended: '보기 링크가 끝났어요. 이제 아무도 보지 않아요.',
  close: '닫기',

  title: '터미널 함께 보기',
  description: '다른 사람이 보여 주는 터미널을 실시간으로 봐요.',
  lead: '다른 사람이 보여 주는 터미널을 실시간으로 봐요. 여기서 친 키는 어디에도 가지 않아요.',
  badge: '보기만 해요',
  needsScript: '이 페이지는 JavaScript가 있어야 해요.',
  tabs: '터미널들',
  terminal: (name) => `터미널 ${name}`,
  screen: '다른 사람의 터미널, 보기만 할 수 있어요',
  entering: '링크를 여는 중이에요…',
  connecting: '연결하는 중이에요…',
  live: '실시간',
  waiting: '연결이 끊겼어요 · 저절로 다시 이어져요',
  noLab: '지금은 실습 환경이 켜져 있지 않아요. 켜지면 여기에 바로 보여요.',
  noTerminal: '아직 열린 터미널이 없어요. 열리면 여기에 바로 보여요.',
  exited: '셸이 끝났어요. 새 셸이 열리면 저절로 보여요.',
  until: (time) => `${time}까지`,
  typed: '보기만 할 수 있어요. 여기서 친 키는 어디에도 가지 않아요.',
};

/** All sentences of `locale`. */
export function watchWords(locale: Locale): WatchWords {
  return locale === 'ko' ? ko : en;
}
