/** A line of a figure's table: what was measured, and the texts of its columns. */
export type TableRow = readonly string[];

/** What a figure found, ready to print. */
export interface FigureResult {
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
  /** Sentences under the table: what was counted, and how. */
  readonly notes: readonly string[];
}

/** One figure of docs/performance.md. Its file in bench/figures is named after its id. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  measure(): Promise<FigureResult>;
}
