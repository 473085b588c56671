/** Stands in place of the digest of a pull for which the source did not have to be asked. */
export const NOT_READ_DIGEST = 'not-read';
