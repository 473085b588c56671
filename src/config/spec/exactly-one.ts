/** Exactly one of some keys must be there. */
export function exactlyOne(keys: readonly string[]) {
  return {
    check: (value: object): boolean => Object.keys(value).filter((key) => keys.includes(key)).length === 1,
    message: {
      error: `exactly one of ${keys.join(', ')} is needed`,
      params: { remedy: `keep one of: ${keys.join(', ')}` },
    },
  };
}
