// What `check` asks; a file for each kind of database.
export { checkMysql } from './check/mysql.js';
export { checkPostgres } from './check/postgres.js';
export { checkSqlite } from './check/sqlite.js';
