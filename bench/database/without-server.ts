import type { FigureResult } from '../figure.js';

/** In place of a figure that could not be measured on this machine. */
export function without(server: string): FigureResult {
  return { header: [''], rows: [], notes: [`Not measured: there is no ${server} on this machine.`] };
}
