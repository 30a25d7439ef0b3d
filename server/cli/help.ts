/**
 * `--help` in both languages, made from one table of the settings.
 */
import type { Locale, Localized } from '../../src/course/locales.ts';
import { type SettingName, settingForms, variableOf } from '../config.ts';

const verbs: readonly (readonly [string, Localized])[] = [
  ['start', { ko: '서버를 켜요', en: 'run the server' }],
  [
    'dev',
    {
      ko: '강의를 쓰면서 보는 미리 보기: 저장하면 페이지와 점검과 퀴즈가 바로 바뀌고 실습은 그대로예요',
      en: 'preview while writing: a saved file changes page, check and quiz at once, the lab stays',
    },
  ],
  [
    'doctor',
    {
      ko: '이 컴퓨터로 무엇을 할 수 있고 무엇이 없는지 알려 줘요 (--json)',
      en: 'say what this machine can do and what is missing (--json)',
    },
  ],
  ['build', { ko: '강의 사이트만 만들어요', en: 'build the course’s site only' }],
  [
    'lab build',
    {
      ko: '배포판의 클라우드 이미지로 실습 이미지를 만들어요(인터넷이 필요해요)',
      en: 'make a lab image from a distribution’s cloud image (needs the Internet)',
    },
  ],
  [
    'lint',
    { ko: '강의 파일에 고칠 곳이 있는지 봐요 (--json)', en: 'look for problems in the course’s files (--json)' },
  ],
  [
    'play',
    {
      ko: '레슨이 새 실습 환경에서 정말 되는지 해 봐요: play [레슨|레슨/단계 …] (--json)',
      en: 'prove lessons on fresh labs: play [lesson|lesson/step …] (--json)',
    },
  ],
  [
    'new',
    {
      ko: '다 갖춘 작은 레슨을 만들어요: new lesson <챕터>/<레슨>',
      en: 'make a small, complete lesson: new lesson <chapter>/<lesson>',
    },
  ],
  [
    'schema',
    {
      ko: '형식 정의에서 JSON 스키마(docs/schema)와 작성 참고서를 새로 써요',
      en: 'write the JSON schemas (docs/schema) and the authors’ reference anew from the file formats',
    },
  ],
];

const playOptions: readonly (readonly [string, Localized])[] = [
  [
    '--locale ko | en',
    {
      ko: '이 언어의 글만 (기본: 모두; 첫 언어는 전부, 나머지는 --walk만큼)',
      en: 'only this language (default: all; the first in full, the others as with --walk)',
    },
  ],
  [
    '--walk',
    { ko: '배우는 사람이 하는 것만: 적힌 명령과 점검', en: 'only what a learner does: printed commands and checks' },
  ],
  [
    '--jobs <number>',
    { ko: '한꺼번에 쓸 실습 환경 수 (기본: CPU에 맞춰)', en: 'labs at the same time (default: by CPUs)' },
  ],
  [
    '--mixed',
    {
      ko: '컨테이너로 되는 것은 컨테이너에서, 나머지와 레슨마다 한 단계는 가상 머신에서',
      en: 'containers play what they can, virtual machines the rest and one step of every lesson',
    },
  ],
  [
    '--again',
    {
      ko: '실패한 것은 한 번 더. 그때 되면 「그때그때 다름(~)」으로 알리고 실패로 치지 않아요',
      en: 'what failed once more; what passes then is told to vary (~) and is no failure',
    },
  ],
  [
    '--repeat <number>',
    {
      ko: '같은 것을 여러 번 해서 그때그때 다른 점검을 찾아요',
      en: 'play the same several times to find checks that vary',
    },
  ],
  [
    '--record',
    {
      ko: '통과한 레슨을 verified.yaml에 적어요(페이지 아래의 「확인」 줄)',
      en: 'write lessons that passed into verified.yaml (the "verified" line of a page)',
    },
  ],
  ['--changed <git commit>', { ko: '그 뒤로 바뀐 레슨만', en: 'only lessons that changed since then' }],
];

const newOptions: readonly (readonly [string, Localized])[] = [
  ['--title-ko <text>', { ko: '한국어 제목', en: 'title in Korean' }],
  ['--title-en <text>', { ko: '영어 제목', en: 'title in English' }],
  ['--new-chapter', { ko: '챕터도 새로 만들어요', en: 'make the chapter, too' }],
];

