// The stream of decisions, newest first. The newest 200 of each kind are kept, so that a flood of
// one kind does not wash away the rare ones; 200 rows are shown.

import { arrange, element, mark, part, say } from './dom.js';
import { count } from './decimal.js';
import { KINDS, kindOf } from './kinds.js';
import { DecisionRow } from './rows.js';

const KEPT = 200;
const RATE_WORTH_SAYING = 10;

export class Decisions {
  #painter;
  #kept = new Map(KINDS.map((kind) => [kind.name, []]));
  #counts = new Map(KINDS.map((kind) => [kind.name, 0]));
  #hidden = new Set();
  #buttons = new Map();
  #rows = new Map();
  #heard = 0;
  #unshown = 0;
  #pausedAt = null;
  #pausedRows = [];
  #rate = 0;
  #heardBefore = 0;
  #paint = () => this.#show();

  constructor(painter) {
    this.#painter = painter;
    for (const kind of KINDS) {
      const button = element('button', {
        type: 'button',
        class: 'kind',
        'aria-pressed': 'true',
        'data-kind': kind.name,
      });
      button.append(
        element('span', { class: 'swatch', 'aria-hidden': 'true' }),
        `${kind.title} `,
        element('span', { class: 'tally' }, '0'),
      );
      button.addEventListener('click', () => this.#choose(kind.name));
      this.#buttons.set(kind.name, button);
    }
    part('decisions-kinds').append(...this.#buttons.values());
    part('decisions-pause').addEventListener('click', () => this.#pause());
    setInterval(() => this.#measure(), 1000);
  }

  /** Takes an event of the stream. Cheap: nothing is drawn here. */
  add(event) {
    const kind = kindOf(event);
    const kept = this.#kept.get(kind);
    this.#heard += 1;
    this.#counts.set(kind, this.#counts.get(kind) + 1);
    kept.push({ order: this.#heard, event, wasShown: false });
    if (kept.length > 2 * KEPT) {
      const gone = kept.splice(0, kept.length - KEPT);
      if (!this.#hidden.has(kind)) {
        this.#unshown += gone.filter((item) => !item.wasShown).length;
      }
    }
    this.#painter.ask(this.#paint);
  }

  /** Forgets everything: another history has begun. */
  clear() {
    for (const kind of KINDS) {
      this.#kept.set(kind.name, []);
      this.#counts.set(kind.name, 0);
    }
    this.#rows.clear();
    this.#pausedRows = [];
    this.#pausedAt = this.#pausedAt === null ? null : 0;
    this.#heard = 0;
    this.#heardBefore = 0;
    this.#unshown = 0;
    this.#painter.ask(this.#paint);
  }

  #choose(kind) {
    if (!this.#hidden.delete(kind)) {
      this.#hidden.add(kind);
    }
    mark(this.#buttons.get(kind), 'aria-pressed', String(!this.#hidden.has(kind)));
    this.#painter.ask(this.#paint);
  }

  #pause() {
    const button = part('decisions-pause');
    if (this.#pausedAt === null) {
      this.#pausedRows = this.#newest();
      this.#pausedAt = this.#heard;
    } else {
      this.#pausedAt = null;
      this.#pausedRows = [];
    }
    mark(button, 'aria-pressed', String(this.#pausedAt !== null));
    say(button, this.#pausedAt === null ? 'Pause' : 'Go on');
    this.#painter.ask(this.#paint);
  }

  #measure() {
    this.#rate = this.#heard - this.#heardBefore;
    this.#heardBefore = this.#heard;
    say(
      part('decisions-rate'),
      this.#rate >= RATE_WORTH_SAYING ? `${count(this.#rate)} a second` : '',
    );
  }

  #newest() {
    const all = [];
    for (const [kind, kept] of this.#kept) {
      if (!this.#hidden.has(kind)) {
        all.push(...kept.slice(-KEPT));
      }
    }
    return all.sort((left, right) => right.order - left.order).slice(0, KEPT);
  }

  #show() {
    const newest =
      this.#pausedAt === null
        ? this.#newest()
        : this.#pausedRows.filter((item) => !this.#hidden.has(kindOf(item.event)));
    const rows = new Map();
    for (const item of newest) {
      item.wasShown = true;
      rows.set(item.order, this.#rows.get(item.order) ?? this.#row(item));
    }
    // A row whose numbers are being read stays until they are closed.
    for (const [order, row] of this.#rows) {
      if (row.isOpen && !rows.has(order)) {
        rows.set(order, row);
      }
    }
    this.#rows = rows;
    const inOrder = [...rows.entries()].sort((left, right) => right[0] - left[0]);
    arrange(
      part('decisions'),
      inOrder.map(([, row]) => row.node),
    );
    for (const [kind, button] of this.#buttons) {
      say(button.querySelector('.tally'), count(this.#counts.get(kind)));
      button.hidden = kind === 'others' && this.#counts.get(kind) === 0;
    }
    part('decisions-empty').hidden = rows.size > 0;
    say(
      part('decisions-empty'),
      this.#heard === 0
        ? 'None heard yet. Each appears here as the venue decides.'
        : 'None of the chosen kinds.',
    );
    say(part('decisions-foot'), this.#summary(newest.length));
  }

  #row(item) {
    return new DecisionRow(item.event);
  }

  #summary(shown) {
    if (this.#heard === 0) {
      return '';
    }
    const pieces = [`${count(shown)} shown of ${count(this.#heard)} heard`];
    if (this.#unshown > 0) {
      pieces.push(`${count(this.#unshown)} came too fast to be shown`);
    }
    if (this.#pausedAt !== null) {
      pieces.push(`paused, ${count(this.#heard - this.#pausedAt)} waiting`);
    }
    return pieces.join(' · ');
  }
}
