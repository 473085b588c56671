import type { DiscoveredField } from '#connectors/sdk/discovery.js';
import type { CatalogColumn } from '../sql/catalog.js';
import type { SqlGrammar } from '../sql-tokens.js';

type Finding = Pick<DiscoveredField, 'type' | 'settings' | 'evidence'>;

/**
 * What a column is read as by its declared type alone; `undefined` where that does not decide: in SQLite it binds
 * nothing, and of an unknown type the sample tells more.
 */
export function typeByDeclaration({ declared, kind }: CatalogColumn, grammar: SqlGrammar): Finding | undefined {
  const found = (type: Finding['type'], more = '', settings: Finding['settings'] = {}): Finding => ({
    type,
    settings,
    evidence: `declared ${declared}${more}`,
  });
  switch (kind) {
    case 'integer':
      return /^tinyint\(1\)/i.test(declared) ? found('boolean') : found('integer');
    case 'decimal':
      return /\(\d+(?:,\s*0)?\)/.test(declared) ? found('integer') : found('decimal');
    case 'float':
      return found('decimal', ', approximate');
    case 'boolean':
      return found('boolean');
    case 'text':
      return found('text');
    case 'date':
      return found('date');
    case 'instant':
      return found('datetime');
    case 'datetime':
      // The session is in UTC, and MySQL converts what it keeps as TIMESTAMP.
      return grammar === 'mysql' && /^timestamp/i.test(declared)
        ? found('datetime', ', converted to UTC', { time_zone: 'UTC' })
        : found('datetime', ', without a zone: declare time_zone');
    case 'stored':
    case 'other':
      return undefined;
  }
}
