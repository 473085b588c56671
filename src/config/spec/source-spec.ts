import { z } from 'zod';
import { EVIDENCE_KINDS, type EvidenceKind } from '#src/domain/freshness/evidence.js';
import { Id } from './scalars.js';

const KINDS = Object.keys(EVIDENCE_KINDS) as [EvidenceKind, ...EvidenceKind[]];

/** What an extract, or all of a connection, says of how it shows its age and of who fills it. */
export const sourceSettings = {
  evidence: z
    .enum(KINDS)
    .optional()
    .describe(
      'What shows how far the source has come: newest_row (the day of its newest row; default), watermark (a column’s maximum, a query, its own word), file_time (when its files were changed), as_of (a cell, a line, the name of a file or a query that says what day its figures stand for).',
    ),
  kept_by: Id.optional().describe(
    'Person who keeps the figures by hand, as in a sheet, and is told when one is not there.',
  ),
};
