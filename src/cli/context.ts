/** What a command may touch; a test hands in its own. */
export interface CommandContext {
  readonly stdout: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working directory: relative paths of options start here. */
  readonly cwd: string;
  /** The current instant, UTC ISO. */
  readonly now: () => string;
  /** Aborts when the person asks to stop (Ctrl-C). */
  readonly signal: AbortSignal;
}

/** Exit code of a command; errors are thrown and mapped by their kind. */
export type CommandResult = Promise<number>;

export interface ConfigOption {
  /** Config folder. */
  readonly config: string;
}
