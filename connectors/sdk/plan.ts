/** An extract that is to be read, as far as planning needs to know it. */
export interface PlanRequest<ExtractOptions> {
  readonly extract: string;
  readonly options: ExtractOptions;
  /** Columns asked for, by the source's names. */
  readonly columns: readonly string[];
}

/** Extracts that one upstream call answers together. */
export interface PlannedCall<ExtractOptions> {
  readonly requests: readonly PlanRequest<ExtractOptions>[];
  /** Requests this call sends upstream: what it costs of a quota. */
  readonly upstreamCalls: number;
  /** For people: `spreadsheet 1AbC…, 14 ranges`. */
  readonly description: string;
}

/** Plans a source that answers one extract at a time: as many calls as extracts. */
export function oneCallEach<ExtractOptions>(
  requests: readonly PlanRequest<ExtractOptions>[],
): readonly PlannedCall<ExtractOptions>[] {
  return requests.map((request) => ({ requests: [request], upstreamCalls: 1, description: request.extract }));
}
