/**
 * Builds one step from lesson.yaml and its scripts, and tells what does not fit.
 * Knows nothing about running a script.
 */
import { type Addresses, addressNames, fillAddresses } from './addresses.ts';
import { checkForm } from './form/check-form.ts';
import type { Form } from './form/form-schema.ts';
import type { StepId } from './ids.ts';
import type { Issue } from './issue.ts';
import type { Script, Step } from './model.ts';
import { type Place, problem } from './problems.ts';
import type { StepFile } from './schema.ts';
import { type CourseSource, entriesBelow, type SourceFile } from './source.ts';

/** What building needs besides the step itself. */
export interface BuildContext {
  readonly source: CourseSource;
  readonly addresses: Addresses;
  /** Collects problems. */
  readonly issues: Issue[];
}

/** Reads a script if it is there; reports one that is not executable or has no interpreter line. */
export function buildScript(path: string, context: BuildContext): Script | undefined {
  const file = context.source.get(path);
  if (!file) return undefined;
  if (!file.executable) context.issues.push(problem('not-executable', { file: path }, { path }));
  if (!file.text.startsWith('#!')) context.issues.push(problem('no-shebang', { file: path, line: 1 }));
  context.issues.push(...checkAddressTokens(file));
  return { path, text: fillAddresses(file.text, context.addresses) };
}

/** Reports `%{name}` tokens with an unknown name (a warning: curl has such formats, too). */
export function checkAddressTokens(file: SourceFile): readonly Issue[] {
  return file.text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(/%\{([a-z]+-[a-z-]+|vm|gateway|dns|site|subnet|prefix|host)\}/g)]
        .filter((match) => !(addressNames as readonly string[]).includes(match[1] as string))
        .map((match) =>
          problem(
            'unknown-address',
            { file: file.path, line: index + 1 },
            { token: match[1] as string, known: addressNames.join(', ') },
          ),
        ),
    );
}

/** A step as it stands in lesson.yaml. */
export interface StepInput {
  readonly step: StepFile;
  /** Folder of the lesson. */
  readonly folder: string;
  /** Where a key of the step stands in lesson.yaml. */
  placeOf(...keys: readonly PropertyKey[]): Place;
}

/** Builds a step. */
export function buildStep(input: StepInput, context: BuildContext): Step {
  const { form } = input.step;
  return form ? buildFormStep(input, form, context) : buildLabStep(input, context);
}

/** A step that is a form in the page: no script belongs to it. */
function buildFormStep({ step, folder, placeOf }: StepInput, form: Form, { source, issues }: BuildContext): Step {
  issues.push(...checkForm(step, form, placeOf('id')));
  const [script] = entriesBelow(source, `${folder}/steps/${step.id}`);
  if (script) {
    issues.push(problem('form-with-lab', { file: `${folder}/steps/${step.id}/${script}` }, { id: step.id }));
  }
  return { ...commonOf(step), form, askScripts: {}, wrong: {}, alternatives: {}, typed: [] };
}

function commonOf(file: StepFile) {
  return {
    id: file.id as StepId,
    title: file.title,
    needs: file.needs,
    timeoutMs: file.timeoutSeconds * 1000,
    standsAlone: file.standsAlone,
    once: file.once,
    ask: file.ask,
    hints: file.hints,
    ...(file.why ? { why: file.why } : {}),
  };
}

function buildLabStep(input: StepInput, context: BuildContext): Step {
  const { step: file, folder } = input;
  const below = `${folder}/steps/${file.id}`;
  const script = (name: string) => buildScript(`${below}/${name}`, context);
  const [setup, check, solve, reset] = [script('setup.sh'), script('check.sh'), script('solve.sh'), script('reset.sh')];
  const askScripts = buildAskScripts(input, below, context);
  const wrong = buildScriptsBelow(`${below}/wrong`, context);
  if (!check && file.ask.length === 0) {
    context.issues.push(problem('step-without-check', input.placeOf('id'), { id: file.id }));
  }
  checkHints(input, { check, wrong }, context);
  return {
    ...commonOf(file),
    ...(setup ? { setup } : {}),
    ...(check ? { check } : {}),
    ...(solve ? { solve } : {}),
    ...(reset ? { reset } : {}),
    askScripts,
    wrong,
    alternatives: buildScriptsBelow(`${below}/alt`, context),
    typed: file.play,
  };
}

function buildAskScripts({ step, placeOf }: StepInput, below: string, context: BuildContext): Record<string, Script> {
  const scripts: Record<string, Script> = {};
  for (const [index, ask] of step.ask.entries()) {
    const path = `${below}/ask/${ask.id}.sh`;
    const script = buildScript(path, context);
    if (script) scripts[ask.id] = script;
    else context.issues.push(problem('ask-without-script', placeOf('ask', index, 'id'), { ask: ask.id, path }));
  }
  return scripts;
}

/** Every script of a folder by its name without `.sh`. */
function buildScriptsBelow(folder: string, context: BuildContext): Record<string, Script> {
  const scripts: Record<string, Script> = {};
  for (const name of entriesBelow(context.source, folder)) {
    const script = name.endsWith('.sh') ? buildScript(`${folder}/${name}`, context) : undefined;
    if (script) scripts[name.slice(0, -3)] = script;
  }
  return scripts;
}

/** Hint ids that a check can name: `fail <id>` or a literal `HINT:<id>`. */
export function hintsNamedBy(script: Script): readonly { readonly id: string; readonly line: number }[] {
  return script.text.split('\n').flatMap((line, index) => {
    if (/^\s*#/.test(line)) return [];
    return [...line.matchAll(/(?:\bfail\s+|HINT:)([a-z0-9]+(?:-[a-z0-9]+)*)/g)].map((match) => ({
      id: match[1] as string,
      line: index + 1,
    }));
  });
}

function checkHints(
  { step: file, placeOf }: StepInput,
  scripts: { readonly check: Script | undefined; readonly wrong: Readonly<Record<string, Script>> },
  context: BuildContext,
): void {
  const named = scripts.check ? hintsNamedBy(scripts.check) : [];
  for (const { id, line } of named) {
    if (!(id in file.hints) && scripts.check) {
      context.issues.push(problem('unknown-hint', { file: scripts.check.path, line }, { id, step: file.id }));
    }
  }
  for (const id of Object.keys(file.hints)) {
    if (!named.some((hint) => hint.id === id)) {
      context.issues.push(problem('unreachable-hint', placeOf('hints', id), { id }));
    }
  }
  for (const [id, script] of Object.entries(scripts.wrong)) {
    if (!(id in file.hints)) context.issues.push(problem('unknown-hint', { file: script.path }, { id, step: file.id }));
  }
}
