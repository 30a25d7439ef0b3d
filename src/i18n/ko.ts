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
  'verified.on': (day, lab) => `${day}에 확인: 이 레슨의 명령과 점검을 ${lab}에서 모두 해 봤어요.`,
  'verified.changed': (day, lab) => `마지막으로 확인한 뒤(${day}, ${lab}) 내용이 바뀌었어요.`,
  'verified.notRun': (count) => `거기서 할 수 없던 단계가 ${count}개 있어요.`,
  'verified.variants': (system) => `배포판마다 다른 명령은 ${system}의 것만 입력해 봤어요.`,
  'verified.qemu': '실습용 가상 머신',
  'verified.container': '실습용 시스템 컨테이너',
  'verified.local': '만든 사람의 컴퓨터',
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
  'lab.place': (place: number) => `앞에서 ${place}번째`,
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

  // Steps, answers of the server
  'step.auto': '방금 실행한 명령을 보고 저절로 확인했어요.',
  'step.regressedNote': '전에 마친 단계인데, 그 뒤로 머신의 상태가 달라졌어요.',
  'step.undone': '되돌렸어요.',
  'step.solutionScript': '풀이',
  'step.noLab': '먼저 실습을 시작해 주세요.',

  // Commands typed by a click
  'command.typed': '입력했어요. 한 번 더 누르면 실행돼요.',
  'command.ran': '실행했어요.',
  'command.startsLab': '실습 머신부터 켤게요. 준비되면 명령을 입력해 둘게요.',
  'command.copyFailed': '브라우저가 복사를 허용하지 않았어요. 글자를 선택하고 Ctrl+C를 눌러 주세요.',

  // Lab, continued
  'lab.target': (target) => `${target}에 접속했어요`,
  'lab.forgetKey': '키 잊기',
  'lab.forgetKeyConfirm':
    'VM을 새로 만들었을 때만 누르세요. 예전 호스트 키를 잊고, 다음 로그인 때 새 키를 받아들여요. 잊을까요?',
  'lab.endConfirm': '실습을 끝내고 머신을 안에 든 것과 함께 버려요. 진도는 남아 있어요.',
  'lab.confirm': '네',
  'lab.cancel': '취소',
  'lab.noServer': '서버에 닿지 않아요. 계속 다시 시도하고 있어요.',
  'lab.progress': '켜지는 정도',

  // Terminal, continued
  'terminal.tabs': '열린 터미널',
  'terminal.tab': (number) => `터미널 ${number}`,
  'terminal.new': '터미널 더 열기',
  'terminal.most': (most) => `터미널은 ${most}개까지 열 수 있어요.`,
  'terminal.hide': (number) => `터미널 ${number} 숨기기(셸은 계속 살아 있어요)`,
  'terminal.retry': '다시 잇기',
  'terminal.readOnly': '보기만 할 수 있어요',
  'terminal.notLoaded': '터미널을 불러오지 못했어요.',
  'terminal.settings': '터미널 설정',
  'terminal.close': '닫기',
  'terminal.cancel': '취소',
};
