// A list of accounts: the closest to liquidation first, or those of one zone.

import { arrange, element, mark, part, say } from './dom.js';
import { approximate, parse, percent, read, subtract } from './decimal.js';
import { zoneLabel } from './zones.js';

const LIMIT = 20;

export class AccountList {
  #rows = new Map();
  #body = element('tbody', {});
  #table;
  #empty = element('p', { class: 'empty' }, 'Asking…');
  #foot = element('p', { class: 'foot' });
  #choice = part('list-choice');
  #onChoice;

  /** @param onChoice hears that another list was chosen */
  constructor(onChoice) {
    this.#onChoice = onChoice;
    this.#table = element(
      'table',
      { class: 'ledger accounts' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, 'Account'),
          element('th', { scope: 'col' }, 'Zone'),
          element('th', { scope: 'col', class: 'number' }, 'Equity'),
          element('th', { scope: 'col', class: 'number spare' }, 'Maintenance'),
          element('th', { scope: 'col', class: 'number' }, 'Cushion'),
        ),
      ),
      this.#body,
    );
    this.#table.hidden = true;
    part('list').append(this.#empty, this.#table, this.#foot);
    this.#choice.addEventListener('change', () => this.#changed());
  }

  /** Where the chosen list is read. */
  get path() {
    const choice = this.#choice.value;
    return choice === 'closest'
      ? `v1/accounts?order=closest&limit=${LIMIT}`
      : `v1/accounts?zone=${choice}&from=0&limit=${LIMIT}`;
  }

  /** Chooses 'closest' or a zone. */
  choose(choice) {
    if (this.#choice.value !== choice) {
      this.#choice.value = choice;
      this.#changed();
    }
  }

  #changed() {
    this.#table.hidden = true;
    this.#empty.hidden = false;
    say(this.#empty, 'Asking…');
    say(this.#foot, '');
    this.#onChoice();
  }

  /** Shows a reading, if it is the one of the list chosen now. */
  show(path, reading, followed) {
    if (path !== this.path) {
      return;
    }
    const accounts = reading.accounts ?? [];
    const rows = new Map();
    for (const account of accounts) {
      const row = this.#rows.get(String(account.account)) ?? new AccountRow(account.account);
      row.show(account, followed);
      rows.set(String(account.account), row);
    }
    this.#rows = rows;
    arrange(
      this.#body,
      [...rows.values()].map((row) => row.node),
    );
    this.#table.hidden = rows.size === 0;
    this.#empty.hidden = rows.size > 0;
    const isClosest = this.#choice.value === 'closest';
    say(this.#empty, isClosest ? 'No account has positions.' : 'No account is in this zone now.');
    const isMore = !isClosest && reading.next !== null && reading.next !== undefined;
    say(this.#foot, isMore ? `the first ${rows.size}, in order of opening` : '');
  }
}

class AccountRow {
  #zone = element('td', {});
  #equity = element('td', { class: 'number' });
  #maintenance = element('td', { class: 'number spare' });
  #cushion = element('td', { class: 'number cushion' });
  #shownZone = null;

  constructor(account) {
    this.node = element(
      'tr',
      { 'data-account': account },
      element('th', { scope: 'row' }, element('a', { href: `#account=${account}` }, String(account))),
      this.#zone,
      this.#equity,
      this.#maintenance,
      this.#cushion,
    );
  }

  show(account, followed) {
    const zone = `${account.zone} ${account.hasCall}`;
    if (zone !== this.#shownZone) {
      this.#shownZone = zone;
      this.#zone.replaceChildren(zoneLabel(account.zone));
      if (account.hasCall) {
        this.#zone.append(element('span', { class: 'flag', title: 'has a margin call' }, 'called'));
      }
    }
    const maintenance = account.levels?.maintenance ?? '0';
    say(this.#equity, read(account.equity));
    say(this.#maintenance, read(maintenance));
    say(this.#cushion, cushion(account.equity, maintenance));
    mark(this.node, 'aria-current', String(String(account.account) === followed));
  }
}

/** How much equity could be lost before maintenance, as a share of maintenance. */
export function cushion(equity, maintenance) {
  if (parse(equity) === null || parse(maintenance) === null) {
    return '–';
  }
  const share = percent(subtract(equity, maintenance), maintenance, 1);
  if (share === null) {
    return '–';
  }
  return approximate(share) > 9999 ? '> 9,999%' : `${read(share, 1, 1)}%`;
}
