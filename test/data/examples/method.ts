import type { ScoreRecord } from '#src/store/types.js';

/** What a method gave, in the form of the case's `out`: figures as decimal texts, words, and lists and maps of them. */
export type Outcome = string | boolean | null | readonly Outcome[] | { readonly [key: string]: Outcome };

/** A method of the worked cases in Plumbline's words: what configuration a case's `in` is, and how its outcome is read. */
export type Method = (given: never) => Promise<Outcome>;

/** The statuses in the colours that most products give them. */
export const COLOURS = { on_track: 'green', at_risk: 'amber', off_track: 'red' } as const;

/** The label of the band that held, else the status in a colour. */
export function wordOf(score: Pick<ScoreRecord, 'status' | 'band'>, words: Readonly<Record<string, string>>): string {
  return score.band ?? words[score.status] ?? score.status;
}

/** `at_risk` for all between the worst and the best of some bands. */
export function statusAt(index: number, count: number): string {
  return index === 0 ? 'off_track' : index === count - 1 ? 'on_track' : 'at_risk';
}
