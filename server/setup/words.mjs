/**
 * What the set-up says, in Korean and English. Plain JavaScript: it runs before anything is installed.
 */

/** Every sentence by name; `{name}` is filled in. */
const sentences = {
  'not-linux': {
    ko: 'Tadak은 리눅스에서 실행돼요(지금은 {os}). Windows라면 WSL2, macOS라면 리눅스 가상 머신 안에서 실행해 주세요.',
    en: 'Tadak runs on Linux (this is {os}). On Windows use WSL2, on macOS a Linux virtual machine.',
  },
  'bad-machine': {
    ko: '이 컴퓨터의 CPU({arch})에는 맞는 Node 24 패키지가 없어요. x64 또는 arm64가 필요해요.',
    en: 'There is no Node 24 package for this CPU ({arch}). x64 or arm64 is needed.',
  },
  'installing-modules': {
    ko: '필요한 npm 패키지를 설치해요(npm ci, 보통 1분 안에 끝나요).',
    en: 'Installing the npm packages (npm ci, usually under a minute).',
  },
  'modules-failed': {
    ko: 'npm 패키지를 설치하지 못했어요. 위의 npm 메시지를 확인해 주세요. 네트워크나 레지스트리 문제인 경우가 많아요.',
    en: 'The npm packages could not be installed. See npm’s message above; most often it is the network or the registry.',
  },
  'no-npm': {
    ko: 'npm을 찾을 수 없어요. Node.js와 함께 설치해 주세요.',
    en: 'npm was not found. Install it with Node.js.',
  },
  'building-pty': {
    ko: '터미널 모듈(node-pty)을 컴파일해요(몇 초 걸려요).',
    en: 'Compiling the terminal module (node-pty); this takes a few seconds.',
  },
  'pty-failed': {
    ko: 'node-pty를 컴파일하지 못했어요. 위의 메시지를 확인해 주세요.',
    en: 'node-pty could not be compiled. See the message above.',
  },
  'installing-packages': {
    ko: '시스템 패키지 {packages} 를 설치해요. 이유: {why}.',
    en: 'Installing the system packages {packages}. Why: {why}.',
  },
  'packages-failed': {
    ko: '시스템 패키지를 설치하지 못했어요. 직접 실행해 보세요: {command}',
    en: 'The system packages could not be installed. Try it yourself: {command}',
  },
  'extra-failed': {
    ko: '{package} 는 설치하지 못했어요. 이것이 필요한 테스트는 실패하고, 무엇이 없는지 알려 줘요(컨테이너 실습의 테스트만 그렇게 알리고 건너뛰어요).',
    en: '{package} could not be installed. Tests that need it fail and say so (only those of labs in containers say so and are skipped).',
  },
  'packages-missing': {
    ko: '없는 시스템 패키지가 있어요: {packages} (이유: {why}). 설치할 권한이 없으니 다음 한 줄을 실행한 뒤 다시 시작해 주세요:',
    en: 'System packages are missing: {packages} (why: {why}). There is no right to install them; run this line, then start again:',
  },
  'packages-unknown': {
    ko: '이 배포판({distro})에 설치하는 법은 몰라요. 다음 프로그램을 직접 설치한 뒤 다시 시작해 주세요: {packages} (이유: {why}).',
    en: 'How to install on {distro} is not known. Install these and start again: {packages} (why: {why}).',
  },
  'without-qemu': {
    ko: 'QEMU 없이 쓰려면 자기 VM에 접속하는 --lab ssh://root@주소, 또는 이 컴퓨터의 셸을 쓰는 --lab local 로 시작하세요.',
    en: 'To go without QEMU start with --lab ssh://root@host (your own VM) or --lab local (a shell on this computer).',
  },
  checking: { ko: '검사: {name}', en: 'Check: {name}' },
  'check-failed': { ko: '통과하지 못한 검사: {names}', en: 'Checks that failed: {names}' },
  'slow-tests': {
    ko: '느린 테스트도 해요: {groups}. 몇 분씩, 클라우드 이미지는 15분 넘게 더 걸려요.',
    en: 'Slow tests run, too: {groups}. Minutes each; cloud images a quarter of an hour and more.',
  },
  'slow-proven': {
    ko: '느린 테스트가 지금 파일로 통과했다고 test/slow-proven.json 에 적었어요. 커밋해 주세요.',
    en: 'test/slow-proven.json says now that the slow tests passed with the files as they are. Commit it.',
  },
  'why-qemu': { ko: '실습 VM을 실행하고 이미지를 만들려고', en: 'to run lab VMs and build their image' },
  'why-container': { ko: '실습을 컨테이너로 켜려고', en: 'to run labs in containers' },
  'why-build': { ko: '터미널 모듈을 컴파일하려고', en: 'to compile the terminal module' },
  'why-ssh': { ko: '실습 VM에 접속하려고', en: 'to reach lab VMs' },
  'why-test': { ko: '테스트에서 실제 브라우저와 sshd를 쓰려고', en: 'real browser and sshd for the tests' },
};

/**
 * The language to speak: `--lang`, TADAK_LANG, or the locale of the shell.
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {'ko' | 'en'}
 */
export function languageOf(args, env) {
  const at = args.indexOf('--lang');
  const inline = args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length);
  const chosen = (at >= 0 ? args[at + 1] : inline) ?? env.TADAK_LANG;
  if (chosen === 'ko' || chosen === 'en') return chosen;
  return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('ko') ? 'ko' : 'en';
}

/**
 * A sentence in one language with its places filled.
 * @param {'ko' | 'en'} language
 * @param {keyof typeof sentences} name
 * @param {Readonly<Record<string, string>>} [values]
 */
export function say(language, name, values = {}) {
  return sentences[name][language].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
