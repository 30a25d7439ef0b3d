/**
 * Every sentence of the interface in Korean (해요체), with the keys of `en.ts`.
 * Knows nothing about who shows them.
 */
import type { Dictionary } from './dictionary.ts';

/** Korean. */
export const ko: Dictionary = {
  // Navigation and frame
  'nav.skip': '본문으로 바로 가기',
  'nav.menu': '메뉴',
  'nav.lessons': '레슨 목록',
  'nav.home': '과정 첫 화면',
  'nav.language': '언어',
  'nav.previous': '이전 레슨',
  'nav.next': '다음 레슨',
  'nav.lessonDone': '마쳤어요',
  'nav.lessonStarted': '하는 중이에요',
  'nav.theme': '화면 색',
  'nav.themeAuto': '자동',
  'nav.themeLight': '밝게',
  'nav.themeDark': '어둡게',
  'nav.notFoundTitle': '이런 페이지는 없어요',
  'nav.notFoundBody': '주소가 잘못되었거나 페이지가 옮겨졌을 수 있어요.',

  // Search
  'search.open': '검색',
  'search.label': '레슨에서 찾기',
  'search.close': '검색 닫기',
  'search.hint': '낱말을 쓰면 모든 레슨에서 찾아요.',
  'search.none': (query) => `“${query}”에 맞는 곳을 찾지 못했어요.`,
  'search.count': (count) => `${count}쪽을 찾았어요`,
  'search.unavailable': '미리 보기에서는 검색할 수 없어요.',

  // Course home
  'course.start': '과정 시작하기',
  'course.continue': '이어서 하기',
  'course.continueAt': (title) => `이어서 하기: ${title}`,
  'course.contents': '차례',
  'course.progress': (done, all) => `${all}단계 가운데 ${done}단계를 마쳤어요`,
  'course.lessonProgress': (done, all) => `${done}/${all}`,
  'course.facts': (lessons, steps) => `레슨 ${lessons}개 · 실습 ${steps}단계`,
  'course.time': (minutes) => (minutes < 60 ? `약 ${minutes}분` : `약 ${Math.round(minutes / 60)}시간`),
  'course.objectives': '이런 것을 할 수 있게 돼요',

  // Lesson
  'lesson.minutes': (minutes) => `약 ${minutes}분`,
  'lesson.objectives': '이 레슨에서 해요',
  'lesson.steps': '단계',
  'lesson.stepCount': (count) => `${count}단계`,
  'lesson.quiz': '퀴즈',
  'lesson.viewText': '본문',
  'lesson.viewTerminal': '터미널',
  'lesson.views': '본문과 터미널',
  'lesson.splitter': '터미널 옆 본문의 너비',
  'lesson.note': '노트 원문',
  'lesson.noteLines': (lines) => `${lines}줄`,
  'lesson.fix': '노트 바로잡기',
  'lesson.needs': '필요한 것',

  // Steps
  'step.number': (number) => `${number}단계`,
  'step.check': '확인하기',
  'step.checking': '확인하고 있어요…',
  'step.reset': '이 단계 되돌리기',
  'step.resetConfirm': '이 단계에서 실습 머신에 한 일을 되돌려요. 되돌릴까요?',
  'step.solution': '풀이 보기',
  'step.solutionConfirm': '힌트를 먼저 써 봤나요? 풀이를 보면 본 것으로 남아요.',
  'step.solutionShow': '풀이를 볼게요',
  'step.why': '왜 될까요?',
  'step.answer': '답',
  'step.todo': '아직 하지 않았어요',
  'step.done': '마쳤어요',
  'step.regressed': '마쳤는데 지금은 달라졌어요',
  'step.read': '읽기만 해요: 이 실습 머신에는 필요한 것이 없어요',
  'step.pass': '잘 됐어요.',
  'step.fail': '아직이에요.',
  'step.error': '확인하지 못했어요. 여러분 잘못이 아니에요.',
  'step.skipped': '확인하지 않았어요.',
  'step.expected': '기대한 것',
  'step.actual': '실제',
  'step.noScript': '확인하려면 자바스크립트가 필요해요. 없어도 읽을 수는 있어요.',

  // Commands in code blocks
  'command.copy': '복사',
  'command.copied': '복사했어요',
  'command.type': '터미널에 입력',
  'command.typeThis': (command) => `터미널에 입력: ${command}`,

  // Quiz
  'quiz.title': '확인 퀴즈',
  'quiz.intro': '몇 번이든 답해 볼 수 있어요. 고른 답마다 설명이 나와요.',
  'quiz.number': (number, all) => `문제 ${number}/${all}`,
  'quiz.single': '하나를 고르세요.',
  'quiz.multiple': '맞는 것을 모두 고르세요.',
  'quiz.order': '화살표 단추로 순서를 맞추세요.',
  'quiz.fill-in': '답을 쓰세요.',
  'quiz.ask-lab': '실습 머신에서 알아보세요.',
  'quiz.submit': '답하기',
  'quiz.again': '다시 풀기',
  'quiz.correct': '맞아요.',
  'quiz.incorrect': '조금 달라요.',
  'quiz.moveUp': (item) => `위로: ${item}`,
  'quiz.moveDown': (item) => `아래로: ${item}`,
  'quiz.moved': (item, position) => `${item}: 이제 ${position}번째예요`,

  // Lab
  'lab.title': '실습 머신',
  'lab.start': '실습 시작',
  'lab.startHint': '여러분만의 진짜 머신이에요. 안에서는 root예요. 금방 켜져요.',
  'lab.none': '켜진 실습 머신이 없어요',
  'lab.queued': '빈 머신을 기다리고 있어요',
  'lab.starting': '켜는 중이에요',
  'lab.ready': '준비됐어요',
  'lab.lost': '실습 머신이 사라졌어요',
  'lab.ended': '실습 머신을 껐어요',
  'lab.restart': '새로 시작',
  'lab.restartConfirm': '머신을 안에 든 것과 함께 버리고 새로 켜요. 진도는 남아 있어요.',
  'lab.end': '실습 끝내기',

  // Terminal
  'terminal.title': '터미널',
  'terminal.label': '실습 머신의 터미널',
  'terminal.noScript': '터미널을 쓰려면 자바스크립트가 필요해요.',

  // Capabilities a step can need
  'capability.systemd': 'systemd',
  'capability.nm': 'NetworkManager',
  'capability.nat': 'NAT 네트워크',
  'capability.firewalld': 'firewalld',
  'capability.docker': 'Docker',
  'capability.podman': 'Podman',
  'capability.hub': '이미지 저장소',
  'capability.dnf': 'dnf',
  'capability.selinux': 'SELinux',
  'capability.el8': 'EL 8',
  'capability.el9': 'EL 9',
  'capability.el10': 'EL 10',
  'capability.debian': 'Debian',
  'capability.reboot': '재부팅',
  'capability.own-kernel': '자기 커널',
  'capability.internet': '인터넷',
  'capability.snapshot': '스냅숏',
};
