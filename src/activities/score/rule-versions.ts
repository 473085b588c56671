import type { ResolvedConfig, Scorecard } from '#src/config/types.js';
import type { RollUpRule } from '#src/domain/rollup/types.js';
import { contentDigest } from '../content-digest.js';
import { countedBelow, scorecardTree } from './scorecard-tree.js';

/** What a node's rule version is about, beside the rule: who counts for it, and how much. */
interface WeighedChild {
  readonly node: string;
  readonly weight: string;
}

/** By rule, which lives as long as its configuration, and node: both say the same of every period. */
const versions = new WeakMap<RollUpRule, Map<string, string>>();

/** The version of a node's rule: another one for another method, weight or child. */
export function ruleVersionOf(address: string, children: readonly WeighedChild[], rule: RollUpRule): string {
  const known = versions.get(rule) ?? new Map<string, string>();
  versions.set(rule, known);
  const version =
    known.get(address) ?? contentDigest({ ...rule, weights: children.map(({ node, weight }) => [node, weight]) });
  known.set(address, version);
  return version;
}

/** The rule version of each node of a scorecard, as its roll-ups have it. */
export function ruleVersionsOf(config: ResolvedConfig, scorecard: Scorecard): ReadonlyMap<string, string> {
  const tree = scorecardTree(config);
  const { objectives, perspectives } = scorecard;
  const version = (
    { address, rollUp = config.site.rollUp }: { readonly address: string; readonly rollUp?: RollUpRule },
    children: readonly WeighedChild[],
  ): readonly [string, string] => [address, ruleVersionOf(address, children, rollUp)];
  const weighed = ({ address, weight }: { readonly address: string; readonly weight: string }): WeighedChild => ({
    node: address,
    weight,
  });
  return new Map([
    ...objectives.map((each) => version(each, tree.measuresOfObjective(each.address).map(weighed))),
    ...perspectives.map((each) =>
      version(each, objectives.filter(({ perspective }) => perspective === each.address).map(weighed)),
    ),
    version(scorecard, [
      ...perspectives.map(weighed),
      ...countedBelow(config, scorecard).map(({ address, parent }) => ({
        node: address,
        weight: parent?.weight ?? '1',
      })),
    ]),
  ]);
}
