// Times as the engine knows them: UTC, from the readings, never from this machine's clock.

/** Milliseconds since 1970 of an ISO time; null when there is none. Nanoseconds are cut off. */
export function milliseconds(iso) {
  const value = iso ? Date.parse(String(iso).replace(/(\.\d{3})\d+/, '$1')) : NaN;
  return Number.isNaN(value) ? null : value;
}

/** `2026-01-02 03:04:05` of an ISO time. */
export function dateAndTime(iso) {
  const at = milliseconds(iso);
  return at === null ? '–' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** `03:04:05` of an ISO time. */
export function timeOfDay(iso) {
  const at = milliseconds(iso);
  return at === null ? '–' : new Date(at).toISOString().slice(11, 19);
}

/** A length of time in its two largest units: `2 h 05 min`, `4 min 09 s`, `7 s`. */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value) => String(value).padStart(2, '0');
  if (seconds >= 86400) {
    return `${Math.floor(seconds / 86400)} d ${two(Math.floor((seconds % 86400) / 3600))} h`;
  }
  if (seconds >= 3600) {
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
  }
  return seconds >= 60 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s` : `${seconds} s`;
}

/** The engine's clock between two readings: the time last read and what has passed since. */
export class EngineClock {
  #time = null;
  #at = 0;

  /** Takes the time of a reading; older ones are ignored, so answers may overtake one another. */
  hear(iso) {
    const time = milliseconds(iso);
    if (time !== null && (this.#time === null || time >= this.#time)) {
      this.#time = time;
      this.#at = performance.now();
    }
  }

  /** Forgets: another history has begun. */
  reset() {
    this.#time = null;
  }

  /** Engine time last read, milliseconds; null before the first reading. */
  get read() {
    return this.#time;
  }

  /** Engine time by now if it runs like ours, at most `limitMs` beyond what was read. */
  now(limitMs = 3000) {
    return this.#time === null
      ? null
      : this.#time + Math.min(limitMs, performance.now() - this.#at);
  }
}
