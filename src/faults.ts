/**
 * The dictionary of faults: every way in which something of ours can go wrong, with its HTTP status,
 * WebSocket close code, whether trying again can help, and one sentence for the reader in each language.
 * Knows nothing about who raises or shows them. `{name}` in a sentence is filled from the fault's details.
 */

interface FaultEntry {
  readonly status: number;
  readonly close: number;
  readonly retry: boolean;
  readonly ko: string;
  readonly en: string;
}

const entry = (status: number, close: number, retry: boolean, ko: string, en: string): FaultEntry => ({
  status,
  close,
  retry,
  ko,
  en,
});

/** Every fault by code. Codes are stable; sentences may change. */
export const faults = {
  'bad-message': entry(
    400,
    4400,
    false,
    '서버가 이해하지 못하는 요청이에요: {detail}',
    'The server could not read this request: {detail}',
  ),
  'no-identity': entry(
    401,
    4401,
    true,
    '누구인지 알 수 없어요. 페이지를 새로 고쳐 주세요.',
    'The server does not know who you are. Reload the page.',
  ),
  'foreign-origin': entry(
    403,
    4403,
    false,
    '허용되지 않은 주소({origin})에서 온 연결이라 거절했어요. 프록시 뒤에서 쓴다면 --allow-origin 으로 그 주소를 알려 주세요.',
    'Refused a connection from {origin}. Behind a proxy, name that origin with --allow-origin.',
  ),
  'not-yours': entry(403, 4403, false, '다른 사람의 실습이라 열 수 없어요.', 'This lab belongs to somebody else.'),
  'not-found': entry(404, 4404, false, '찾을 수 없어요: {what}', 'Not found: {what}'),
  'no-such-terminal': entry(
    404,
    4404,
    false,
    '그런 터미널은 없어요. 새로 열어 주세요.',
    'There is no such terminal. Open a new one.',
  ),
  'watch-unknown': entry(
    404,
    4404,
    false,
    '이 링크로는 볼 수 있는 것이 없어요. 링크가 끝났거나 주소의 일부가 빠졌어요. 링크를 준 사람에게 새 링크를 부탁해 주세요.',
    'This link opens nothing: it has ended, or part of the address is missing. Ask whoever gave it to you for a new one.',
  ),
  'watch-ended': entry(
    410,
    4410,
    false,
    '함께 보기가 끝났어요. 터미널 주인이 링크를 끝냈거나 정해 둔 시간이 지났어요.',
    'Looking on is over: the owner of the terminals ended the link, or its time was up.',
  ),
  'watch-only': entry(
    403,
    4403,
    false,
    '보기만 할 수 있어요. 여기서는 입력하거나 크기를 바꿀 수 없어요.',
    'You are only looking on: nothing can be typed or changed from here.',
  ),
  'watch-off': entry(
    403,
    4403,
    false,
    '이 서버에서는 보기 링크를 만들 수 없어요.',
    'Watch links are switched off on this server.',
  ),
  idle: entry(
    408,
    4408,
    true,
    '오래 쓰지 않아 연결을 닫았어요. 키를 누르면 다시 이어져요.',
    'Closed after a long idle time. Press a key to reconnect.',
  ),
  'too-large': entry(
    413,
    4413,
    false,
    '한 번에 보낼 수 있는 크기({limitBytes}바이트)를 넘었어요.',
    'Larger than the {limitBytes} bytes that may be sent at once.',
  ),
  'too-many': entry(
    429,
    4429,
    true,
    '요청이 너무 잦아요. 잠시 뒤에 다시 해 주세요.',
    'Too many requests. Try again in a moment.',
  ),
  internal: entry(
    500,
    4500,
    true,
    '우리 쪽 문제로 처리하지 못했어요. 여러분의 잘못이 아니에요.',
    'Something on our side failed. It is not your fault.',
  ),
  'shutting-down': entry(
    503,
    4503,
    true,
    '서버가 곧 다시 시작해요. 잠시 뒤 저절로 이어져요.',
    'The server is restarting. The page reconnects by itself.',
  ),

  'lab-none': entry(
    409,
    4409,
    true,
    '실습 환경이 아직 없어요. 「실습 시작」을 눌러 주세요.',
    'There is no lab yet. Press "Start lab".',
  ),
  'lab-ended-unused': entry(
    409,
    4409,
    true,
    '오래 쓰지 않아서 실습 환경을 껐어요. 진도는 그대로 있어요. 「새로 시작」을 누르면 새로 켜요.',
    'The lab was ended because nobody used it for a long time. Your progress is kept; "Start afresh" gives you a new one.',
  ),
  'lab-ended-left': entry(
    409,
    4409,
    true,
    '열린 페이지가 오래 없어서 실습 환경을 껐어요. 진도는 그대로 있어요. 「새로 시작」을 누르면 새로 켜요.',
    'The lab was ended because no page of yours was open for a long time. Your progress is kept; "Start afresh" gives you a new one.',
  ),
  'lab-ended-old': entry(
    409,
    4409,
    true,
    '실습 환경이 쓸 수 있는 시간을 다 썼어요. 진도는 그대로 있어요. 「새로 시작」을 누르면 새로 켜요.',
    'The lab has lived as long as it may. Your progress is kept; "Start afresh" gives you a new one.',
  ),
  'lab-not-ready': entry(409, 4409, true, '실습 환경이 아직 준비되지 않았어요.', 'The lab is not ready yet.'),
  'lab-full': entry(
    503,
    4503,
    true,
    '지금은 실습 환경이 모두 사용 중이에요(최대 {limit}대). 자리가 나면 시작돼요.',
    'All {limit} labs are in use. Yours starts when one is free.',
  ),
  'lab-queue-left': entry(
    409,
    4409,
    true,
    '줄을 선 동안 열린 레슨 페이지가 2분 넘게 없어서 차례를 다음 사람에게 넘겼어요. 「실습 시작」을 누르면 다시 줄을 서요.',
    'You left the queue because no lesson of yours was open for two minutes. Press "Start lab" to queue again.',
  ),
  'lab-host-low': entry(
    507,
    4503,
    true,
    '서버의 디스크가 거의 다 차서 지금은 새 실습 환경을 켜지 않아요. 여러분의 잘못이 아니고, 자리가 나면 차례대로 저절로 시작돼요. 강사에게 알려 주세요.',
    'The server’s disk is nearly full, so no new labs are started for now. It is not your fault: yours starts by itself, in its turn, as soon as there is room. Tell your instructor.',
  ),
  'lab-memory-low': entry(
    500,
    4500,
    false,
    '--labs-memory {haveMb}(MB)에는 실습 환경 하나도 들어가지 않아요. 하나가 {needMb}MB까지 써요. --labs-memory 를 늘리거나 --memory 를 줄여 주세요.',
    '--labs-memory {haveMb} (MB) does not hold a single lab, which may take {needMb} MB. Give more --labs-memory, or less --memory.',
  ),
  'lab-start-failed': entry(
    503,
    4503,
    true,
    '실습 환경을 시작하지 못했어요: {detail}',
    'The lab could not be started: {detail}',
  ),
  'lab-start-timeout': entry(
    503,
    4503,
    true,
    '실습 환경이 {seconds}초 안에 올라오지 않았어요. 「새로 시작」을 눌러 보고, 거듭되면 {log} 을 선생님에게 보여 주세요.',
    'The lab did not come up within {seconds} seconds. Press "Start afresh"; if it happens again, show {log} to your instructor.',
  ),
  'lab-lost': entry(
    503,
    4503,
    true,
    '실습 환경과 연결이 끊겼어요. 진도는 그대로 있어요. 「새로 시작」을 누르면 새로 켜요.',
    'The lab is gone. Your progress is kept; "Start afresh" gives you a new one.',
  ),
  'jump-failed': entry(
    500,
    4500,
    true,
    '앞 단계 「{step}」의 풀이가 끝까지 되지 않았어요({detail}). 강의 파일이나 실습 환경의 문제예요. 다시 해 보거나 「새로 시작」을 눌러 주세요.',
    'The solution of the earlier step “{step}” did not do it ({detail}). That is the course’s or the lab’s fault. Try again, or press "Start afresh".',
  ),
  'lab-checkpoint-failed': entry(
    503,
    4503,
    true,
    '실습 환경의 상태를 보관하거나 되돌리지 못했어요: {detail}. 「새로 시작」을 누르면 새로 켜요.',
    'The lab’s state could not be kept or brought back: {detail}. "Start afresh" gives you a new lab.',
  ),
  'lab-unreachable': entry(
    503,
    4503,
    true,
    '실습 환경이 응답하지 않아요. 점검은 여러분의 결과로 세지 않았어요.',
    'The lab does not answer. Nothing was counted against you.',
  ),
  'lab-no-image': entry(
    503,
    4503,
    false,
    '실습용 이미지를 쓸 수 없어요: {detail}. 서버에서 npm run doctor 를 실행하면 무엇이 모자란지 알려 줘요.',
    'The lab image cannot be used: {detail}. On the server, npm run doctor says what is missing.',
  ),
  'lab-image-failed': entry(
    503,
    4503,
    false,
    '실습용 이미지를 만들지 못했어요. {ko}',
    'The lab image could not be built. {en}',
  ),
  'lab-image-wrong': entry(
    503,
    4503,
    false,
    '--image 로 알려 준 {path} 는 온전한 실습용 이미지 폴더가 아니에요({missing} 파일을 읽을 수 없어요). 경로를 고치거나, --image 를 빼고 시작하면 이미지를 새로 만들어요.',
    '{path}, named with --image, is not the folder of a whole lab image ({missing} cannot be read). Mend the path, or leave --image out to have an image built.',
  ),
  'cloud-unknown-image': entry(
    400,
    4400,
    false,
    '"{name}" 이미지는 몰라요. --from 뒤에 {names} 가운데 하나나 http(s) 주소를 적어 주세요.',
    'No image "{name}" is known. After --from give one of {names}, or an http(s) address.',
  ),
  'cloud-no-checksum': entry(
    400,
    4400,
    false,
    '{url} 이 맞는 파일인지 확인할 체크섬이 없어요. --sha256 뒤에 16진수 64자리나 체크섬 파일의 주소를 적어 주세요.',
    'There is no checksum to tell whether {url} is the right file. After --sha256 give its 64 hexadecimal digits, or the address of a checksum file.',
  ),
  'cloud-bad-checksum': entry(
    400,
    4400,
    false,
    '--sha256 의 값 "{text}" 은 16진수 64자리도, 체크섬 파일의 http(s) 주소도 아니에요. 둘 가운데 하나로 적어 주세요.',
    'The value "{text}" of --sha256 is neither 64 hexadecimal digits nor the http(s) address of a checksum file. Give one of the two.',
  ),
  'cloud-unreachable': entry(
    503,
    4503,
    true,
    '{url} 에 닿지 못했어요({detail}). 이 컴퓨터의 네트워크를 확인해 주세요. 프록시를 쓴다면 NODE_USE_ENV_PROXY=1 과 https_proxy 를 정하고 다시 실행해요.',
    '{url} could not be reached ({detail}). Check this machine’s network; behind a proxy set NODE_USE_ENV_PROXY=1 and https_proxy, and run it again.',
  ),
  'cloud-refused': entry(
    503,
    4503,
    true,
    '{url} 의 서버가 파일을 주지 않았어요(HTTP {status}). 주소가 맞는지 확인하거나 나중에 다시 실행해 주세요. 배포판이 파일을 옮겼다면 lab/cloud/images.json 의 주소를 고쳐요.',
    'The server of {url} did not give the file (HTTP {status}). Check the address or run it again later; if the distribution moved the file, mend the address in lab/cloud/images.json.',
  ),
  'cloud-interrupted': entry(
    503,
    4503,
    true,
    '{url} 을 {totalMb}MB 가운데 {haveMb}MB 받았을 때 연결이 끊겼어요. 같은 명령을 다시 실행하면 거기부터 이어 받아요.',
    'The connection broke when {haveMb} of {totalMb} MB of {url} were there. Run the same command again: it goes on from there.',
  ),
  'cloud-checksum-missing': entry(
    503,
    4503,
    false,
    '체크섬 파일 {url} 에 {file} 의 줄이 없어요. 배포판이 이름을 바꿨을 수 있어요. 그 파일을 열어 보고 --sha256 으로 값을 직접 알려 주세요.',
    'The checksum file {url} has no entry for {file}. The distribution may have renamed it: look into that file and give the value with --sha256.',
  ),
  'cloud-checksum-wrong': entry(
    503,
    4503,
    true,
    '받은 파일({url})의 체크섬이 달라서 지웠어요(기대 {expected}, 실제 {actual}). 다시 실행해 보고, 또 다르면 그 서버를 믿지 말고 다른 미러나 바른 --sha256 값을 쓰세요.',
    'What came from {url} has another checksum and was removed (expected {expected}, got {actual}). Run it again; if it differs once more do not trust that server: use another mirror, or the right --sha256.',
  ),
  'cloud-not-whole': entry(
    503,
    4503,
    false,
    '{url} 에서 받은 파일은 온전히 홀로 서는 qcow2 이미지가 아니라서 지웠어요({detail}). 배포판의 GenericCloud qcow2 파일 주소인지 확인해 주세요.',
    'What came from {url} is not a whole qcow2 image that stands alone, and was removed ({detail}). Check that the address is that of a distribution’s GenericCloud qcow2 file.',
  ),
  'cloud-install-failed': entry(
    503,
    4503,
    true,
    '클라우드 이미지 {name} 에 실습에 필요한 것을 설치하지 못했어요: {detail}. {log} 를 보고 고친 뒤 다시 실행해 주세요(받은 이미지는 남아 있어요).',
    'What labs need could not be installed into the cloud image {name}: {detail}. Look into {log}, mend it and run it again (the image itself is kept).',
  ),
  'cloud-install-timeout': entry(
    503,
    4503,
    true,
    '클라우드 이미지 {name} 의 설치가 {minutes}분 안에 끝나지 않았어요. {log} 를 보고, 이 컴퓨터가 느리면 --minutes 를 늘려 다시 실행해 주세요.',
    'Installing into the cloud image {name} did not end within {minutes} minutes. Look into {log}; on a slow machine run it again with more --minutes.',
  ),
  'lab-no-qemu': entry(
    503,
    4503,
    false,
    'QEMU 실습에 필요한 프로그램이 없어요({program}). 설치해 주세요: {fix}',
    'QEMU labs need {program}, which was not found. Install it: {fix}',
  ),
  'lab-not-confined': entry(
    503,
    4503,
    false,
    '서버가 root인데, 권한 없는 사용자로 QEMU를 켤 수 없어요({detail}). root로는 켜지 않아요. 서버를 일반 사용자로 시작해 주세요.',
    'The server is root and cannot start QEMU as a user without rights ({detail}). It does not start it as root: start the server as an ordinary user.',
  ),
  'lab-way-closed': entry(
    503,
    4503,
    false,
    'QEMU를 켜는 권한 없는 사용자가 {folder} 폴더를 지나갈 수 없어요. 데이터를 다른 곳에 두거나(--data), chmod o+x {folder} 를 실행해 주세요.',
    'The user without rights as whom QEMU runs cannot pass through the folder {folder}. Keep the data elsewhere (--data), or run chmod o+x {folder}.',
  ),
  'lab-disk-limit': entry(
    507,
    4503,
    true,
    '실습 환경이 디스크를 한도({limitMb}MB)보다 많이 써서 끝났어요. 「새로 시작」을 누르면 새로 켜요.',
    'The lab used more disk than its {limitMb} MB and was ended. "Start afresh" gives you a new one.',
  ),
  'container-no-engine': entry(
    503,
    4503,
    false,
    '컨테이너 실습에 필요한 {program} 이 없어요. 설치해 주세요: {fix}',
    'Container labs need {program}, which was not found. Install it: {fix}',
  ),
  'container-engine-failed': entry(
    503,
    4503,
    false,
    '여기서는 {engine} 엔진이 동작하지 않아요: {detail}',
    '{engine} does not work here: {detail}',
  ),
  'container-no-cgroup2': entry(
    503,
    4503,
    false,
    '이 컴퓨터는 cgroup v1을 써서 일반 사용자로는 컨테이너 실습을 켤 수 없어요. cgroup v2로 부팅하거나, root로 실행하거나, --lab qemu 를 쓰세요.',
    'This machine uses cgroup v1, where an ordinary user cannot run container labs. Boot with cgroup v2, run as root, or use --lab qemu.',
  ),
  'container-no-session': entry(
    503,
    4503,
    false,
    '사용자 {user} 의 systemd 세션이 보이지 않아 컨테이너 실습에 한도를 걸 수 없어요. 한 번만 sudo loginctl enable-linger {user} 를 실행하고 다시 로그인하거나, 서비스라면 Delegate=yes 를 넣어 주세요.',
    'No systemd session of user {user} is in sight, so lab containers cannot be given limits. Run once: sudo loginctl enable-linger {user}, and log in anew; for a service set Delegate=yes.',
  ),
  'container-no-subids': entry(
    503,
    4503,
    false,
    '사용자 {user} 에게 사용자 번호 범위가 없어요. 한 번만 실행해 주세요: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}',
    'The user {user} has no range of user numbers. Run once: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}',
  ),
  'container-no-limits': entry(
    503,
    4503,
    false,
    '이 컴퓨터에서는 실습 컨테이너의 {limits} 한도를 걸 수 없어, 여러 사람에게 열린 서버에서는 켜지 않아요. 127.0.0.1 에서만 열거나 --lab qemu 를 쓰세요.',
    'This machine cannot limit {limits} of lab containers, so they are not run on a server that others reach. Listen on 127.0.0.1 only, or use --lab qemu.',
  ),
  'container-no-internet': entry(
    400,
    4400,
    false,
    '컨테이너 실습은 진짜 인터넷에 나가지 않아요. --allow-internet 을 빼거나 --lab qemu 로 켜 주세요.',
    'Container labs do not reach the real Internet. Leave --allow-internet out, or use --lab qemu.',
  ),
  'container-watch-limit': entry(
    503,
    4503,
    true,
    '이 컴퓨터의 커널 설정(fs.inotify.max_user_instances)으로는 실습 컨테이너를 {labs}개까지만 켤 수 있어요. 강사에게 알려 주세요. 서버에서 한 번 실행하면 늘어나요: sudo sysctl fs.inotify.max_user_instances=8192',
    'A kernel setting of this machine (fs.inotify.max_user_instances) allows no more than {labs} lab containers. Tell your instructor; this raises it, once on the server: sudo sysctl fs.inotify.max_user_instances=8192',
  ),
  'lab-host-full': entry(
    507,
    4503,
    true,
    '서버의 디스크가 가득 차서 실습 머신이 멈춰 있어요. 여러분의 잘못이 아니고 잃은 것도 없어요. 자리가 나면 저절로 이어져요. 강사에게 알려 주세요.',
    'The server’s disk is full, so the lab stands still. It is not your fault and nothing is lost: it goes on by itself as soon as there is room. Tell your instructor.',
  ),
  'lab-disk-full': entry(
    507,
    4503,
    false,
    '디스크에 자리가 없어요({path}, {freeMb}MB 남음, {needMb}MB 필요). 자리를 만든 뒤 다시 해 주세요.',
    'No room on the disk ({path}: {freeMb} MB free, {needMb} MB needed). Make room and try again.',
  ),
  'lab-kind-refused': entry(
    400,
    4400,
    false,
    '실습 종류 "{kind}"는 여기서 쓸 수 없어요: {detail}',
    'The lab kind "{kind}" cannot be used here: {detail}',
  ),

  'ssh-not-connected': entry(
    409,
    4409,
    true,
    '아직 실습 VM에 접속하지 않았어요. 터미널에서 먼저 로그인해 주세요.',
    'Not connected to the lab VM yet. Log in in the terminal first.',
  ),
  'ssh-unreachable': entry(
    503,
    4503,
    true,
    '{host}:{port} 에 닿지 않아요. VM이 켜져 있는지, 주소가 맞는지 확인해 주세요.',
    '{host}:{port} cannot be reached. Is the VM on, and the address right?',
  ),
  'ssh-refused': entry(
    503,
    4503,
    true,
    '{host}:{port} 가 접속을 거절했어요. VM 안에서 sshd가 실행 중인지(systemctl status sshd), 방화벽이 막지 않는지 확인해 주세요.',
    '{host}:{port} refused the connection. Is sshd running in the VM (systemctl status sshd), and is the firewall open?',
  ),
  'ssh-auth-failed': entry(
    401,
    4401,
    true,
    '{user}@{host} 로그인이 거절됐어요. 사용자 이름과 비밀번호(또는 키)를 확인해 주세요. 터미널에서 아무 키나 누르면 다시 접속해요.',
    'Login as {user}@{host} was refused. Check the user name and the password or key, then press any key in the terminal to connect again.',
  ),
  'ssh-host-key-changed': entry(
    409,
    4409,
    false,
    '{host} 의 호스트 키가 전에 확인한 것과 달라요. VM을 새로 만들었다면 「키 잊기」를 누르고, 아니라면 접속하지 말고 선생님에게 알려 주세요.',
    'The host key of {host} differs from the one accepted before. If the VM was rebuilt, press "Forget key"; otherwise do not connect and tell your instructor.',
  ),
  'ssh-lost': entry(
    503,
    4503,
    true,
    '{host} 와의 접속이 끊겼어요. VM의 네트워크가 바뀌었을 수 있어요. 터미널에서 아무 키나 누르면 다시 접속해요.',
    'The connection to {host} was lost. Its network may have changed. Press any key in the terminal to connect again.',
  ),
  'ssh-no-root': entry(
    403,
    4403,
    false,
    '{user} 는 root가 아니고 비밀번호 없는 sudo도 없어요. 점검하려면 root로 접속하거나 sudo를 허용해 주세요.',
    '{user} is neither root nor allowed to use sudo without a password. Checks need one of them.',
  ),

  'check-timeout': entry(
    504,
    4500,
    true,
    '점검이 {seconds}초 안에 끝나지 않았어요. 여러분의 결과로 세지 않았어요. 다시 눌러 주세요.',
    'The check did not finish within {seconds} seconds. Nothing was counted. Try again.',
  ),
  'check-broken': entry(
    500,
    4500,
    false,
    '점검 자체에 문제가 있어요({detail}). 여러분의 잘못이 아니에요. 선생님에게 알려 주세요.',
    'The check itself is broken ({detail}). It is not your fault; please tell your instructor.',
  ),

  'lesson-setup-failed': entry(
    500,
    4500,
    true,
    '이 레슨의 준비 작업이 끝나지 않았어요({detail}). 여러분의 잘못이 아니에요. 페이지를 새로 고치면 다시 해 봐요.',
    'This lesson could not be prepared ({detail}). It is not your fault; reload the page to try again.',
  ),

  'course-not-found': entry(
    500,
    4500,
    false,
    '강의 폴더가 없어요: {path}. --course 로 올바른 폴더를 알려 주세요.',
    'No course folder at {path}. Name the right one with --course.',
  ),
  'course-invalid': entry(
    500,
    4500,
    false,
    '강의에 고칠 곳이 {count}군데 있어요.',
    'The course has {count} problems to mend.',
  ),
  'site-build-failed': entry(
    500,
    4500,
    false,
    '사이트를 만들지 못했어요. 아래 내용을 고친 뒤 다시 실행해 주세요(전체 기록: {log}).\n{detail}',
    'The site could not be built. Mend what follows and run it again (whole record: {log}).\n{detail}',
  ),
  'preview-failed': entry(
    503,
    4503,
    true,
    '미리 보기의 페이지를 만들지 못했어요. 아래 내용을 고쳐 주세요.\n{detail}',
    'The preview cannot make pages. Mend what follows.\n{detail}',
  ),
  'preview-not-local': entry(
    500,
    4500,
    false,
    '미리 보기는 강의 파일과 퀴즈의 답까지 보여 주므로 이 컴퓨터에서만 열려요. {option} 을 빼 주세요. 수업에는 npm start 를 쓰세요.',
    'The preview shows the course’s files, quiz keys and all, so it opens on this computer only. Leave {option} out; for a class use npm start.',
  ),
  'lesson-name': entry(
    500,
    4500,
    false,
    '"{name}"(으)로는 레슨을 만들 수 없어요. tadak new lesson <챕터>/<레슨> 처럼 쓰고, 두 이름은 영어 소문자로 시작해서 소문자와 숫자를 붙임표로 이어 주세요(예: concepts/first-steps). 순서 번호는 저절로 붙어요.',
    'No lesson can be made from "{name}". Write tadak new lesson <chapter>/<lesson>; both names begin with a small letter and join letters and digits by hyphens (concepts/first-steps). The number in front comes by itself.',
  ),
  'chapter-unknown': entry(
    500,
    4500,
    false,
    '챕터 "{chapter}"가 없어요(있는 챕터: {known}). 이름을 고치거나, 새 챕터라면 --new-chapter 를 붙여 주세요.',
    'There is no chapter "{chapter}" (there are: {known}). Mend its name, or add --new-chapter to begin one.',
  ),
  'chapter-exists': entry(
    500,
    4500,
    false,
    '챕터 "{chapter}"는 벌써 있어요. --new-chapter 를 빼 주세요.',
    'The chapter "{chapter}" is there already. Leave --new-chapter out.',
  ),
  'lesson-exists': entry(
    500,
    4500,
    false,
    '레슨 "{name}"은(는) 이 강의에 벌써 있어요. 다른 이름을 주세요.',
    'This course has a lesson "{name}" already. Give it another name.',
  ),
  'port-in-use': entry(
    500,
    4500,
    false,
    '포트 {port}는 다른 프로그램이 쓰고 있어요. --port 로 다른 번호를 주세요.',
    'Port {port} is in use by another program. Choose another with --port.',
  ),
  'port-forbidden': entry(
    500,
    4500,
    false,
    '이 사용자는 포트 {port}를 열 수 없어요(1024보다 작은 번호는 보통 root만 열 수 있어요). --port 로 1024 이상의 번호를 주세요. 꼭 {port}번이어야 하면 앞에 프록시를 두세요.',
    'This user may not open port {port} (below 1024 that is usually for root alone). Choose 1024 or above with --port; if it has to be {port}, put a proxy in front.',
  ),
  'host-not-here': entry(
    500,
    4500,
    false,
    '이 컴퓨터에는 {host} 라는 주소가 없어요. --host 로 이 컴퓨터의 주소(ip address 로 볼 수 있어요)나 127.0.0.1(이 컴퓨터에서만), 0.0.0.0(모든 주소)을 주세요.',
    'This machine has no address {host}. With --host give one that it has (see ip address), 127.0.0.1 (this machine only) or 0.0.0.0 (all of them).',
  ),
  'disk-full': entry(
    507,
    4500,
    true,
    '디스크가 가득 차서 {path} 에 쓸 수 없어요. 자리를 만들거나 --data 로 다른 디스크의 폴더를 준 뒤 다시 실행해 주세요.',
    'The disk is full, {path} could not be written. Make room, or name a folder on another disk with --data, and run it again.',
  ),
  'folder-unwritable': entry(
    500,
    4500,
    false,
    '폴더 {path} 에 쓸 수 없어요({reason}). 폴더의 주인이나 권한을 고치거나, --data 로 쓸 수 있는 다른 폴더를 주세요.',
    'The folder {path} cannot be written ({reason}). Mend its owner or permissions, or name another folder with --data.',
  ),
  'folder-is-file': entry(
    500,
    4500,
    false,
    '{path} 는 폴더여야 하는데 폴더가 아니에요. 그것을 옮기거나 --data 로 다른 폴더를 주세요.',
    '{path} has to be a folder and is none. Move it away, or name another folder with --data.',
  ),
  'config-invalid': entry(
    500,
    4500,
    false,
    '설정 {name}에 쓸 수 없는 값이에요: "{value}". 쓸 수 있는 값: {expected}',
    'The setting {name} cannot be "{value}". Possible: {expected}',
  ),
  'data-newer': entry(
    500,
    4500,
    false,
    '데이터 파일 {path} 는 더 새로운 Tadak(형식 {found})이 만든 것이라 이 버전(형식 {supported})으로 열 수 없어요. Tadak을 올리거나 --data 로 다른 폴더를 주세요.',
    'The data file {path} was made by a newer Tadak (format {found}; this one knows {supported}). Upgrade Tadak or choose another folder with --data.',
  ),
  'data-full': entry(
    507,
    4500,
    true,
    '디스크가 꽉 차서 저장하지 못했어요({path}). 자리를 만들면 다시 저장돼요.',
    'The disk is full, nothing was saved ({path}). Make room and try again.',
  ),
  'data-unwritable': entry(
    500,
    4500,
    false,
    '데이터 파일 {path} 에 쓸 수 없어요({reason}). 파일과 폴더의 주인이나 권한을 고치거나, --data 로 다른 폴더를 주세요.',
    'The data file {path} cannot be written ({reason}). Mend the owner or permissions of file and folder, or choose another folder with --data.',
  ),
  'data-locked': entry(
    500,
    4500,
    false,
    '데이터 폴더 {path} 를 다른 Tadak(프로세스 {pid})이 쓰고 있어요. 그것을 끝내거나 --data 로 다른 폴더를 주세요.',
    'The data folder {path} is used by another Tadak (process {pid}). Stop it or choose another folder with --data.',
  ),
} as const satisfies Record<string, FaultEntry>;

