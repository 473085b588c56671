import { below, type Path, type Place, type ProblemList } from '../problem-list.js';
import type { FolderContent } from '../read-folder.js';
import { holdsBrokenReference } from '../secrets.js';
import { nameOf } from '../spec/report-issues.js';
import { REFERENCE_FORMS } from '../spec/scalars.js';

/** Whether the text at a path may hold `${env:…}` and `${file:…}`. */
type Allowed = (path: Path) => boolean;

const nowhere: Allowed = () => false;
const inSite: Allowed = ([section, key, option]) =>
  (section === 'store' && key === 'password') ||
  (section === 'watch' && key === 'heartbeat') ||
  (section === 'links' && (key === 'signing_secret' || key === 'previous_signing_secret')) ||
  (section === 'channels' && option !== undefined && option !== 'kind');
const inConnections: Allowed = ([, , key]) => key === 'options';

/** Tells of secret references that are malformed, or stand where nothing would resolve them. */
export function checkReferencePlaces(folder: FolderContent, problems: ProblemList): void {
  const { site, people, connections, units, extracts, scorecards } = folder;
  if (site) walk(site.value, { file: site, path: [] }, inSite, problems);
  if (connections) walk(connections.value, { file: connections, path: [] }, inConnections, problems);
  for (const file of [...(people ? [people] : []), ...(units ? [units] : []), ...extracts, ...scorecards]) {
    walk(file.value, { file, path: [] }, nowhere, problems);
  }
}

function walk(value: unknown, place: Place, allowed: Allowed, problems: ProblemList): void {
  if (typeof value === 'string') {
    if (value.includes('${')) checkText(value, place, allowed, problems);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value) as [string, unknown][]) {
      walk(child, below(place, Array.isArray(value) ? Number.parseInt(key, 10) : key), allowed, problems);
    }
  }
}

function checkText(text: string, place: Place, allowed: Allowed, problems: ProblemList): void {
  if (!allowed(place.path)) {
    // Elsewhere `${` is just text, of a query for example, unless it is plainly meant as a reference.
    if (!/\$\{(env|file):/.test(text)) return;
    const message = `${nameOf(place)} holds a secret reference, which is not resolved here`;
    const remedy =
      'references are for connection options, channel options, the heartbeat, the secrets of links and the password of the store';
    problems.error('CONFIG_REFERENCE_NOT_ALLOWED', place, message, remedy);
  } else if (holdsBrokenReference(text)) {
    // The text itself is not shown: it may be a password with such letters in it.
    const message = `${nameOf(place)} holds "\${" that begins no reference`;
    problems.error('CONFIG_REFERENCE_SYNTAX', place, message, `write ${REFERENCE_FORMS}`);
  }
}
