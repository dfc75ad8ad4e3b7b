// One decision as a row: in words, opening to its numbers.

import { element, mark } from './dom.js';
import { figures, spoken } from './figures.js';
import { timeOfDay } from './clock.js';
import { kindOf } from './kinds.js';

let made = 0;

/** Builds the row of an event. `row.isOpen` says whether its numbers show. */
export class DecisionRow {
  #event;
  #button;
  #numbers = null;

  constructor(event) {
    this.#event = event;
    made += 1;
    this.id = `numbers-${made}`;
    this.#button = element('button', {
      type: 'button',
      class: 'open',
      'aria-expanded': 'false',
      'aria-controls': this.id,
      'aria-label': `Numbers of event ${event.number}`,
    });
    this.#button.append(chevron());
    const words = element('p', { class: 'words' }, withLinks(event));
    this.node = element(
      'li',
      { class: 'decision', 'data-kind': kindOf(event), 'data-number': event.number },
      this.#button,
      element('time', { datetime: event.time, title: `event ${event.number}` }, timeOfDay(event.time)),
      words,
    );
    this.#button.addEventListener('click', () => this.toggle());
    words.addEventListener('click', (click) => {
      if (click.target.closest('a') === null && getSelection().isCollapsed) {
        this.toggle();
      }
    });
  }

  get isOpen() {
    return this.#numbers !== null;
  }

  /** Opens or closes the numbers. */
  toggle() {
    if (this.#numbers === null) {
      this.#numbers = element('div', { class: 'numbers', id: this.id }, figures(this.#event));
      this.node.append(this.#numbers);
    } else {
      this.#numbers.remove();
      this.#numbers = null;
    }
    mark(this.#button, 'aria-expanded', String(this.isOpen));
  }
}

function chevron() {
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', 'M5.5 3.5 10.5 8l-5 4.5');
  icon.append(path);
  return icon;
}

/** The words, with every account they name as a link that follows it. */
function withLinks(event) {
  const text = event.words || spoken(event.type);
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(/\baccount (\d+)/g)) {
    pieces.push(text.slice(from, found.index));
    pieces.push(element('a', { href: `#account=${found[1]}` }, found[0]));
    from = found.index + found[0].length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
