import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/** A file system error as a typed failure. `what` is the thing being done, for the message: `Opening folder "x"`. */
export function castFileError(error: unknown, what: string): PlumblineError {
  if (error instanceof PlumblineError) return error;
  const code = codeOf(error);
  const options = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new PlumblineError('not_found', 'SOURCE_FILE_NOT_FOUND', `${what}: it does not exist`, {
        ...options,
        remedy:
          'Bring it back, or correct "folder:" of the connection or "files:" of the extract (the folder is relative to the configuration folder).',
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new PlumblineError(
        'permission',
        'SOURCE_PERMISSION_DENIED',
        `${what}: the right to read it is missing (${code})`,
        {
          ...options,
          remedy: 'Give the user that runs Plumbline read access to the folder and its files.',
        },
      );
    case 'ELOOP':
      return new PlumblineError('permission', 'SOURCE_OUTSIDE_FOLDER', `${what}: its links lead in a circle`, {
        ...options,
        remedy: 'Replace the link by the file itself.',
      });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EMFILE':
    case 'ENFILE':
    case 'EBUSY':
    case 'EAGAIN':
    case 'EIO':
    case 'ESTALE':
    case 'ETIMEDOUT':
      return new PlumblineError(
        'transient',
        'SOURCE_UNREACHABLE',
        `${what}: the file system refused for now (${code})`,
        {
          ...options,
          remedy: 'It is tried again; if it stays, look at the disk or the network share.',
        },
      );
    default:
      return new PlumblineError('defect', 'BUG_UNEXPECTED_FILE_ERROR', `${what}: ${messageOf(error)}`, options);
  }
}

/** The file changed while it was read, so what was read is no state it ever had. */
export function fileChanging(name: string, change: string): PlumblineError {
  return new PlumblineError(
    'transient',
    'SOURCE_FILE_CHANGING',
    `Reading "${name}": it changed meanwhile (${change})`,
    {
      remedy: 'It is tried again. Have the writer write under another name and rename the file when it is complete.',
    },
  );
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The header itself cannot be read, so no column of the file can be found. */
export function unreadableHeader(
  name: string,
  line: number,
  problem: { readonly message: string; readonly remedy: string },
): PlumblineError {
  return new PlumblineError(
    'layout',
    'SOURCE_HEADER_UNREADABLE',
    `Reading the header at "${name}:${line}": ${problem.message}`,
    {
      remedy: problem.remedy,
    },
  );
}
