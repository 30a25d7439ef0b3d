/**
 * A moment as people say it: the time alone when it is today. Pure.
 */
import type { Locale } from '../course/locales.ts';

/** `18:05`, or with its day when that is another one than `now`'s. */
export function clockTime(at: number, locale: Locale, now = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const day = isToday ? {} : ({ month: 'short', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { ...day, hour: 'numeric', minute: '2-digit' }).format(at);
}
