import { createHash } from 'node:crypto';

/** The one style sheet of all pages: one column, for phones first, in light and in dark mode. */
export const STYLE = [
  ':root{color-scheme:light dark;--page:#f3f4f6;--sheet:#fff;--ink:#1c2430;--quiet:#56606e;--line:#8a94a3}',
  '@media(prefers-color-scheme:dark){:root{--page:#111418;--sheet:#1b2027;--ink:#e6e9ee;--quiet:#a7b0bd;--line:#6b7684}}',
  "body{margin:0;padding:16px 8px;background:var(--page);color:var(--ink);font:17px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}",
  'main{max-width:34em;margin:0 auto;padding:20px 16px;background:var(--sheet);border-radius:8px}',
  'h1{margin:0 0 12px;font-size:22px;line-height:1.25}p{margin:0 0 12px}',
  'dl{margin:0 0 16px}dt{color:var(--quiet);font-size:14px}dd{margin:0 0 8px}',
  'label,legend{display:block;margin:0 0 4px}fieldset{margin:0 0 16px;padding:0;border:0}legend{padding:0}fieldset label{padding:8px 0}',
  'textarea{box-sizing:border-box;width:100%;margin:0 0 16px;padding:8px;border:1px solid var(--line);border-radius:6px;background:var(--page);color:var(--ink);font:inherit}',
  'button{width:100%;padding:14px;border:0;border-radius:6px;background:#0b5cad;color:#fff;font:inherit;font-weight:700}',
  'footer{margin:20px 0 0;color:var(--quiet);font-size:14px}',
].join('');

/** How a policy for content names the sheet. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
