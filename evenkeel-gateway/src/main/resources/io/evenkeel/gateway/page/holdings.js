// What an account is made of: positions and collateral, each line with what it adds to equity and to
// the requirement, and the sums.

import { element } from './dom.js';
import { compare, exact, isZero, read, signed, sum } from './decimal.js';

/** Table of an account's positions and open orders, or a sentence when there are none. */
export function positionsTable(account) {
  const positions = account.positions ?? [];
  if (positions.length === 0) {
    return element('p', { class: 'empty' }, 'No positions and no open orders.');
  }
  const hasOrders = positions.some((it) => !isZero(it.buy ?? '0') || !isZero(it.sell ?? '0'));
  const columns = [
    ['Contract', (it) => (it.side ? `${it.instrument} ${it.side.toLowerCase()}` : it.instrument), 'name'],
    ['Quantity', (it) => signed(it.quantity, 0, 18)],
    hasOrders ? ['Bids / offers', (it) => `${exact(it.buy)} / ${exact(it.sell)}`] : null,
    ['Entry', (it) => exact(it.entryPrice, 2)],
    ['Mark', (it) => exact(it.mark, 2)],
    ['Profit', (it) => signed(it.profit, 2, 8), 'signed', (it) => it.profit],
    ['Notional', (it) => read(it.maintenanceNotional), null, (it) => it.maintenanceNotional],
    ['Maintenance', (it) => read(it.maintenanceMargin), null, (it) => it.maintenanceMargin],
    ['Initial', (it) => read(it.initialMargin), null, (it) => it.initialMargin],
  ].filter((it) => it !== null);
  const totals = new Map([
    ['Contract', 'Requirement'],
    ['Maintenance', read(account.maintenanceMargin)],
    ['Initial', read(account.initialMargin)],
  ]);
  return table('Positions', columns, positions, totals);
}

/** Table of an account's collateral, or a sentence when there is none. */
export function collateralTable(account) {
  const collateral = account.collateral ?? [];
  if (collateral.length === 0) {
    return element('p', { class: 'empty' }, 'No collateral is posted.');
  }
  const columns = [
    ['Asset', (it) => it.asset, 'name'],
    ['Balance', (it) => read(it.balance, 2, 8), 'signed', (it) => it.balance],
    ['Price', (it) => exact(it.price, 2)],
    ['Weight', (it) => weights(it)],
    ['Value', (it) => read(it.maintenanceValue), null, (it) => it.maintenanceValue],
    ['Profit', (it) => signed(it.profit, 2, 8), 'signed', (it) => it.profit],
    ['Profit value', (it) => signed(it.profitValue), null, (it) => it.profitValue],
    ['At initial', (it) => read(sum([it.initialValue, it.initialProfitValue])), null],
  ];
  const value = read(sum(collateral.map((it) => it.maintenanceValue)));
  const profit = sum(collateral.map((it) => it.profitValue));
  const totals = new Map([
    ['Asset', 'Sum'],
    ['Value', value],
    ['Profit value', signed(profit)],
    ['At initial', read(account.initialEquity)],
  ]);
  const sign = compare(profit, '0') < 0 ? '\u2212' : '+';
  const size = read(profit).replace('\u2212', '');
  return element(
    'div',
    {},
    table('Collateral', columns, collateral, totals),
    element(
      'p',
      { class: 'sum' },
      `${value} from collateral ${sign} ${size} from profit and loss = equity ${read(account.equity)}`,
    ),
  );
}

function weights(line) {
  const maintenance = exact(line.maintenanceWeight);
  const initial = exact(line.initialWeight);
  return maintenance === initial ? maintenance : `${maintenance} / ${initial}`;
}

/** Each column: title, text of a line, 'name' or 'signed', and the full figure for the tooltip. */
function table(name, columns, lines, totals) {
  const head = columns.map(([title, , kind]) =>
    element('th', { scope: 'col', class: kind === 'name' ? null : 'number' }, title),
  );
  const rows = lines.map((line) =>
    element('tr', {}, columns.map((column) => cell(column, line))),
  );
  const foot = columns.map(([title, , kind]) =>
    kind === 'name'
      ? element('th', { scope: 'row' }, totals.get(title))
      : element(
          'td',
          { class: 'number', 'data-label': title, 'data-none': totals.has(title) ? null : 'true' },
          totals.get(title) ?? '',
        ),
  );
  return element(
    'div',
    { class: 'sideways', tabindex: '0', role: 'region', 'aria-label': name },
    element(
      'table',
      { class: 'ledger stacked' },
      element('thead', {}, element('tr', {}, head)),
      element('tbody', {}, rows),
      element('tfoot', {}, element('tr', {}, foot)),
    ),
  );
}

function cell([title, text, kind, full], line) {
  if (kind === 'name') {
    return element('th', { scope: 'row' }, text(line));
  }
  const value = full?.(line);
  const sign = kind === 'signed' && value !== undefined ? compare(value ?? '0', '0') : 0;
  return element(
    'td',
    {
      class: 'number',
      'data-label': title,
      'data-sign': sign < 0 ? 'minus' : sign > 0 ? 'plus' : null,
      title: value ?? null,
    },
    text(line),
  );
}
