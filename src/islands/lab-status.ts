/**
 * `<tadak-lab-status>`: how the learner's machine stands, and the buttons to start it afresh or end it.
 * Nothing is thrown away without asking. Only changes of state are spoken, not each percent. On the page of a lesson that
 * begins on another of the course's machines than the one that runs, it says so and offers that one.
 */
import type { LabView } from '../protocol/api.ts';
import { askToConfirm } from './confirm-dialog.ts';
import { button, element, setHidden, setText } from './element.ts';
import type { Island } from './island.ts';
import type { Page, PageState } from './page.ts';

type Change = Parameters<Page['changeLab']>[0];

/** The behaviour of `<tadak-lab-status>`. */
export const labStatusIsland: Island = (host, page, signal) => {
  const { t, locale } = page;
  const label = element('span', { role: 'status', 'data-lab-label': true });
  const reason = element('p', { 'data-lab-reason': true, role: 'alert', hidden: true });
  const step = element('span', { 'data-lab-step': true });
  const bar = element('progress', { max: 1, 'aria-label': t['lab.progress'] });
  const starting = element('div', { 'data-lab-progress': true, hidden: true }, bar, step);
  let isBusy = false;

  const change = async (to: Change, question?: string) => {
    if (isBusy) return;
    const confirm = to === 'restart' ? t['lab.restart'] : to === 'end' ? t['lab.end'] : t['lab.forgetKey'];
    if (question && !(await askToConfirm({ text: question, confirm, cancel: t['lab.cancel'] }))) return;
    isBusy = true;
    host.setAttribute('aria-busy', 'true');
    await page.changeLab(to);
    isBusy = false;
    host.removeAttribute('aria-busy');
  };
  const isAlive = () => ['ready', 'starting', 'queued'].includes(page.state.get().lab?.state ?? '');
  // The learner's own VM is not thrown away by leaving it, so nothing has to be asked.
  const isDestructive = () => isAlive() && page.state.get().lab?.kind !== 'ssh';
  const start = button(t['lab.start'], () => void change('start'), { signal, 'data-lab': 'start' });
  const restart = button(
    t['lab.restart'],
    () => void change('restart', isDestructive() ? t['lab.restartConfirm'] : undefined),
    { signal, 'data-lab': 'restart' },
  );
  const end = button(t['lab.end'], () => void change('end', isDestructive() ? t['lab.endConfirm'] : undefined), {
    signal,
    'data-lab': 'end',
  });
  const forget = button(t['lab.forgetKey'], () => void change('forget-host-key', t['lab.forgetKeyConfirm']), {
    signal,
    'data-lab': 'forget',
  });
  const extras = {
    onExtend: () => void change('extend'),
    onAccept: () => void change('restart', t['lab.restartConfirm']),
    signal,
  };
  let hasRun = false;
  host.replaceChildren(
    element(
      'div',
      { 'data-lab-row': true },
      label,
      element('div', { 'data-lab-buttons': true }, start, forget, restart, end),
    ),
    starting,
    reason,
  );

  const intro = host.closest('tadak-dock')?.querySelector('[data-lab-intro]');
  intro?.querySelector('[data-lab-start]')?.addEventListener('click', () => void change('start'), { signal });

  page.state.watch((state) => {
    const lab = state.lab;
    host.dataset['state'] = lab?.state ?? 'unknown';
    setText(label, lab ? labLabel(lab, page) : '');
    setText(reason, faultSentence(state, locale));
    setHidden(reason, reason.textContent === '');
    hasRun ||= lab?.state === 'ready';
    if (hasRun) void import('./lab-extras.ts').then(({ showExtras }) => showExtras(host, page, extras));
    setHidden(starting, lab?.state !== 'starting' && lab?.state !== 'queued');
    setText(step, lab?.progress?.label[locale] ?? '');
    if (lab?.state === 'starting' && lab.progress) bar.value = lab.progress.fraction;
    else bar.removeAttribute('value');
    // The large button of the introduction is enough while it is there.
    const isIntro = !lab || lab.state === 'none';
    setHidden(intro, !isIntro);
    setHidden(start, !isIntro || Boolean(intro));
    setHidden(restart, isIntro || lab.state === 'queued');
    setHidden(end, !isAlive());
    setHidden(forget, lab?.fault?.code !== 'ssh-host-key-changed');
  }, signal);
};

function labLabel(lab: LabView, { t }: Page): string {
  if (lab.state === 'queued' && lab.place) return `${t['lab.queued']} · ${t['lab.place'](lab.place)}`;
  if (lab.state === 'ready' && lab.target) return `${t['lab.ready']} · ${t['lab.target'](lab.target)}`;
  return t[`lab.${lab.state}`];
}

function faultSentence(state: PageState, locale: Page['locale']): string {
  return state.labFailure ?? state.lab?.fault?.message[locale] ?? '';
}
