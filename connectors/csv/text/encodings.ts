import { createRequire } from 'node:module';
import type * as Iconv from 'iconv-lite';

const requireLater = createRequire(import.meta.url);

/** What the library decodes that is no way to write text. */
const NOT_TEXT = new Set(['base64', 'hex', 'binary', 'internal', 'utf7imap', 'utf7']);

/** Names that are right without asking the library: its tables are large, and every configuration is checked. */
const WELL_KNOWN = new Set([
  ...['utf16', 'utf16le', 'utf16be', 'ucs2', 'utf32', 'utf32le', 'utf32be', 'ascii', 'usascii', 'latin1', 'macintosh'],
  ...['shiftjis', 'sjis', 'windows31j', 'eucjp', 'gbk', 'gb2312', 'gb18030', 'big5', 'euckr', 'koi8r', 'koi8u'],
  ...['cp437', 'cp850', 'cp852', 'cp858', 'cp866'],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16].map((part) => `iso8859${part}`),
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].flatMap((page) => [`windows${page}`, `cp${page}`]),
]);

/** Whether an encoding's name means UTF-8, which is read strictly and without a library. */
export function isUtf8Name(encoding: string): boolean {
  return /^utf-?8(-sig)?$/i.test(encoding.trim());
}

/** Whether text can be written in it. Loads the library only for a name that is not well known. */
export function isTextEncoding(encoding: string): boolean {
  if (isUtf8Name(encoding)) return true;
  const plain = encoding.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (NOT_TEXT.has(plain)) return false;
  return WELL_KNOWN.has(plain) || loadIconv().encodingExists(encoding);
}

/** The library, loaded when a file is first read that is not UTF-8. */
export function loadIconv(): typeof Iconv {
  const iconv: typeof Iconv = requireLater('iconv-lite');
  return iconv;
}
