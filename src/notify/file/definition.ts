import { resolve } from 'node:path';
import { z } from 'zod';
import type { ChannelDefinition } from '../channel-definition.js';
import { openFileSender } from './sender.js';

export const fileOptions = z.strictObject({
  path: z.string().min(1).describe('The file; a relative path starts at the config folder.'),
});
export type FileOptions = z.infer<typeof fileOptions>;

/** A journal: messages appended to one text file, for a first look and for machines without mail. */
export const fileChannel: ChannelDefinition<FileOptions> = {
  kind: 'file',
  options: fileOptions,
  open: async ({ path }, { baseDirectory, now }) => openFileSender(resolve(baseDirectory, path), now),
};
