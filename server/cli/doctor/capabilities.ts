/**
 * The doctor on what labs offer and what the course needs of them: the table by which pages, lint and play decide.
 */
import { type Capability, capabilities } from '../../../src/course/capabilities.ts';
import type { Locale } from '../../../src/course/locales.ts';
import type { Course } from '../../../src/course/model.ts';
import { t } from '../../../src/i18n/t.ts';
import type { Config } from '../../config.ts';
import { loadCourse } from '../../course/load.ts';
import { findReadOnlySteps, type Offer } from '../../lab/offer.ts';
import type { Finding } from './finding.ts';

/** One line for each capability, and one for the steps that cannot be done in such labs. */
export async function examineCapabilities(config: Config, offer: Offer): Promise<readonly Finding[]> {
  const { course } = await loadCourse(config.course);
  return [table(offer), ...(course ? [readOnlySteps(course, offer)] : [])];
}

function table({ has, perhaps }: Offer): Finding {
  const mark = (capability: Capability) => (has.has(capability) ? '✓' : perhaps.has(capability) ? '?' : '–');
  const lines = (locale: Locale) =>
    capabilities.map((name) => `    ${mark(name)} ${name.padEnd(11)}${t(locale)[`capability.${name}`]}`).join('\n');
  return {
    id: 'capabilities',
    status: 'ok',
    text: {
      ko: `실습 머신이 할 수 있는 것 (?는 켜 봐야 알아요):\n${lines('ko')}`,
      en: `What a lab can do (? is known once one runs):\n${lines('en')}`,
    },
  };
}

function readOnlySteps(course: Course, offer: Offer): Finding {
  const steps = findReadOnlySteps(course, offer).map(({ name, missing }) => `${name} (${missing.join(', ')})`);
  const text =
    steps.length === 0
      ? { ko: '강의의 모든 단계를 할 수 있어요.', en: 'Every step of the course can be done.' }
      : {
          ko: `이 머신에서는 읽기만 하는 단계 ${steps.length}개: ${steps.join(', ')}`,
          en: `${steps.length} of the course’s steps can only be read there: ${steps.join(', ')}`,
        };
  return { id: 'steps', status: 'ok', text };
}
