#!/usr/bin/env node
// Checks the arrows between the rooms (.dependency-cruiser.mjs). Fails, too, when it saw suspiciously little: a checker
// that finds no modules finds no violations either.
import { followArrows } from './arrows/cruise.mjs';
import { root } from './setup/root.mjs';

const LEAST_MODULES = 60;
const LEAST_ALIASED = 60;

const { modules, aliased, broken } = await followArrows(root);
for (const { rule, from, to, reason } of broken) {
  process.stderr.write(`${rule}: ${from} → ${to}\n    ${reason}\n`);
}
process.stderr.write(`${modules} modules, ${aliased} imports between rooms, ${broken.length} against the rules.\n`);
if (modules < LEAST_MODULES || aliased < LEAST_ALIASED) {
  process.stderr.write(
    `Too few were seen (at least ${LEAST_MODULES} and ${LEAST_ALIASED} are there): the check itself is broken.\n`,
  );
  process.exitCode = 1;
}
if (broken.length > 0) process.exitCode = 1;
