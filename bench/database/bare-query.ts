// A process of its own: node dist/bench/database/bare-query.js <address as JSON> <statement> <manner>. Connects, sends one
// statement by the bare driver, and takes its rows as they stream in; prints the time of that, and how many they were.
//
//   bytes    raw bytes in arrays, counted in an event: the least that the driver does for a row
//   objects  as it gives rows to whoever sets nothing: objects of texts and dates, taken one by one

const [, , address = '{}', sql = '', manner = 'bytes'] = process.argv;
const startedAt = performance.now();
// Loading the driver is part of it, as it is where a source is opened.
const { createConnection } = await import('mysql2');
const connection = createConnection({ ...JSON.parse(address), password: process.env['BENCH_PASSWORD'] });
let count = 0;
if (manner === 'bytes') {
  const rows = connection.query({ sql, rowsAsArray: true, typeCast: false }).stream({ highWaterMark: 1_000 });
  rows.on('data', () => {
    count += 1;
  });
  await new Promise((resolve, reject) => rows.once('end', resolve).once('error', reject));
} else {
  for await (const row of connection.query({ sql }).stream()) count += row === undefined ? 0 : 1;
}
await new Promise<void>((resolve) => connection.end(() => resolve()));
process.stdout.write(`rows ${count}\nread ${(performance.now() - startedAt).toFixed(1)}\n`);
