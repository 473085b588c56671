// The workflows as one file, so that a worker starts without webpack and every worker runs the same code.
import { bundleWorkflowCode } from '@temporalio/worker';

/**
 * Bundles workflow code, and refuses what could break replay.
 *
 * The bundler itself rejects Node built-ins that it cannot replace; it replaces a few (`assert`, `url`, `util`) and
 * tolerates webpack's own warnings. Here a warning is a failure: the sandbox must hold what the source says, no more.
 *
 * @param {string} workflowsPath compiled entry module
 * @returns {Promise<string>} the code
 * @throws {Error} with all that the bundler complained of
 */
export async function bundleWorkflows(workflowsPath) {
  /** @type {string[]} */
  const complaints = [];
  const ignore = () => {};
  /** @param {string} message */
  const complain = (message) => complaints.push(message);
  const logger = { trace: ignore, debug: ignore, info: ignore, warn: complain, error: complain, log: ignore };
  try {
    const { code } = await bundleWorkflowCode({ workflowsPath, logger });
    if (complaints.length === 0) return code;
  } catch (error) {
    complaints.push(error instanceof Error ? error.message : String(error));
  }
  throw new Error(`Bundling the workflows of ${workflowsPath} failed:\n${complaints.join('\n')}`);
}
