/**
 * The offer to start the machine that a lesson begins on, in place of the one that runs. Loaded where a lab can be more than
 * one machine. Knows nothing about how a machine is started.
 */
import type { Locale } from '../course/locales.ts';
import type { Machine } from '../course/machines.ts';
import { machineWords } from '../i18n/machine-words.ts';
import type { LabView } from '../protocol/api.ts';
import { button, element, setHidden } from './element.ts';
import { otherMachine } from './other-machine.ts';

/** How an offer is made. */
export interface OfferOptions {
  readonly locale: Locale;
  readonly onAccept: () => void;
  readonly signal: AbortSignal;
}

/** Shows the offer at the end of `host`, whose `data-machine` is the lesson's, or hides it when there is none to make. */
export function showOffer(host: HTMLElement, lab: LabView | undefined, options: OfferOptions): void {
  const machine = otherMachine(host.dataset['machine'], lab);
  const shown = host.querySelector<HTMLElement>('[data-lab-offer]');
  setHidden(shown, !machine);
  if (!machine || shown?.dataset['labOffer'] === machine) return;
  shown?.remove();
  host.append(buildOffer(machine, options));
}

function buildOffer(machine: Machine, { locale, onAccept, signal }: OfferOptions): HTMLElement {
  const { offer, start } = machineWords[locale];
  const accept = button(start, onAccept, { signal, 'data-lab': 'other-machine' });
  const made = element('p', { 'data-lab-offer': machine, role: 'status' }, `${offer[machine]} `, accept);
  made.style.margin = '0.375rem 0 0';
  return made;
}
