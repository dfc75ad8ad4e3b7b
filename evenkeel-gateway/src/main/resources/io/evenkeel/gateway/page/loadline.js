// The load line: equity as the water line against the four levels, as on a ship's side. Left its
// course while the account is followed, right the gauge, both on one scale. Floats here: this only
// draws.

import { arrange, drawing, mark } from './dom.js';
import { approximate, compare, read } from './decimal.js';
import { duration } from './clock.js';
import { spread } from './spread.js';

export const LEVELS = ['maintenance', 'search', 'initial', 'release'];
const BANDS = ['LIQUIDATION', 'CALL', 'RESTRICTED', 'HEALTHY', 'EXCESS'];

const KEPT_MS = 5 * 60_000;
const LEAST_SPAN_MS = 2_000;
const MIDDLE_WORTH_SAYING_MS = 20_000;
const MOST_SAMPLES = 700;
const TOP = 18;
const BOTTOM = 26;
const GAUGE = 30;
const SCALE = 9;

/** Width of a digit at the size of the labels. */
const LETTER = 7.1;

export class LoadLine {
  #samples = [];
  #low = 0;
  #high = 1;
  #width = 0;
  #height = 0;
  #plot = 0;
  #narrow = false;

  constructor() {
    this.node = drawing('svg', { class: 'loadline', role: 'img', 'aria-label': 'load line' });
    this.#layers();
    this.onResize = () => {};
    new ResizeObserver(() => this.onResize()).observe(this.node);
  }

