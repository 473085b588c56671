import { z } from 'zod';

/** What every channel takes that posts to a url. */
export const httpShape = {
  allowed_hosts: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Hosts that the url may lead to; *.example.com stands for every host below example.com.'),
  allow_private: z
    .boolean()
    .optional()
    .describe('Whether the host may have a private address, or be this machine; the latter may then be http://.'),
  timeout_seconds: z.number().positive().max(60).optional().describe('How long an answer is waited for (default 20).'),
  ca: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the certificate authority; a relative path starts at the config folder.'),
};

const httpOptions = z.strictObject(httpShape);
export type HttpOptions = z.infer<typeof httpOptions>;
