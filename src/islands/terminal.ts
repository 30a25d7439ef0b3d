/**
 * `<tadak-terminal>`: loads the real terminal when the lab is ready and the place is visible, and takes
 * commands for it until then.
 * Knows nothing about xterm.js: that is in the part it loads.
 */
import { button, element } from './element.ts';
import type { Island } from './island.ts';
import type { TypedCommand } from './page.ts';
import type { TerminalPane } from './terminal-pane/index.ts';

const fetchPart = () => import('./terminal-pane/index.ts');

/** The behaviour of `<tadak-terminal>`. */
export const terminalIsland: Island = (host, page, signal) => {
  let pane: Promise<TerminalPane> | undefined;
  let isVisible = false;
  let waitingCommand: string | undefined;
  let isFetched = false;

  const load = (): Promise<TerminalPane> => {
    pane ??= fetchPart().then(({ mountTerminalPane }) => {
      host.replaceChildren();
      return mountTerminalPane(host, page, signal);
    });
    pane.catch(() => {
      pane = undefined;
      showFailure();
    });
    return pane;
  };
  const showFailure = () => {
    const again = button(page.t['terminal.retry'], () => void load(), { signal });
    host.replaceChildren(element('p', { role: 'alert' }, page.t['terminal.notLoaded'], ' ', again));
  };
  const isReady = () => page.state.get().lab?.state === 'ready';
  /** While the lab is being made the terminal's part comes from the server, so that the two are not waited for one after the other. */
  const fetchAhead = () => {
    const state = page.state.get().lab?.state;
    if (isFetched || (state !== 'starting' && state !== 'queued')) return;
    isFetched = true;
    fetchPart().catch(() => {}); // Told when it is needed.
  };
  const loadIfWanted = () => {
    if (!isReady() || (!isVisible && waitingCommand === undefined)) return;
    const command = waitingCommand;
    waitingCommand = undefined;
    void load().then(async (loaded) => {
      if (command !== undefined) await loaded.typeCommand(command);
    });
  };

  page.typeCommand = async (command): Promise<TypedCommand> => {
    if (isReady()) return (await load()).typeCommand(command);
    waitingCommand = command;
    const state = page.state.get().lab?.state;
    if (state !== 'starting' && state !== 'queued') void page.changeLab('start');
    return 'waits-for-lab';
  };
  const observer = new IntersectionObserver((entries) => {
    isVisible = entries.some((entry) => entry.isIntersecting);
    loadIfWanted();
  });
  observer.observe(host);
  signal.addEventListener('abort', () => observer.disconnect());
  page.state.watch(fetchAhead, signal);
  page.state.watch(loadIfWanted, signal);
};
