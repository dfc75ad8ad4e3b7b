// The line to the gateway: the stream of decisions, and coming back to it. A stream that breaks is
// asked for again from the number after the last one heard, so nothing is missing and nothing comes
// twice.

import { reading } from './readings.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15000;
const PAUSE_GROWTH = 1.7;

/** The stream sends at least a heartbeat a second; this long without a word it is dead. */
const SILENCE_MS = 6000;

/** How many of the events before now are looked through for decisions when the page opens. */
const BACKLOG = 3000n;

export class Link {
  /** 'connecting', 'live' or 'waiting'. */
  state = 'connecting';

  /** When it was lost, by this machine's clock; null while it holds. */
  lostAt = null;

  /** When the next attempt is due, on the clock of performance.now(). */
  retryAt = 0;

  #listener;
  #heard = null;
  #socket = null;
  #failures = 0;
  #lastWord = 0;
  #timer = 0;

  /** @param listener has onState(), onEvent(event), onHeard(number), onOtherHistory() */
  constructor(listener) {
    this.#listener = listener;
    setInterval(() => this.#watch(), 1000);
    addEventListener('online', () => this.retry());
    addEventListener('pagehide', () => this.#drop());
    addEventListener('pageshow', (event) => event.persisted && this.retry());
  }

  /** Starts, or tries again without waiting for the end of the pause. */
  retry() {
    if (this.state === 'live') {
      return;
    }
    clearTimeout(this.#timer);
    this.#connect();
  }

  async #connect() {
    this.#drop();
    this.#become('connecting');
    const attempt = {};
    this.#socket = attempt;
    let last;
    try {
      const status = await reading('v1/status');
      last = BigInt(status.node?.lastEvent ?? status.lastEvent ?? 0);
    } catch {
      if (this.#socket === attempt) {
        this.#lose();
      }
      return;
    }
    if (this.#socket === attempt) {
      this.#open(this.#beginning(last));
    }
  }

  /** Where to go on. A node that has fewer events than were heard tells another history. */
  #beginning(last) {
    if (this.#heard !== null && last < this.#heard) {
      this.#heard = null;
      this.#listener.onOtherHistory();
    }
    if (this.#heard === null) {
      this.#heard = last > BACKLOG ? last - BACKLOG : 0n;
    }
    return this.#heard + 1n;
  }

  #open(from) {
    const address = new URL(`v1/stream?decisions=true&from=${from}`, location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    address.hash = '';
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#lastWord = performance.now();
    socket.onopen = () => {
      this.#lastWord = performance.now();
      this.#become('live');
    };
    socket.onmessage = (message) => {
      this.#lastWord = performance.now();
      this.#failures = 0;
      this.#hear(message.data);
    };
    socket.onclose = () => {
      if (this.#socket === socket) {
        this.#lose();
      }
    };
  }

  #hear(text) {
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      return;
    }
    const number = said.number ?? said.heartbeat;
    if (number === undefined) {
      return;
    }
    const value = BigInt(number);
    if (value <= this.#heard) {
      return;
    }
    this.#heard = value;
    if (said.number !== undefined) {
      this.#listener.onEvent(said);
    }
    this.#listener.onHeard(value);
  }

  #watch() {
    if (this.#socket instanceof WebSocket && performance.now() - this.#lastWord > SILENCE_MS) {
      this.#lose();
    }
  }

  #lose() {
    this.#drop();
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * PAUSE_GROWTH ** this.#failures);
    const pause = longest * (0.75 + Math.random() / 4);
    this.#failures += 1;
    this.retryAt = performance.now() + pause;
    this.#timer = setTimeout(() => this.#connect(), pause);
    this.#become('waiting');
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    if (socket instanceof WebSocket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }

  #become(state) {
    this.state = state;
    if (state === 'live') {
      this.lostAt = null;
    } else if (this.lostAt === null) {
      this.lostAt = new Date();
    }
    this.#listener.onState();
  }
}
