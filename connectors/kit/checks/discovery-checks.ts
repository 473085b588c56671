import type { DiscoverRequest } from '#connectors/sdk/discovery.js';
import { expectSame, expectThat } from '../exam-failure.js';
import { sampleRows } from '../exam-rows.js';
import { readWhole, requestFor, withSource } from '../reading.js';
import { type ExamCheck, type ExamSubject, type Situation, unlessAbsent } from '../types.js';

const COLUMNS = ['id', 'name', 'amount'] as const;

export function discoverRequest(subject: ExamSubject, situation: Situation): DiscoverRequest {
  const stream = subject.discoverStream?.(situation);
  return { ...(stream === undefined ? {} : { stream }), sampleRows: 20, signal: new AbortController().signal };
}

export const discoveryChecks: readonly ExamCheck[] = [
  {
    name: 'check-answers-named-probes',
    asks: 'Does checking a healthy source answer named probes, none of which fails?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(5)), async (source) => {
        const probes = await source.check(new AbortController().signal);
        expectThat(probes.length > 0, 'A check must answer at least one probe');
        expectSame(
          new Set(probes.map((probe) => probe.name)).size,
          probes.length,
          'The number of different probe names',
        );
        const failed = probes.filter((probe) => probe.outcome === 'fail');
        expectThat(failed.length === 0, 'No probe of a healthy source may fail', failed);
        const bare = probes.filter((probe) => probe.outcome !== 'ok' && (probe.remedy ?? '').trim() === '');
        expectThat(bare.length === 0, 'A probe that is not ok must have a remedy', bare);
      });
    },
  },
  {
    name: 'discover-stable-twice',
    asks: 'Does an unchanged source tell the same of itself when it is asked twice?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(30)), async (source, situation) => {
        const request = discoverRequest(subject, situation);
        const first = await source.discover(request);
        const second = await source.discover(request);
        expectThat(first.length > 0, 'There must be a stream to discover');
        expectSame(second, first, 'What is discovered the second time');
      });
    },
  },
  {
    name: 'discovered-fields-have-evidence',
    asks: 'Has each field a type, a reason for it, and samples?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(30)), async (source, situation) => {
        const streams = await source.discover(discoverRequest(subject, situation));
        const stream = streams.find((each) =>
          COLUMNS.every((name) => each.fields.some((field) => field.name === name)),
        );
        expectThat(stream !== undefined, `A stream with the fields ${COLUMNS.join(', ')} must be discovered`, streams);
        expectThat(
          stream.fingerprint.length >= 16,
          'A stream must have a fingerprint of its layout',
          stream.fingerprint,
        );
        for (const field of stream.fields) {
          expectThat(field.evidence.trim() !== '', `The type of "${field.name}" must have its evidence`, field);
        }
        const id = stream.fields.find((field) => field.name === 'id');
        expectThat(
          (id?.sample.length ?? 0) > 0 && stream.sampledRows > 0,
          'A field must show some of its values, of the rows that were looked at',
          id,
        );
      });
    },
  },
  {
    name: 'discovered-source-can-be-read',
    asks: 'Can what discovery suggests be read as it is?',
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(9)), async (source, situation) => {
        const streams = await source.discover(discoverRequest(subject, situation));
        const stream = streams.find((each) =>
          COLUMNS.every((name) => each.fields.some((field) => field.name === name)),
        );
        expectThat(stream !== undefined, `A stream with the fields ${COLUMNS.join(', ')} must be discovered`, streams);
        const parsed = subject.connector.extractSchema.safeParse(stream.source);
        expectThat(parsed.success, 'The suggested source must be valid for the extract schema', parsed.error?.issues);
        const request = { ...requestFor(subject.connector, situation), options: parsed.data as unknown };
        const whole = await readWhole(source, { ...request, columns: [...COLUMNS] });
        expectSame(whole.rows.length, situation.rows.length, 'The number of rows of the suggested source');
      });
    },
  },
  {
    name: 'watermark-moves-with-the-source',
    asks: 'Is the watermark the same while the source stands, and another once it moved?',
    doesNotApply: (subject) => unlessAbsent(subject.noWatermark),
    async run(subject) {
      await withSource(subject, subject.filledWith(COLUMNS, sampleRows(5)), async (source, situation) => {
        const request = requestFor(subject.connector, situation);
        const first = await source.watermark(request);
        const again = await source.watermark(request);
        expectSame(again, first, 'The watermark of a source that did not move');
        expectThat(
          first !== undefined && situation.move !== undefined,
          'A source must have a watermark and be made to move by `move`, or the subject say in `noWatermark` why it has none',
          first,
        );
        await situation.move();
        const moved = await source.watermark(request);
        expectThat(
          moved !== undefined && moved.value !== first.value,
          'A source that moved must have another watermark',
          moved,
        );
      });
    },
  },
];
