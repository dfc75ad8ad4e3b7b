// When things are done: readings asked for one at a time, painting at most four times a second.

const PAINT_INTERVAL_MS = 250;

/** Paints each part that asked for it, once per turn, in an animation frame. */
export class Painter {
  #waiting = new Set();
  #planned = false;
  #last = -Infinity;

  /** Plans a part to be painted; asking again before it happens changes nothing. */
  ask(paint) {
    this.#waiting.add(paint);
    if (this.#planned) {
      return;
    }
    this.#planned = true;
    const pause = Math.max(0, this.#last + PAINT_INTERVAL_MS - performance.now());
    setTimeout(() => requestAnimationFrame(() => this.#turn()), pause);
  }

  #turn() {
    const parts = [...this.#waiting];
    this.#waiting.clear();
    this.#planned = false;
    this.#last = performance.now();
    for (const paint of parts) {
      paint();
    }
  }
}

/**
 * Asks for one reading again and again, never twice at a time, and not while the page is hidden or
 * `mayAsk` says no.
 */
export class Poll {
  #ask;
  #mayAsk;
  #intervalMs;
  #timer = 0;
  #underWay = false;
  #again = false;

  constructor(intervalMs, mayAsk, ask) {
    this.#intervalMs = intervalMs;
    this.#mayAsk = mayAsk;
    this.#ask = ask;
    this.#plan();
  }

  /** Asks at once, or as soon as the answer under way is there. */
  now() {
    if (this.#underWay) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#run();
  }

  #plan() {
    this.#timer = setTimeout(() => this.#run(), this.#intervalMs);
  }

  async #run() {
    if (document.hidden || !this.#mayAsk()) {
      this.#plan();
      return;
    }
    this.#underWay = true;
    this.#again = false;
    try {
      await this.#ask();
    } finally {
      this.#underWay = false;
      if (this.#again) {
        setTimeout(() => this.now(), 0);
      } else {
        this.#plan();
      }
    }
  }
}
