/**
 * The naive server's protocol: what is sent is what is meant.
 */
import type { WireKind } from './wire.ts';

/** Pages of the naive server. */
export const naiveWire: WireKind = {
  address: (port) => ({ url: `ws://127.0.0.1:${port}/` }),
  open: (host) => ({
    handleOpen: () => {},
    handleMessage: (data) => host.show(data),
    type: (bytes) => host.send(bytes),
    handleClosed: () => {},
  }),
};
