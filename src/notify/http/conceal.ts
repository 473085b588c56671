/** Shorter ones are no secrets, and to hide them would blot out ordinary words. */
const SHORTEST = 4;

/** A text without secrets, in whatever form they travel. */
export type Conceal = (text: string) => string;

/** Hides these secrets: as they are, and as a url, JSON or a header would write them. */
export function concealing(secrets: readonly string[]): Conceal {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      encodeURI(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((hidden, form) => hidden.replaceAll(form, '***'), text);
}

/** What of a url can be a key: all behind its host, and every part of that which looks like no word. */
export function secretsOfUrl(url: URL): readonly string[] {
  const steps = url.pathname.split('/').filter((step) => step.length >= 8 && /[\dA-Z]/.test(step));
  const values = [...url.searchParams.values()].filter((value) => value.length >= 8);
  const behind = `${url.pathname}${url.search}`;
  return [url.href, ...(behind === '/' ? [] : [behind]), ...steps, ...steps.map(decoded), ...values];
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
