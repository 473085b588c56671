/** Letters of a reason. */
export const LONGEST_REASON = 500;

/** Bytes of a form: a token and a reason in which each letter takes as many as it can. */
export const LONGEST_FORM = 8 * 1024;

/** How long a snooze may be, as the form offers it. */
export const SNOOZES = { '1d': '1 day', '3d': '3 days', '1w': '1 week' } as const satisfies Record<string, string>;

/** What was sent by the button. */
export interface LinkForm {
  readonly token: string;
  /** One line; empty where nothing was written. */
  readonly reason: string;
  /** Of a snooze; absent where it is none that the form offers. */
  readonly snooze?: keyof typeof SNOOZES;
}

/** Whether a Content-Type is that of the form, and of nothing that a script of another site sends without asking. */
export function isFormType(contentType: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');
}

/** The fields of a form. A field that is sent twice counts as not sent. */
export function readForm(body: string): LinkForm {
  const fields = new URLSearchParams(body);
  const only = (name: string): string => {
    const [value = '', ...others] = fields.getAll(name);
    return others.length === 0 ? value : '';
  };
  const length = only('for');
  return {
    token: only('token'),
    reason: oneLine(only('reason')).slice(0, LONGEST_REASON).trim(),
    ...(isSnooze(length) ? { snooze: length } : {}),
  };
}

function isSnooze(text: string): text is keyof typeof SNOOZES {
  return Object.hasOwn(SNOOZES, text);
}

function oneLine(text: string): string {
  return text.replace(/[\p{C}\u2028\u2029\s]+/gu, ' ').trim();
}
