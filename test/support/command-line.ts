import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

export type Env = Readonly<Record<string, string | undefined>>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line as a real process; its environment is exactly `env` beside PATH and HOME. */
export async function plumbline(args: readonly string[], env: Env): Promise<Ended> {
  const running = start(args, env);
  const [code] = await once(running.child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout: running.stdout(), stderr: running.stderr() };
}

export interface RunningProcess {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when stderr holds the text; rejects when the process ends before. */
  says(text: string): Promise<void>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export function start(args: readonly string[], env: Env): RunningProcess {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close');
  return {
    child,
    stdout: () => out,
    stderr: () => err,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (err.includes(text)) resolve();
        };
        child.stderr.on('data', look);
        void ended.then(() => reject(new Error(`the process ended without saying "${text}":\n${out}\n${err}`)));
        look();
      }),
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
