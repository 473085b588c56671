import { createHash } from 'node:crypto';

/** The sha256 of a text, as 64 hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
