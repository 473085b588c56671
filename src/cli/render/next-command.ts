/** The folder that commands take by themselves. */
const USUAL_FOLDER = 'config';

/** ` --config <folder>` as a person must type it; nothing for the usual folder. */
export function configOption(folder: string): string {
  if (folder === USUAL_FOLDER) return '';
  const plain = /^[\w@%+=:,./~-]+$/.test(folder);
  return ` --config ${plain ? folder : `'${folder.replaceAll("'", "'\\''")}'`}`;
}
