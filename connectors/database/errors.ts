// Driver errors by who must act; a file for each kind of database.
export { castMysqlError } from './errors/mysql.js';
export { connectionLost } from './errors/network.js';
export { castPostgresError } from './errors/postgres.js';
export { castSqliteError } from './errors/sqlite.js';
