/** Longest id of a unit. */
const LONGEST = 60;

/**
 * The id that what names a unit in a source is made into: small letters, digits and dashes, accents left out.
 * `Köln Süd 2` becomes `koln-sud-2`. Two names may give one id; empty where no letter of a–z and no digit is left.
 */
export function unitIdOf(key: string): string {
  return (
    key
      // In capitals ß is two letters; the accents of NFKD stand apart from their letters.
      .toUpperCase()
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, LONGEST)
      .replace(/-+$/, '')
  );
}
