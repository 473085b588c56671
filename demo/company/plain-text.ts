import type { CalendarDate } from '#src/domain/period/types.js';

/** Hundredths as machine decimal text: `123456` → `1234.56`. */
export function decimalText(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const digits = String(Math.abs(hundredths)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Hundredths as German exports write them: `123456` → `1.234,56`. */
export function germanDecimal(hundredths: number): string {
  const [whole = '', fraction = ''] = decimalText(hundredths).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, '.')},${fraction}`;
}

/** `2026-03-01` → `01.03.2026`. */
export function germanDate(date: CalendarDate): string {
  const [year, month, day] = date.split('-');
  return `${day}.${month}.${year}`;
}

/** `2026-03-01` → `03/2026`. */
export function germanMonth(date: CalendarDate): string {
  const [year, month] = date.split('-');
  return `${month}/${year}`;
}

/** One record, fields quoted only where they must be. */
export function csvRecord(fields: readonly string[]): string {
  return fields.map((field) => (/[";\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(';');
}