const labOptions: readonly (readonly [string, Localized])[] = [
  [
    '--from rocky-9 | alma-9 | centos-stream-9 | centos-stream-10 | debian-13 | <url>',
    { ko: '어느 이미지로 만들지', en: 'which image it is made from' },
  ],
  [
    '--sha256 <digits | url>',
    {
      ko: '이미지의 체크섬이나 체크섬 파일의 주소 (<url>에는 꼭 있어야 해요)',
      en: 'the image’s checksum, or the address of a checksum file (required with a <url>)',
    },
  ],
  [
    '--refresh',
    {
      ko: '받아 둔 이미지보다 새것이 있는지 물어봐요',
      en: 'ask whether there is a newer image than the one that is here',
    },
  ],
  ['--force', { ko: '같은 이미지라도 새로 설치해요', en: 'install anew although nothing has changed' }],
  ['--minutes <number>', { ko: '설치를 기다릴 시간 (기본 90)', en: 'how long the installation may take (default 90)' }],
];

const settings: Readonly<Record<SettingName, Localized>> = {
  port: { ko: '포트 번호 (기본 4321, 0은 아무 빈 포트)', en: 'port (default 4321; 0 takes any free one)' },
  host: {
    ko: '들을 주소 (기본 127.0.0.1, 교실 전체에 열려면 0.0.0.0)',
    en: 'address to listen on (default 127.0.0.1; 0.0.0.0 for a whole class)',
  },
  data: {
    ko: '진도, 이미지, 실행 중인 실습을 두는 폴더 (기본 .tadak)',
    en: 'folder for progress, images and running labs (default .tadak)',
  },
  lab: {
    ko: '실습 환경 (기본 auto: 이 컴퓨터에 맞는 것을 골라요)',
    en: 'where labs come from (default auto: what suits this computer)',
  },
  course: { ko: '강의 폴더 (기본 content/docker)', en: 'course folder (default content/docker)' },
  lang: { ko: '이 도구가 말하는 언어 (기본: 셸의 언어)', en: 'language of this tool (default: the shell’s)' },
  'allow-origin': {
    ko: '프록시 뒤에서 쓰는 주소 (여러 번 쓸 수 있어요)',
    en: 'address used behind a proxy (may be repeated)',
  },
  'allow-internet': {
    ko: '실습 환경이 진짜 인터넷에 나가도록 허용해요 (VM에서만)',
    en: 'let labs reach the real Internet (virtual machines only)',
  },
  'max-labs': {
    ko: '동시에 켤 수 있는 실습 환경 수 (기본: labs-memory에 들어가는 만큼)',
    en: 'labs at the same time (default: as many as labs-memory holds)',
  },
  'labs-ready': {
    ko: '미리 켜 두고 기다리게 할 실습 환경 수. 학생이 오면 바로 내줘요 (기본: VM과 컨테이너 1, 그 밖에는 0; max-labs에 들어가요)',
    en: 'labs that stand by, so that a student gets one at once (default: 1 for VMs and containers, else 0; they count in max-labs)',
  },
  'lab-unused': {
    ko: '아무것도 하지 않은 실습 환경을 끄기까지, 분 (기본 120, 0은 끄지 않음)',
    en: 'minutes until a lab is ended that nobody uses (default 120; 0 never)',
  },
  'lab-left': {
    ko: '페이지를 모두 닫은 실습 환경을 끄기까지, 분 (기본 60, 0은 끄지 않음)',
    en: 'minutes until a lab is ended whose learner has no page open (default 60; 0 never)',
  },
  'lab-life': {
    ko: '실습 환경 하나가 살 수 있는 시간, 분 (기본 720, 0은 끝없이)',
    en: 'minutes that a lab may live (default 720; 0 for ever)',
  },
  'lab-checkpoints': {
    ko: 'VM마다 보관할 되돌리기 지점 수, 하나에 100MB쯤 (기본 5, 0은 보관하지 않음)',
    en: 'states kept of each VM to go back to, about 100 MB each (default 5; 0 none)',
  },
  'keep-labs': {
    ko: '서버를 끝내도 실습 환경은 켜 두고, 다음에 시작할 때 이어서 써요 (기본: 함께 꺼요)',
    en: 'labs run on when the server ends, and the next start goes on with them (default: they end, too)',
  },
  'keep-recordings': {
    ko: '학습자가 만든 터미널 녹화를 두는 날수 (기본 7, 0은 녹화하지 못하게)',
    en: 'days that recordings of terminals are kept (default 7; 0 allows none)',
  },
  'watch-hours': {
    ko: '학습자가 만든 보기 링크로 터미널을 볼 수 있는 시간 (기본 8, 0은 링크를 만들지 못하게)',
    en: 'hours that a learner’s watch link shows their terminals (default 8; 0 allows none)',
  },
  memory: {
    ko: '실습 환경 하나의 메모리, MB (기본: VM 1024, 컨테이너 2048)',
    en: 'memory of one lab, MB (default: VM 1024, container 2048)',
  },
  'labs-memory': {
    ko: '실습 환경 모두가 함께 쓸 수 있는 메모리, MB. 하나가 가득 쓸 때의 양으로 나누어 몇 대까지인지 정해요 (기본: 이 컴퓨터 메모리의 75%)',
    en: 'memory for all labs together, MB; divided by what one may fill, it says how many there can be (default: 75 % of this computer’s)',
  },
  'lab-disk': {
    ko: '실습 환경 하나가 디스크에 쓸 수 있는 양, MB. 되돌리기 지점까지 넣어서 넘으면 그 실습 환경만 끝나요 (기본 8192)',
    en: 'what one lab may write to the disk, MB, states to go back to included; only the lab that goes beyond it is ended (default 8192)',
  },
  'disk-reserve': {
    ko: '디스크에 이만큼이 남지 않으면 새 실습 환경을 켜지 않고 줄을 서게 해요, MB (기본 2000, 0은 보지 않음)',
    en: 'with less than this left on the disk no new lab is started, and newcomers queue, MB (default 2000; 0 never looks)',
  },
  image: {
    ko: '만들어 둔 실습 이미지 폴더 (없으면 만들어요)',
    en: 'folder of a ready-made lab image (built when absent)',
  },
  cache: {
    ko: '이미지와 스냅샷 폴더, 여러 데이터 폴더가 함께 쓸 수 있어요 (기본: 데이터 폴더)',
    en: 'folder of images and snapshots, which data folders may share (default: the data folder)',
  },
  production: { ko: '실제 수업용: local 실습을 거절해요', en: 'serve real learners: refuses local labs' },
};

