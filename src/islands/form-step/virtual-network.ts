/**
 * `<tadak-virtual-network>`: keeps the drawing beside a form in step with what is typed, and points at the part that
 * the present field is about. Knows nothing about what would be right.
 */
import { type FormWords, formWords } from '../../i18n/form-words.ts';
import { setText } from '../element.ts';
import type { Island } from '../island.ts';
import { type NetworkView, type PlacedAddress, viewNetwork } from './network-view.ts';

/** Left end and width of the ruler in the drawing's units; the same as in `VirtualNetwork.astro`. */
const ruler = { left: 20, width: 320 };

/** The behaviour of `<tadak-virtual-network>`. */
export const virtualNetworkIsland: Island = (host, { locale }, signal) => {
  const words = formWords[locale];
  const form = host.closest('form');
  if (!form) return;
  const field = (part: string) => host.dataset[part] ?? '';
  const typed = (part: string) => String(new FormData(form).get(`ask:${field(part)}`) ?? '');
  const chosenText = (part: string) => {
    const chosen = form.querySelector(`input[name="ask:${CSS.escape(field(part))}"]:checked`);
    return chosen?.closest('label')?.textContent?.trim() ?? '';
  };
  const follow = () => {
    const type = typed('type');
    const view = viewNetwork({
      network: chosenText('network'),
      subnet: typed('subnet'),
      mask: typed('mask'),
      first: typed('dhcpStart'),
      last: typed('dhcpEnd'),
      gateway: typed('gateway'),
      machine: typed('machine'),
    });
    host.dataset['kind'] = type;
    draw(host, view, { words, typeText: chosenText('type') });
    setText(host.querySelector('desc'), describe(view, type, words));
  };
  form.addEventListener('input', follow, { signal });
  form.addEventListener('focusin', ({ target }) => point(host, target), { signal });
  form.addEventListener('focusout', () => point(host, null), { signal });
  follow();
};

/** Marks the part of the drawing that the field with the focus is about. */
function point(host: HTMLElement, target: EventTarget | null): void {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-ask]')?.dataset['ask'] : undefined;
  const parts = Object.entries(host.dataset).filter(([key, value]) => key !== 'kind' && key !== 'at' && value === id);
  const [key] = parts[0] ?? [];
  if (key && id) host.dataset['at'] = key;
  else delete host.dataset['at'];
}

function draw(
  host: HTMLElement,
  view: NetworkView,
  { words, typeText }: { readonly words: FormWords; readonly typeText: string },
): void {
  const part = (name: string) => host.querySelector<SVGElement>(`[data-part="${name}"]`);
  const write = (name: string, text: string) => setText(part(name), text);
  write('name', [view.name, typeText].filter(Boolean).join(' · ') || '?');
  write('subnet', view.subnet);
  for (const name of ['host', 'gateway', 'machine'] as const) {
    const address = view[name];
    write(name, address?.text ?? '?');
    write(`${name}-note`, address?.oddity ? words[address.oddity] : '');
    part(`${name}-box`)?.toggleAttribute('data-odd', address?.oddity !== undefined);
    mark(part(`${name}-mark`), address);
  }
  write('first', view.pool?.first.text ?? '?');
  write('last', view.pool ? `– ${view.pool.last.text}` : '');
  write('pool-note', view.pool?.oddity ? words[view.pool.oddity] : '');
  part('pool-box')?.toggleAttribute('data-odd', view.pool?.oddity !== undefined);
  drawPool(part('pool-band'), view.pool);
  write('from', view.ends?.[0] ?? '');
  write('to', view.ends?.[1] ?? '');
}

/** Moves a mark of the ruler, or hides it. */
function mark(node: SVGElement | null, address: PlacedAddress | undefined): void {
  node?.toggleAttribute('data-away', address?.at === undefined);
  if (!node || address?.at === undefined) return;
  node.setAttribute('transform', `translate(${ruler.left + address.at * ruler.width} 0)`);
  setText(node.querySelector('text'), address.tail ?? '');
}

function drawPool(band: SVGElement | null, pool: NetworkView['pool']): void {
  const [from, to] = [pool?.first.at, pool?.last.at];
  const isDrawn = from !== undefined && to !== undefined && to >= from;
  band?.toggleAttribute('data-away', !isDrawn);
  if (!band || !isDrawn) return;
  band.setAttribute('x', String(ruler.left + from * ruler.width));
  band.setAttribute('width', String(Math.max(2, (to - from) * ruler.width)));
}

/** The drawing in sentences, for those who do not see it. */
function describe(view: NetworkView, type: string, words: FormWords): string {
  const odd = (part: { readonly oddity?: PlacedAddress['oddity'] } | undefined) =>
    part?.oddity ? ` (${words[part.oddity]})` : '';
  const sentences = [
    view.name || view.subnet ? words.subnet(view.name, view.subnet) : '',
    // What the drawing leaves out for a type of network is not told either.
    view.host && type !== 'bridged' ? words.host(view.host.text) : '',
    view.gateway && type !== 'bridged' && type !== 'host-only'
      ? words.gateway(view.gateway.text + odd(view.gateway))
      : '',
    view.machine ? words.machine(view.machine.text + odd(view.machine)) : '',
    view.pool && type !== 'bridged' ? words.pool(view.pool.first.text, view.pool.last.text + odd(view.pool)) : '',
    type === 'nat' || type === 'host-only' || type === 'bridged' ? words[type] : '',
  ];
  return sentences.filter(Boolean).join(' ') || words.none;
}
