/**
 * The watch links of all learners, one each: opened with the learner's consent, ended by a click or by their time, and
 * gone with the server. Knows nothing about terminals, cookies and sockets.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { WatchLinkView, WatchView } from '../../src/protocol/watch.ts';
import type { Onlooker, OnlookerSocket } from '../session/onlooker.ts';
import { type Guest, hashSecret, newSecret, WatchLink } from './watch-link.ts';

/** What the links are made of. */
export interface WatchLinksOptions {
  /** How long a link lasts, ms; 0: there are none. */
  readonly lastsMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What there is to see of a learner. */
  readonly look: (owner: LearnerId) => Pick<Onlooker, 'findTerminal'> & { view(): Omit<WatchView, 'endsAt'> };
  /** The owner's link, or the number of those who look on, changed. */
  readonly onChange: (owner: LearnerId) => void;
}

/** All links. */
export class WatchLinks {
  readonly #options: WatchLinksOptions;
  readonly #byOwner = new Map<LearnerId, WatchLink>();

  constructor(options: WatchLinksOptions) {
    this.#options = options;
  }

  /** The owner's side. */
  show(owner: LearnerId): WatchLinkView {
    const link = this.#byOwner.get(owner);
    const { lastsMs } = this.#options;
    return { lastsMs, ...(link && { link: { endsAt: link.endsAt, onlookers: link.onlookers } }) };
  }

  /** Opens a link and says its secret, this once; an older one of the learner ends. Throws Fault `watch-off`. */
  open(owner: LearnerId): string {
    const { lastsMs, now } = this.#options;
    if (lastsMs === 0) throw new Fault('watch-off');
    this.end(owner);
    const secret = newSecret();
    this.#byOwner.set(owner, new WatchLink(owner, hashSecret(secret), now() + lastsMs));
    this.#options.onChange(owner);
    return secret;
  }

  /** Ends the owner's link, and looking on with it. */
  end(owner: LearnerId): void {
    const link = this.#byOwner.get(owner);
    if (link === undefined) return;
    this.#byOwner.delete(owner);
    for (const socket of link.sockets()) socket.handleEnd(new Fault('watch-ended'));
    this.#options.onChange(owner);
  }

  /** Ends the links whose time is up. */
  check(): void {
    for (const { owner, endsAt } of [...this.#byOwner.values()]) if (endsAt <= this.#options.now()) this.end(owner);
  }

  /** There is something else to see of a learner. */
  refresh(owner: LearnerId): void {
    const link = this.#byOwner.get(owner);
    if (link === undefined) return;
    const view = this.#viewOf(link);
    for (const socket of link.sockets()) socket.handleView?.(view);
  }

  /** The link that a secret opens. Throws Fault `watch-unknown`. */
  findBySecret(secret: string): WatchLink {
    const hash = hashSecret(secret);
    return this.#require((link) => link.secretHash === hash);
  }

  /** A link by its id. Throws Fault `watch-unknown`. */
  findById(id: string): WatchLink {
    return this.#require((link) => link.id === id);
  }

  /** Who comes to `link` with this secret of theirs. Throws Fault `watch-unknown` or `too-many`. */
  admit(link: WatchLink, secret: string | undefined): Onlooker {
    const guest = link.findGuest(secret);
    if (guest === undefined) throw new Fault('watch-unknown');
    link.requireRoom(guest);
    const { findTerminal } = this.#options.look(link.owner);
    return {
      ...{ id: guest.id, link: link.id, findTerminal },
      view: () => this.#viewOf(link),
      enter: (socket) => this.#enter(link, guest, socket),
    };
  }

  #enter(link: WatchLink, guest: Guest, socket: OnlookerSocket): Disposable {
    const tellIfChanged = (change: () => void) => {
      const before = link.onlookers;
      change();
      if (link.onlookers !== before && this.#byOwner.get(link.owner) === link) this.#options.onChange(link.owner);
    };
    tellIfChanged(() => guest.sockets.add(socket));
    // It ended between the door and here.
    if (this.#byOwner.get(link.owner) !== link) socket.handleEnd(new Fault('watch-ended'));
    return { [Symbol.dispose]: () => tellIfChanged(() => guest.sockets.delete(socket)) };
  }

  #viewOf(link: WatchLink): WatchView {
    return { ...this.#options.look(link.owner).view(), endsAt: link.endsAt };
  }

  #require(isIt: (link: WatchLink) => boolean): WatchLink {
    const link = [...this.#byOwner.values()].find(isIt);
    if (link === undefined || link.endsAt <= this.#options.now()) throw new Fault('watch-unknown');
    return link;
  }
}
