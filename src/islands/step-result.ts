/**
 * Shows what a check said, in the reader's language. Knows nothing about who checked or when.
 */
import type { Locale } from '../course/locales.ts';
import type { CheckResult } from '../course/result.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type { CheckView } from '../protocol/api.ts';
import { element, richText } from './element.ts';

/** The reader's language and texts. */
export interface Reader {
  readonly locale: Locale;
  readonly t: Dictionary;
}

/** Fills `region` with the outcome. */
export function showResult(region: HTMLElement, { result, progress, trigger }: CheckView, reader: Reader): void {
  const { t } = reader;
  region.dataset['status'] = result.status;
  region.replaceChildren(
    element('p', {}, element('strong', {}, t[`step.${result.status}`]), ...sentence(result, reader)),
    ...evidence(result, t),
    ...(progress.regressed ? [element('p', { 'data-regressed': true }, t['step.regressedNote'])] : []),
    ...(result.status === 'pass' && trigger === 'auto' ? [element('p', { 'data-note': true }, t['step.auto'])] : []),
  );
}

/** Says that something went wrong on the way; never the learner's mistake. */
export function showFailure(region: HTMLElement, message: string): void {
  region.dataset['status'] = 'error';
  region.replaceChildren(element('p', {}, message));
}

/** Says that a check is running. */
export function showChecking(region: HTMLElement, t: Dictionary): void {
  region.dataset['status'] = 'checking';
  region.replaceChildren(element('p', {}, t['step.checking']));
}

/** Changes a live region without making screen readers speak: what is shown is not news. */
export function quietly(region: HTMLElement, change: () => void): void {
  region.setAttribute('aria-live', 'off');
  change();
  setTimeout(() => region.removeAttribute('aria-live'), 500);
}

function sentence(result: CheckResult, { locale }: Reader): (Node | string)[] {
  return result.status === 'pass' ? [] : [' ', ...richText(result.message[locale])];
}

function evidence(result: CheckResult, t: Dictionary): HTMLElement[] {
  if (result.status !== 'fail' || (result.expected === undefined && result.actual === undefined)) return [];
  const rows = [
    [t['step.expected'], result.expected],
    [t['step.actual'], result.actual],
  ] as const;
  const list = element('dl', { 'data-evidence': true });
  for (const [label, value] of rows) {
    if (value !== undefined) list.append(element('dt', {}, label), element('dd', {}, element('code', {}, value)));
  }
  return [list];
}
