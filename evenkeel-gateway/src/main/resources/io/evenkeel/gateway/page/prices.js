// Prices: the last good one of each contract and asset, how it moved since the page was opened, and
// whether it may be relied on.

import { arrange, drawing, element, mark, part, say } from './dom.js';
import { approximate, compare, exact, percent, read, signed, subtract } from './decimal.js';
import { spoken } from './figures.js';

const POINTS = 120;
const LEAST_POINTS = 12;
const WIDTH = 96;
const HEIGHT = 22;

export class PricesPanel {
  #rows = new Map();
  #body = element('tbody', {});
  #table;
  #empty = element('p', { class: 'empty' }, 'Nothing is priced yet: no asset or contract is defined.');

  constructor() {
    this.#table = element(
      'table',
      { class: 'ledger prices' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, 'Symbol'),
          element('th', { scope: 'col', class: 'number' }, 'Mark'),
          element('th', { scope: 'col', class: 'number' }, 'Change'),
          element('th', { scope: 'col', class: 'spark' }, 'Course'),
          element('th', { scope: 'col' }, 'State'),
        ),
      ),
      this.#body,
    );
    part('prices').append(this.#empty, this.#table);
    this.#table.hidden = true;
  }

  /** Shows a reading of `/v1/prices`. */
  show(reading) {
    const prices = reading.prices ?? [];
    const nodes = prices.map((price) => {
      const key = price.instrument === undefined ? `asset ${price.asset}` : price.instrument;
      let row = this.#rows.get(key);
      if (row === undefined) {
        row = new PriceRow(price.instrument ?? price.asset, price.instrument === undefined);
        this.#rows.set(key, row);
      }
      row.show(price);
      return row.node;
    });
    arrange(this.#body, nodes);
    this.#table.hidden = nodes.length === 0;
    this.#empty.hidden = nodes.length > 0;
  }

  /** Forgets the courses: another history has begun. */
  clear() {
    this.#rows.clear();
  }
}

class PriceRow {
  #first = null;
  #course = [];
  #mark = element('td', { class: 'number mark' }, '–');
  #change = element('td', { class: 'number change' }, '–');
  #line = drawing('polyline', { points: '' });
  #state = element('td', { class: 'state' });

  constructor(symbol, isAsset) {
    const name = element('th', { scope: 'row' }, symbol);
    if (isAsset) {
      name.append(element('span', { class: 'unit' }, ' asset'));
    }
    const spark = drawing(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', class: 'sparkline', 'aria-hidden': 'true' },
      this.#line,
    );
    this.node = element(
      'tr',
      { 'data-symbol': symbol },
      name,
      this.#mark,
      this.#change,
      element('td', { class: 'spark' }, spark),
      this.#state,
    );
  }

  show(price) {
    const value = price.price ?? null;
    if (value !== null) {
      this.#first ??= value;
      this.#course.push(approximate(value));
      if (this.#course.length > POINTS) {
        this.#course.shift();
      }
      const change = subtract(value, this.#first);
      const share = percent(change, this.#first, 2);
      const direction = compare(share ?? change, '0');
      say(this.#mark, exact(value, 2));
      say(this.#change, share === null ? signed(change) : `${signed(share)}%`);
      mark(this.#change, 'data-direction', String(direction));
      mark(this.#change, 'title', `opened at ${read(this.#first, 2, 18)}`);
      mark(this.#line, 'points', this.#points());
    }
    const states = statesOf(price);
    mark(this.#state, 'data-state', states.length === 0 ? 'good' : 'bad');
    say(this.#state, states.length === 0 ? 'good' : states.join(', '));
  }

  #points() {
    const low = Math.min(...this.#course);
    const span = Math.max(...this.#course) - low;
    const step = WIDTH / (Math.max(LEAST_POINTS, this.#course.length) - 1);
    const from = WIDTH - (this.#course.length - 1) * step;
    return this.#course
      .map((value, index) => {
        const y = span === 0 ? HEIGHT / 2 : HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
        return `${(from + index * step).toFixed(1)},${y.toFixed(1)}`;
      })
      .join(' ');
  }
}

/** What keeps a price from being relied on; empty when nothing does. */
function statesOf(price) {
  const states = [];
  if (price.price === null || price.price === undefined) {
    states.push('never marked');
  }
  for (const name of ['settled', 'frozen', 'lost', 'degraded']) {
    if (price[name]) {
      states.push(name);
    }
  }
  if (price.lost && price.degraded) {
    states.pop();
  }
  if (price.phase && price.phase !== 'CONTINUOUS') {
    states.push(spoken(price.phase));
  }
  return states;
}
