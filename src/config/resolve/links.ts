import { below, type Place, type ProblemList } from '../problem-list.js';
import { holdsReference } from '../secrets.js';
import type { LinksSpec } from '../spec/links-spec.js';
import type { Site } from '../types.js';
import { reportLiteralSecret } from './literal-secret.js';

/** Absent where no links are wanted. */
export function resolveLinks(spec: LinksSpec | undefined, place: Place, problems: ProblemList): Pick<Site, 'links'> {
  if (spec === undefined) return {};
  const { base_url, signing_secret, previous_signing_secret, valid_days, listen } = spec;
  for (const [name, text] of Object.entries({ signing_secret, previous_signing_secret })) {
    if (text !== undefined && !holdsReference(text)) {
      reportLiteralSecret(`links.${name}`, below(place, name), problems);
    }
  }
  const signing = {
    secret: signing_secret,
    ...(previous_signing_secret === undefined ? {} : { previousSecret: previous_signing_secret }),
  };
  return { links: { baseUrl: base_url, signing, validDays: valid_days, listen } };
}
