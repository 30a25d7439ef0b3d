/**
 * Runs in the browser, on every page of a preview: shows what is to be mended in the course's files, and opens the page
 * again when pages can be made again. Plain JavaScript, since it must work when nothing can be built.
 */
/** The page that Astro shows for an error says no language; its address does. */
const language = document.documentElement.lang || (location.pathname.startsWith('/en/') ? 'en' : 'ko');
const isKorean = language.startsWith('ko');
const words = isKorean
  ? {
      blocked: '고칠 곳이 있어요. 그때까지 점검과 퀴즈는 마지막으로 맞았던 내용을 써요.',
      texts: '글 하나가 아직 페이지가 되지 못해요.',
      open: (count) => `끝내려면 고칠 곳 ${count}군데`,
      title: '강의 파일',
    }
  : {
      blocked: 'Something is to be mended. Until then checks and quizzes stay as they were last.',
      texts: 'A text cannot be made into a page yet.',
      open: (count) => `${count} to mend before it is finished`,
      title: 'Course files',
    };

const style = `
  :host { position: fixed; inset: auto 1rem 1rem 1rem; z-index: 100000; margin-inline: auto; max-inline-size: 60rem;
    font: 0.875rem/1.5 system-ui, sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
  details { max-block-size: 45vh; overflow: auto; border: 1px solid #0003; border-radius: 0.5rem; padding: 0.5rem 0.875rem;
    background: #fffdf8; color: #1c1a17; box-shadow: 0 0.25rem 1.5rem #0003; }
  details[data-urgent] { border-color: #b3261e; border-inline-start-width: 0.375rem; }
  summary { cursor: pointer; font-weight: 600; }
  ul { margin: 0.5rem 0; padding-inline-start: 1.25rem; }
  code { font: 0.8125rem/1.5 ui-monospace, monospace; }
`;

class PreviewPanel extends HTMLElement {
  #shown = '';

  connectedCallback() {
    this.attachShadow({ mode: 'open' });
    this.setAttribute('role', 'status');
    this.setAttribute('aria-label', words.title);
  }

  /** Builds the list anew when it is another one, so that an opened panel stays open. */
  show({ blocking, texts, open }) {
    const shown = JSON.stringify([blocking, texts, open]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const sheet = Object.assign(document.createElement('style'), { textContent: style });
    const title = titleOf({ blocking, texts, open });
    const list = title ? [buildList(title, { urgent: [...blocking, ...texts], open })] : [];
    this.shadowRoot.replaceChildren(sheet, ...list);
  }
}

function titleOf({ blocking, texts, open }) {
  if (blocking.length > 0) return words.blocked;
  if (texts.length > 0) return words.texts;
  return open.length > 0 ? words.open(open.length) : undefined;
}

function buildList(title, { urgent, open }) {
  const details = document.createElement('details');
  details.open = urgent.length > 0;
  details.toggleAttribute('data-urgent', urgent.length > 0);
  const summary = document.createElement('summary');
  summary.textContent = title;
  const list = document.createElement('ul');
  list.append(...[...urgent, ...open].map(buildItem));
  details.append(summary, list);
  return details;
}

function buildItem({ file, line, column, message, fix }) {
  const item = document.createElement('li');
  const place = document.createElement('code');
  place.textContent = [file, line, column].filter((part) => part !== undefined).join(':');
  const text = ({ ko, en }) => (isKorean ? ko : en);
  item.append(place, ` ${text(message)} → ${text(fix)}`);
  return item;
}

customElements.define('tadak-preview-panel', PreviewPanel);
const panel = document.createElement('tadak-preview-panel');
document.body.append(panel);

/** Set by the page that stands in for one that cannot be made yet. */
const isWaiting = document.documentElement.hasAttribute('data-tadak-waiting');
new EventSource('/api/preview/problems').addEventListener('message', ({ data }) => {
  const state = JSON.parse(data);
  panel.show(state);
  if (isWaiting && state.isReady) location.reload();
});
