import { createView, type Dialect } from '../schema/create-table.js';
import { withLeftOut } from './0010-left-out.js';

/** A period in which nothing is expected says as little of a node as one that is not due: what was before it stands. */
export function statements(dialect: Dialect): string[] {
  const select = withLeftOut.replace("score.status = 'not_due'", "score.status in ('not_due', 'not_expected')");
  return createView(dialect, 'v_scorecard_current', select);
}