/** The whole help text. */
export function helpText(lang: Locale): string {
  const t = (ko: string, en: string) => ({ ko, en })[lang];
  const verbLines = verbs.map(([verb, text]) => `  ${verb.padEnd(10)}${text[lang]}`);
  const settingLines = Object.entries(settings).map(([name, text]) => {
    const setting = name as SettingName;
    const form = settingForms[setting] === 'true | false' ? '' : ` ${settingForms[setting]}`;
    return `  --${name}${form}\n      ${text[lang]} [${variableOf(setting)}]`;
  });
  return [
    t('타닥: 실습 터미널이 있는 강의 사이트', 'Tadak: a course site with real lab terminals'),
    '',
    t(
      '쓰는 법: tadak <명령> [옵션]      npm start -- [옵션]',
      'Usage: tadak <command> [options]      npm start -- [options]',
    ),
    '',
    t('명령', 'Commands'),
    ...verbLines,
    '',
    t('play의 옵션', 'Options of play'),
    ...playOptions.map(([form, text]) => `  ${form}\n      ${text[lang]}`),
    '',
    t('new lesson의 옵션', 'Options of new lesson'),
    ...newOptions.map(([form, text]) => `  ${form}\n      ${text[lang]}`),
    '',
    t('lab build의 옵션', 'Options of lab build'),
    ...labOptions.map(([form, text]) => `  ${form}\n      ${text[lang]}`),
    '',
    t('옵션 (대괄호 안은 같은 뜻의 환경 변수)', 'Options (in brackets the environment variable of the same meaning)'),
    ...settingLines,
    `  --help, -h      ${t('이 도움말', 'this help')}`,
    `  --version       ${t('버전', 'the version')}`,
    '',
    t('끝날 때의 코드: 0 잘 끝남, 1 실패, 2 잘못 쓴 명령', 'Exit codes: 0 fine, 1 failure, 2 wrong usage'),
    '',
  ].join('\n');
}
