/**
 * What steps that are forms in the page need beside other steps. Knows nothing about rules and drawings.
 */
import { formWords } from '../../i18n/form-words.ts';
import { element } from '../element.ts';
import type { StepInputs } from '../step-inputs.ts';
import type { Reader } from '../step-result.ts';
import { clearForm, forgetMarksOnInput, isEmptyForm, markProblems, problemLinks } from './form-problems.ts';

/** Deals with the fields of forms. */
export function createFormInputs(reader: Reader): StepInputs {
  const words = formWords[reader.locale];
  return {
    // As long as the learner's cookie: a plan is looked up again on another day.
    storage: localStorage,
    resetWords: [words.clearConfirm, words.clear, words.cleared],
    mark: (form, result, region) => {
      const problems = (result.status === 'fail' && result.problems) || [];
      markProblems(form, problems, reader);
      if (problems.length > 0) region.append(problemLinks(form, problems));
      const note = region.querySelector('[data-regressed]');
      if (note) note.replaceWith(element('p', {}, words.regressed));
    },
    follow: forgetMarksOnInput,
    clear: (form) => {
      markProblems(form, [], reader);
      clearForm(form);
    },
    isStale: isEmptyForm,
  };
}

export { virtualNetworkIsland } from './virtual-network.ts';
