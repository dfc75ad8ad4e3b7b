// Every figure of an event, in tables: whatever fields it has, none left out.

import { element } from './dom.js';
import { exact, parse } from './decimal.js';
import { dateAndTime } from './clock.js';

/** Fields whose digits are a name, not an amount. */
const NAMES =
  /(^(account|party|call|number|session|version|id)|(Account|Party|Call|Number|Position|Session|Version|Id))$/;

/** Fields whose capitals are a name, not a word of the engine. */
const SYMBOLS = /(asset|instrument|symbol|target)$/i;

const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A line has this many figures before it is written downwards, one column a line. */
const MOST_COLUMNS = 4;

/** `marginCallIssued` as `margin call issued`. */
export function spoken(name) {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

/** One value as text. */
export function shown(name, value) {
  if (value === null || value === undefined) {
    return 'none';
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, inner]) => `${spoken(key)} ${shown(key, inner)}`)
      .join(', ');
  }
  const text = String(value);
  if (TIME.test(text)) {
    return `${dateAndTime(text)} UTC`;
  }
  if (!NAMES.test(name) && parse(text) !== null) {
    return exact(text);
  }
  return /^[A-Z][A-Z_]+$/.test(text) && !SYMBOLS.test(name) ? spoken(text) : text;
}

function isNumeric(value) {
  return (typeof value === 'string' || typeof value === 'number') && parse(value) !== null;
}

function isLines(value) {
  return Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
}

/** All figures of an event as a block of tables. */
export function figures(event) {
  const { words, evidence, number, type, time, position, decision, accounts, ...rest } = event;
  const block = element('div', { class: 'figures' });
  const said = { event: spoken(type), eventNumber: number, time, logPosition: position };
  const concerned = (accounts ?? []).length > 1 ? { accounts } : {};
  block.append(...blocks({ ...rest, ...concerned, ...said }));
  if (evidence) {
    block.append(element('h4', {}, 'What it was decided from'), ...blocks(evidence));
  }
  return block;
}

function blocks(object) {
  const plain = [];
  const nested = [];
  for (const [name, value] of Object.entries(object)) {
    if (isLines(value)) {
      nested.push(element('h5', {}, spoken(name)), lines(name, value));
    } else if (Array.isArray(value)) {
      plain.push([name, value.length === 0 ? 'none' : value.map((it) => shown(name, it)).join(', ')]);
    } else if (value !== null && typeof value === 'object') {
      nested.push(element('h5', {}, spoken(name)), ...blocks(value));
    } else {
      plain.push([name, value]);
    }
  }
  return plain.length === 0 ? nested : [list(plain), ...nested];
}

function list(pairs) {
  return element(
    'dl',
    { class: 'pairs' },
    pairs.map(([name, value]) =>
      element(
        'div',
        {},
        element('dt', {}, spoken(name)),
        element('dd', { class: isNumeric(value) ? 'number' : null }, shown(name, value)),
      ),
    ),
  );
}

function lines(name, rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table =
    columns.length > MOST_COLUMNS ? downwards(columns, rows) : across(columns, rows);
  return element(
    'div',
    { class: 'sideways', tabindex: '0', role: 'region', 'aria-label': spoken(name) },
    table,
  );
}

function cell(name, value) {
  return element('td', { class: isNumeric(value) ? 'number' : null }, shown(name, value));
}

function across(columns, rows) {
  return element(
    'table',
    { class: 'ledger' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        columns.map((column) =>
          element('th', { scope: 'col', class: isNumeric(rows[0][column]) ? 'number' : null }, spoken(column)),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      rows.map((row) => element('tr', {}, columns.map((column) => cell(column, row[column])))),
    ),
  );
}

/** One column a line: its first field heads it. */
function downwards(columns, rows) {
  const [head, ...figuresBelow] = columns;
  return element(
    'table',
    { class: 'ledger' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, spoken(head)),
        rows.map((row) => element('th', { scope: 'col', class: 'number' }, shown(head, row[head]))),
      ),
    ),
    element(
      'tbody',
      {},
      figuresBelow.map((column) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, spoken(column)),
          rows.map((row) => cell(column, row[column])),
        ),
      ),
    ),
  );
}
