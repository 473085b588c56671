import Database from 'better-sqlite3';

/** Our scores against those that floats make. */
export interface Agreement {
  readonly scores: number;
  /** Scores that floats put on the other side of a limit: 0.4999999999999993 is below the half. */
  readonly otherStatus: number;
}

/** More than what floats lose. */
const TOLERANCE = 1e-12;

/** Compares all scores of two stores. Throws where one has another node or period, or a score that differs by more than floats do. */
export function scoreAgreement(ours: string, theirs: string): Agreement {
  const db = new Database(ours, { readonly: true });
  try {
    db.prepare('attach ? as peer').run(theirs);
    const found = db
      .prepare(
        `select count(*) as scores, sum(own.status <> other.status) as otherStatus,
           sum(other.node is null or not abs(own.score_number - other.score_number) <= ${TOLERANCE}) as wrong,
           (select count(*) from peer.score) as peers
         from main.score own left join peer.score other on other.node = own.node and other.period_id = own.period_id`,
      )
      .get() as Agreement & { readonly wrong: number; readonly peers: number };
    if (found.wrong > 0 || found.peers !== found.scores) {
      throw new Error(`Of ${found.scores} scores ${found.wrong} are not those of pandas, which has ${found.peers}`);
    }
    return found;
  } finally {
    db.close();
  }
}
