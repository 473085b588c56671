import type { LintFinding, LintSubject } from './types.js';

const OBJECTIVES = { least: 12, most: 18 };
const PER_PERSPECTIVE = { least: 3, most: 5 };
const MEASURES_PER_OBJECTIVE = 2;
const MEASURES = 20;

/**
 * Whether a scorecard has the size that people can steer by: 12–18 objectives, 3–5 in each perspective, at most two
 * strategic measures an objective, fewer than 20 in all. Operational measures do not count.
 */
export function sizeFindings(subject: LintSubject): readonly LintFinding[] {
  const strategic = subject.measures.filter((measure) => measure.operational !== true);
  return [
    ...objectiveFindings(subject),
    ...perspectiveFindings(subject),
    ...subject.objectives.flatMap(({ address }): readonly LintFinding[] => {
      const count = strategic.filter(({ objective }) => objective === address).length;
      if (count <= MEASURES_PER_OBJECTIVE) return [];
      const message = `${count} strategic measures on one objective; practice has at most ${MEASURES_PER_OBJECTIVE}`;
      return [{ rule: 'measures_per_objective_2', subject: address, message, remedy: FEWER_MEASURES }];
    }),
    ...(strategic.length < MEASURES ? [] : [tooManyMeasures(subject.address, strategic.length)]),
  ];
}

const FEWER_MEASURES = 'keep those that say most, or mark the others role: operational';

function objectiveFindings({ address, objectives }: LintSubject): readonly LintFinding[] {
  const { length } = objectives;
  if (length >= OBJECTIVES.least && length <= OBJECTIVES.most) return [];
  const message = `${length} objectives; practice has ${OBJECTIVES.least} to ${OBJECTIVES.most}`;
  const remedy =
    length < OBJECTIVES.least
      ? 'see which causes and effects are not told yet'
      : 'join objectives, or move some to a scorecard of their own';
  return [{ rule: 'objectives_12_18', subject: address, message, remedy }];
}

function perspectiveFindings({ perspectives, objectives }: LintSubject): readonly LintFinding[] {
  return perspectives.flatMap(({ address }): readonly LintFinding[] => {
    const count = objectives.filter(({ perspective }) => perspective === address).length;
    if (count >= PER_PERSPECTIVE.least && count <= PER_PERSPECTIVE.most) return [];
    const noun = count === 1 ? 'objective' : 'objectives';
    const message = `${count} ${noun} in this perspective; practice has ${PER_PERSPECTIVE.least} to ${PER_PERSPECTIVE.most}`;
    const remedy = count < PER_PERSPECTIVE.least ? 'see what is missing from this point of view' : 'join objectives';
    return [{ rule: 'perspective_3_5', subject: address, message, remedy }];
  });
}

function tooManyMeasures(subject: string, count: number): LintFinding {
  const message = `${count} strategic measures; practice has fewer than ${MEASURES}`;
  return { rule: 'measures_under_20', subject, message, remedy: FEWER_MEASURES };
}
