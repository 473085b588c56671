import type { CalendarDate, Instant } from '#src/domain/period/types.js';

/**
 * How far the source has come, by its own word. Two equal values mean that it has not moved; that it was read at some
 * time proves nothing and is never a watermark.
 */
export interface Watermark {
  /** What shows it. */
  readonly evidence: 'column_maximum' | 'query' | 'file' | 'modified_time' | 'as_of_cell' | 'as_of_name' | 'own';
  /** Compared as text; the value of the last good read is bound as `:since`. Never a secret. */
  readonly value: string;
  /** When the source says it changed, where its watermark is a time. */
  readonly at?: Instant | CalendarDate;
}
