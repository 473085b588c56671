import type { FieldPacket } from 'mysql2';
import type { RawCell } from '#connectors/sdk/types.js';
import { plainNumber } from '../plain-number.js';
import type { UnreadableValue } from './dialect.js';

/** Character set number of what is bytes and not text. Numbers and dates carry it too. */
const BINARY = 63;
/** Column types of the wire protocol. */
const FLOATS = new Set([4, 5]);
const BIT = 16;
const TIMESTAMP = 7;
const STRINGS = new Set([15, 247, 248, 249, 250, 251, 252, 253, 254]);
const VECTOR = 242;
const GEOMETRY = 255;

/** Reads the bytes of one column as the server printed them. */
export type CellReader = (bytes: Buffer | null) => RawCell | UnreadableValue;

/**
 * What follows the text of a column's cells. A TIMESTAMP is kept in UTC and printed in the zone of the session, which is
 * UTC here: without its offset it would be read in the zone of the site.
 */
export function offsetOf(field: FieldPacket): string {
  return typeOf(field) === TIMESTAMP ? '+00:00' : '';
}

/** Whether the text of a column's cells is what the server printed (and their offset), another, or none. */
export function cellForm(field: FieldPacket): 'as_printed' | 'converted' | 'without_text' {
  const type = typeOf(field);
  if (FLOATS.has(type) || type === BIT) return 'converted';
  if (type === GEOMETRY || type === VECTOR || isBinary(field)) return 'without_text';
  return 'as_printed';
}

const typeOf = (field: FieldPacket): number => field.columnType ?? field.type ?? -1;

const isBinary = (field: FieldPacket): boolean => STRINGS.has(typeOf(field)) && field.characterSet === BINARY;

/**
 * How a column's cells become text. The text protocol is used throughout: numbers and dates arrive as the server
 * prints them, so nothing passes through a JS number or Date.
 */
export function cellReader(field: FieldPacket): CellReader {
  const type = typeOf(field);
  const read = (convert: (bytes: Buffer) => RawCell | UnreadableValue): CellReader => {
    return (bytes) => (bytes === null ? null : convert(bytes));
  };
  if (FLOATS.has(type)) return read((bytes) => plainNumber(bytes.toString('latin1')));
  if (type === BIT) return read((bytes) => BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
  if (type === GEOMETRY || type === VECTOR)
    return read((bytes) => ({ what: `a shape or vector of ${bytes.length} bytes` }));
  if (isBinary(field)) {
    return read((bytes) => ({ what: `${bytes.length} bytes (BLOB or BINARY)` }));
  }
  const offset = offsetOf(field);
  return read((bytes) => bytes.toString('utf8') + offset);
}
