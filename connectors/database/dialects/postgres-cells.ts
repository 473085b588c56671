import type { RawCell } from '#connectors/sdk/types.js';
import { plainNumber } from '../plain-number.js';
import type { UnreadableValue } from './dialect.js';

/** Reads the text of one column as the server printed it. */
export type CellReader = (text: string) => RawCell | UnreadableValue;

const asIs: CellReader = (text) => text;

const bool: CellReader = (text) => (text === 't' ? 'true' : 'false');

const number: CellReader = (text) => (isNumber(text) ? plainNumber(text) : { what: `the number ${text}` });

/** NaN and Infinity begin with a letter. */
function isNumber(text: string): boolean {
  return /^-?\d/.test(text);
}

const date: CellReader = (text) => {
  if (/^-?infinity$/.test(text)) return { what: `the date ${text}` };
  if (text.endsWith(' BC')) return { what: `a date before the year 1 (${text})` };
  return text;
};

/** Read as a number, `0101` would be a hundred and one. */
const bits: CellReader = (text) => (text === '' ? '0' : BigInt(`0b${text}`).toString());

const money: CellReader = () => ({ what: 'an amount in the notation of the server (type money)' });

const bytes: CellReader = (text) => ({ what: `${(text.length - 2) / 2} bytes (BYTEA)` });

/** A char(n) is padded when it is printed, and the padding counts for nothing when it is compared. */
const padded: CellReader = (text) => {
  let end = text.length;
  while (text[end - 1] === ' ') end -= 1;
  return text.slice(0, end);
};

/** Of an array, some of whose elements are quoted on account of their padding alone. */
const paddedElements: CellReader = (text) =>
  text.replace(/"((?:[^"\\]|\\.)*)"/g, (_element, content: string) => {
    const element = content.replace(/(?<! ) +$/, '');
    return element === '' || /[\s{},"\\]|^null$/i.test(element) ? `"${element}"` : element;
  });

/** By the type's number in the catalogue; a domain has that of its base type. */
const BY_TYPE = new Map<number, CellReader>([
  [16, bool],
  [17, bytes],
  [700, number],
  [701, number],
  [790, money],
  [1014, paddedElements],
  [1042, padded],
  [1082, date],
  [1114, date],
  [1184, date],
  [1560, bits],
  [1562, bits],
  [1700, number],
]);

/**
 * How a column's cells become text. Everything arrives as the server prints it, so nothing passes through a JS number
 * or Date; texts, JSON, arrays and all other types stay as they are.
 *
 * @param isEncoded whether the database knows its encoding; of one that does not (`SQL_ASCII`), bytes that are no
 *   UTF-8 arrive as U+FFFD
 */
export function cellReader(typeNumber: number, isEncoded: boolean): CellReader {
  const read = BY_TYPE.get(typeNumber) ?? asIs;
  if (isEncoded) return read;
  return (text) =>
    text.includes('\uFFFD') ? { what: 'a text that is not UTF-8 (the database is SQL_ASCII)' } : read(text);
}
