import { PlumblineError } from '#src/domain/failure/plumbline-error.js';

/**
 * Work that writes files below a folder; what the file system refuses is for the person to mend and no fault of ours.
 *
 * @throws PlumblineError `permission` CLI_CANNOT_WRITE
 */
export async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new PlumblineError('permission', 'CLI_CANNOT_WRITE', `Cannot write to "${folder}": ${error.message}`, {
      remedy: 'Name a folder on a disk with room, which you may write to.',
      cause: error,
    });
  }
}