  #layers() {
    const layer = (name) => drawing('g', { class: name });
    this.shades = layer('shades');
    this.lines = layer('levels');
    this.course = drawing('polyline', { class: 'course' });
    this.gauge = layer('gauge');
    this.leaders = layer('leaders');
    this.labels = layer('labels');
    this.times = layer('times');
    this.disc = drawing(
      'g',
      { class: 'disc' },
      drawing('circle', { r: 8 }),
      drawing('path', { d: 'M-17 0H17' }),
    );
    this.node.append(
      this.shades, this.lines, this.course, this.gauge,
      this.leaders, this.labels, this.times, this.disc,
    );
  }

  /**
   * Takes a weighing of the account followed.
   *
   * @param atMs engine time
   */
  add(atMs, account) {
    const last = this.#samples.at(-1);
    const sample = {
      at: atMs,
      equity: approximate(account.equity),
      levels: LEVELS.map((name) =>
        account.levels[name] === null || account.levels[name] === undefined
          ? null
          : approximate(account.levels[name]),
      ),
      account,
    };
    if (last !== undefined && atMs <= last.at) {
      this.#samples[this.#samples.length - 1] = { ...sample, at: last.at };
    } else {
      this.#samples.push(sample);
    }
    while (
      this.#samples.length > MOST_SAMPLES ||
      (this.#samples.length > 2 && this.#samples[1].at < atMs - KEPT_MS)
    ) {
      this.#samples.shift();
    }
  }

  /** Draws what was taken so far. */
  draw() {
    const now = this.#samples.at(-1);
    const box = this.node.getBoundingClientRect();
    if (now === undefined || box.width < 80) {
      return;
    }
    this.#width = box.width;
    this.#height = box.height;
    this.#narrow = box.width < 560;
    this.#rescale();
    const labels = labelsOf(now.account, this.#beyond(now.equity));
    const longest = Math.max(
      ...labels.map((label) =>
        this.#narrow ? Math.max(label.name.length, label.value.length) : label.name.length + label.value.length + 1,
      ),
    );
    const labelWidth = Math.min(box.width * 0.46, Math.max(92, longest * LETTER + 34));
    this.#plot = box.width - labelWidth - GAUGE - SCALE;
    mark(this.node, 'viewBox', `0 0 ${box.width} ${box.height}`);
    mark(this.node, 'aria-label', inWords(now.account));
    this.#drawCourse(now);
    this.#drawGauge(now);
    this.#drawLabels(now, labels);
  }

  /** The scale follows what is to be seen, but only when it must: it should not tremble. */
  #rescale() {
    let low = Infinity;
    let high = -Infinity;
    for (const { levels } of this.#samples) {
      const known = levels.filter((level) => level !== null);
      low = Math.min(low, known[0]);
      high = Math.max(high, known.at(-1));
    }
    const span = high - low || Math.abs(high) * 0.5 || 1;
    let least = low;
    let most = high;
    for (const { equity } of this.#samples) {
      least = Math.min(least, Math.max(equity, low - 1.2 * span));
      most = Math.max(most, Math.min(equity, high + 1.2 * span));
    }
    least -= 0.22 * span;
    most += 0.22 * span;
    const held = this.#high - this.#low;
    if (least < this.#low || most > this.#high || most - least < 0.7 * held) {
      const room = 0.08 * (most - least);
      this.#low = least - room;
      this.#high = most + room;
    }
  }

  /** An arrow when a value lies off the scale. */
  #beyond(value) {
    return value > this.#high ? ' \u25b2' : value < this.#low ? ' \u25bc' : '';
  }

  #y(value) {
    const inside = Math.min(this.#high, Math.max(this.#low, value));
    const share = (inside - this.#low) / (this.#high - this.#low);
    return this.#height - BOTTOM - share * (this.#height - TOP - BOTTOM);
  }

  #drawCourse(now) {
    const first = this.#samples[0].at;
    const span = Math.min(KEPT_MS, Math.max(LEAST_SPAN_MS, now.at - first));
    const x = (at) => Math.max(0, this.#plot - ((now.at - at) / span) * this.#plot);
    const points = (pick) =>
      this.#samples.map((it) => `${x(it.at).toFixed(1)},${this.#y(pick(it)).toFixed(1)}`);
    const edges = [
      () => this.#low,
      ...LEVELS.map((_, index) => (it) => it.levels[index] ?? this.#high),
      () => this.#high,
    ];
    arrange(
      this.shades,
      BANDS.map((zone, index) => {
        const upper = points(edges[index + 1]);
        const lower = points(edges[index]).reverse();
        return this.#kept(this.shades, index, 'polygon', {
          'data-zone': zone,
          points: [...upper, ...lower].join(' '),
        });
      }),
    );
    arrange(
      this.lines,
      LEVELS.map((name, index) =>
        this.#kept(this.lines, index, 'polyline', {
          'data-level': name,
          points: now.levels[index] === null ? '' : points((it) => it.levels[index] ?? this.#high).join(' '),
        }),
      ),
    );
    mark(this.course, 'points', points((it) => it.equity).join(' '));
    this.#drawTimes(span);
  }

  #drawTimes(span) {
    const marks = this.#narrow || span < MIDDLE_WORTH_SAYING_MS ? [0, 1] : [0, 0.5, 1];
    arrange(
      this.times,
      marks.map((share, index) => {
        const text = this.#kept(this.times, index, 'text', {
          x: (share * this.#plot).toFixed(1),
          y: this.#height - BOTTOM + 17,
          'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle',
        });
        text.textContent = share === 1 ? 'now' : `${duration(span * (1 - share))} ago`;
        return text;
      }),
    );
  }

  #drawGauge(now) {
    const edges = [this.#low, ...now.levels.map((level) => level ?? this.#high), this.#high];
    const nodes = BANDS.map((zone, index) => {
      const top = this.#y(edges[index + 1]);
      return this.#kept(this.gauge, index, 'rect', {
        class: 'band',
        'data-zone': zone,
        x: this.#plot + GAUGE,
        y: top.toFixed(1),
        width: SCALE,
        height: Math.max(0, this.#y(edges[index]) - top).toFixed(1),
      });
    });
    const surface = this.#y(now.equity);
    nodes.push(
      this.#kept(this.gauge, BANDS.length, 'rect', {
        class: 'hull',
        x: this.#plot,
        y: TOP,
        width: GAUGE,
        height: this.#height - TOP - BOTTOM,
      }),
      this.#kept(this.gauge, BANDS.length + 1, 'rect', {
        class: 'fill',
        x: this.#plot,
        y: surface.toFixed(1),
        width: GAUGE,
        height: Math.max(0, this.#height - BOTTOM - surface).toFixed(1),
      }),
    );
    arrange(this.gauge, nodes);
    mark(this.disc, 'transform', `translate(${(this.#plot + GAUGE / 2).toFixed(1)} ${surface.toFixed(1)})`);
  }

  #drawLabels(now, labels) {
    const room = this.#narrow ? 29 : 19;
    const wanted = labels.map((label) => this.#y(approximate(label.exact)));
    const places = spread(wanted, room, TOP - 4, this.#height - BOTTOM + 4);
    const from = this.#plot + GAUGE + SCALE;
    const leaders = [];
    const texts = [];
    labels.forEach((label, index) => {
      const y = places[index];
      const at = wanted[index].toFixed(1);
      leaders.push(
        this.#kept(this.leaders, index, 'path', {
          'data-level': label.name,
          d: `M${(from - SCALE).toFixed(1)} ${at}H${from} L${from + 14} ${y.toFixed(1)}H${from + 18}`,
        }),
      );
      texts.push(this.#label(index, label, from + 22, y));
    });
    arrange(this.leaders, leaders);
    arrange(this.labels, texts);
  }

  #label(index, label, x, y) {
    const text = this.#kept(this.labels, index, 'text', { 'data-level': label.name });
    const [name, value] =
      text.childElementCount === 2
        ? text.children
        : [drawing('tspan', { class: 'name' }), drawing('tspan', { class: 'value' })];
    if (text.childElementCount !== 2) {
      text.append(name, value);
    }
    name.textContent = this.#narrow ? label.name : `${label.name}\u00a0`;
    value.textContent = label.value;
    mark(name, 'x', String(x));
    mark(name, 'y', (this.#narrow ? y - 2.5 : y + 4.5).toFixed(1));
    if (this.#narrow) {
      mark(value, 'x', String(x));
      mark(value, 'y', (y + 11.5).toFixed(1));
    } else {
      value.removeAttribute('x');
      mark(value, 'y', (y + 4.5).toFixed(1));
    }
    return text;
  }

  /** The child of a layer at an index, made when it is not there yet, with these attributes. */
  #kept(layer, index, tag, attributes) {
    const node = layer.children[index] ?? layer.appendChild(drawing(tag));
    for (const [name, value] of Object.entries(attributes)) {
      mark(node, name, String(value));
    }
    return node;
  }
}

/** What is written beside the gauge, from the top down. */
function labelsOf(account, beyond) {
  const labels = LEVELS.filter((name) => account.levels[name] !== null && account.levels[name] !== undefined)
    .map((name) => ({ name, exact: account.levels[name], value: read(account.levels[name]) }))
    .reverse();
  const equity = { name: 'equity', exact: account.equity, value: read(account.equity) + beyond };
  const below = labels.findIndex((label) => compare(label.exact, account.equity) <= 0);
  labels.splice(below < 0 ? labels.length : below, 0, equity);
  return labels;
}

function inWords(account) {
  const levels = LEVELS.filter((name) => account.levels[name] !== null && account.levels[name] !== undefined)
    .map((name) => `${name} ${read(account.levels[name])}`)
    .join(', ');
  return `Load line of account ${account.account}: equity ${read(account.equity)}; levels: ${levels}; zone ${account.zone}`;
}
