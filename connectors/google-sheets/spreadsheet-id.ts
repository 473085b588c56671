const ID = /^[A-Za-z0-9_-]{5,200}$/;
const ADDRESS = /^https:\/\/docs\.google\.com\/spreadsheets\/(?:u\/\d+\/)?d\/(?<id>[A-Za-z0-9_-]{5,200})(?:[/?#].*)?$/;

/** The id of a spreadsheet, from an id or from the address that a browser shows; `undefined` where it is neither. */
export function spreadsheetIdOf(text: string): string | undefined {
  const trimmed = text.trim();
  return ID.test(trimmed) ? trimmed : ADDRESS.exec(trimmed)?.groups?.['id'];
}

/** The tab's number in an address (`#gid=123`), as text. */
export function tabNumberOf(text: string): string | undefined {
  return /[#?&]gid=(?<gid>\d{1,12})/.exec(text)?.groups?.['gid'];
}

/** An id as messages show it. */
export function shortId(id: string): string {
  return id.length <= 12 ? id : `${id.slice(0, 8)}…`;
}
