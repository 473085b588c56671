/** A name and an address, as in `Plumbline <plumbline@example.com>`. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

// Exactly one address, and nothing that could end it or begin another: no space, comma, bracket or control character.
const ADDRESS = /^[^\s@<>()[\],;:\\"\p{Cc}]+@[^\s@<>()[\],;:\\"\p{Cc}]+$/u;
const MAILBOX = /^\s*(?:"?(?<name>[^"<>\p{Cc}]*?)"?\s*<(?<inBrackets>[^<>]+)>|(?<bare>\S+))\s*$/u;

/** Whether `text` is one plain address. Existence is the mail server's business. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && ADDRESS.test(text);
}

/** `Name <address>` or a bare address; `undefined` for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  const groups = MAILBOX.exec(text)?.groups;
  const address = groups?.['inBrackets'] ?? groups?.['bare'] ?? '';
  return isAddress(address) ? { name: groups?.['name'] ?? '', address } : undefined;
}
