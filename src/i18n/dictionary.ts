/**
 * The shape of a dictionary, taken from the English one.
 * Knows nothing about languages other than that they all have these keys.
 */
import type { en } from './en.ts';

type Source = typeof en;

/** All sentences of one language. */
export type Dictionary = {
  readonly [Key in keyof Source]: Source[Key] extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : string;
};
