/** A text file as another system delivers it. */
export interface DeliveredFile {
  /** Path inside the sources folder: `finance/ergebnis-2026-03-v1.csv`. */
  readonly path: string;
  /** As `iconv-lite` names it; `utf8-bom` is UTF-8 with a byte-order mark. */
  readonly encoding: 'windows-1252' | 'utf8-bom';
  readonly lineEnd: '\r\n' | '\n';
  /** Header first, without line ends. */
  readonly lines: readonly string[];
}
