// Asking the gateway for readings.

const PATIENCE_MS = 6000;

/** The gateway answered, but not with a reading. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || `answered ${status}`);
    this.status = status;
  }
}

/**
 * One reading.
 *
 * @throws Refused when the gateway answers something else than 200; a TypeError or a DOMException
 *   when it cannot be reached or does not answer in time
 */
export async function reading(path) {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) {
    throw new Refused(response.status, await response.json().catch(() => null));
  }
  return response.json();
}
