// A process of its own: node dist/bench/database/collect-orders.js <config folder>. Prints the time of the pull steps and,
// as JSON, what was stored.
import { collectFolder } from '../collection/collect-folder.js';
import { ORDERS_LOGICAL_TIME } from './orders-site.js';

const { run, pullMs, actuals, descriptions } = await collectFolder(process.argv[2] ?? '', {
  logicalTime: ORDERS_LOGICAL_TIME,
  env: process.env,
});
if (run.state !== 'done' || run.rejected > 0) throw new Error(`${JSON.stringify(run)}\n${descriptions.join('\n')}`);
process.stdout.write(`${JSON.stringify({ descriptions, actuals })}\nread ${pullMs.toFixed(1)}\n`);