/** Code of a fault. */
export type FaultCode = keyof typeof faults;
/** Values for the `{name}` places of a fault's sentences. Never put a secret here. */
export type FaultDetails = Readonly<Record<string, string | number>>;

/** Fills the places of a sentence; an unknown place stays visible so that it is noticed. */
function fill(sentence: string, details: FaultDetails): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}

/** The fault's sentence in both languages. */
export function describeFault(
  code: FaultCode,
  details: FaultDetails = {},
): { readonly ko: string; readonly en: string } {
  return { ko: fill(faults[code].ko, details), en: fill(faults[code].en, details) };
}

/** Something of ours went wrong. `message` is the English sentence. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly details: FaultDetails;

  constructor(code: FaultCode, details: FaultDetails = {}, options: { cause?: unknown } = {}) {
    super(describeFault(code, details).en, options);
    this.name = 'Fault';
    this.code = code;
    this.details = details;
  }

  /** HTTP status of this fault. */
  get status(): number {
    return faults[this.code].status;
  }

  /** WebSocket close code of this fault (4400–4599, mirrors HTTP). */
  get close(): number {
    return faults[this.code].close;
  }

  /** The sentence in both languages. */
  get sentence(): { readonly ko: string; readonly en: string } {
    return describeFault(this.code, this.details);
  }
}

/** Turns anything thrown into a fault; what is not ours becomes `internal` with the cause kept. */
export function toFault(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : new Fault('internal', {}, { cause: thrown });
}
