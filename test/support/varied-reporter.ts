/**
 * Says at the end which tests passed at their second attempt only, so that nobody takes them for steady. CI tries a test that failed
 * once more, as it does with a lesson's step that is played: the machine is others' as well, and what fails twice fails.
 */
import type { Reporter, TestModule } from 'vitest/node';

/** Lists them after the run, in any run that tries again. */
export class VariedReporter implements Reporter {
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void = console.log) {
    this.#say = say;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const varied = modules.flatMap((module) => findVaried(module));
    if (varied.length === 0) return;
    this.#say(`Varied: ${varied.length} passed at the second attempt only`);
    for (const { name, cause } of varied) this.#say(`  ${name}\n    first attempt: ${cause}`);
  }
}

function findVaried(module: TestModule): { readonly name: string; readonly cause: string }[] {
  return [...module.children.allTests()]
    .filter((test) => test.diagnostic()?.flaky)
    .map((test) => ({
      name: `${module.relativeModuleId} > ${test.fullName}`,
      cause: test.result().errors?.[0]?.message.split('\n')[0]?.slice(0, 300) ?? 'no error was kept',
    }));
}
