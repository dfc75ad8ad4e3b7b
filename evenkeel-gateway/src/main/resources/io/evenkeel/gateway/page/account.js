// The account followed: its load line, what it is made of, its call and what was decided about it.

import { arrange, element, mark, part, say } from './dom.js';
import { compare, isZero, read, signed, subtract } from './decimal.js';
import { duration, milliseconds, timeOfDay } from './clock.js';
import { cushion } from './list.js';
import { LEVELS, LoadLine } from './loadline.js';
import { collateralTable, positionsTable } from './holdings.js';
import { DecisionRow } from './rows.js';
import { spoken } from './figures.js';
import { ZONES, zoneLabel } from './zones.js';

export class AccountPanel {
  /** Account followed, as text; null for none. */
  followed = null;

  #clock;
  #painter;
  #view = null;
  #reading = null;
  #paint = () => this.#view?.show(this.#reading);

  /**
   * @param clock engine time, for deadlines
   * @param onLeave hears that the account is to be left
   */
  constructor(painter, clock, onLeave) {
    this.#painter = painter;
    this.#clock = clock;
    this.onLeave = onLeave;
    this.#say('No account is followed. Type a number above, or choose one from a list.');
    setInterval(() => this.#reading !== null && this.#painter.ask(this.#paint), 1000);
  }

  /** Follows another account, or none. */
  follow(account) {
    if (account === this.followed) {
      return;
    }
    this.followed = account;
    this.#reading = null;
    this.#view = null;
    if (account === null) {
      this.#say('No account is followed. Type a number above, or choose one from a list.');
      say(part('account-title'), 'Account');
    } else {
      say(part('account-title'), `Account ${account}`);
      this.#say('Asking…');
    }
  }

  /** Takes a reading of the account followed; others come too late and are left. */
  show(account, reading) {
    if (account !== this.followed) {
      return;
    }
    if (this.#view === null) {
      this.#view = new AccountView(this.#clock, this.#painter, this.#paint, () => this.onLeave());
      part('account').replaceChildren(this.#view.node);
    }
    this.#announce(reading);
    this.#reading = reading;
    this.#view.take(reading);
    this.#painter.ask(this.#paint);
  }

  /** Says why there is nothing to show; what was shown before stays when there is something. */
  refuse(account, message) {
    if (account === this.followed && this.#view === null) {
      this.#say(message);
    }
  }

  #announce(reading) {
    const before = this.#reading?.zone;
    if (before !== undefined && before !== reading.zone) {
      say(part('announce'), `Account ${reading.account} is now in zone ${spoken(reading.zone)}`);
    }
  }

  #say(text) {
    part('account').replaceChildren(element('p', { class: 'empty' }, text));
  }
}

class AccountView {
  #clock;
  #line = new LoadLine();
  #chart;
  #facts = element('p', { class: 'identity' });
  #readouts = element('dl', { class: 'readouts' });
  #values = new Map();
  #nothing = element('p', { class: 'nothing' });
  #call = element('div', { class: 'call', role: 'group', 'aria-label': 'Margin call' });
  #positions = element('div', {});
  #collateral = element('div', {});
  #rows = new Map();
  #recent = element('ol', { class: 'rows' });
  #recentEmpty = element('p', { class: 'empty' }, 'Nothing lately.');
  #shown = new Map();

  constructor(clock, painter, paint, onLeave) {
    this.#clock = clock;
    const leave = element('button', { type: 'button', class: 'quiet' }, 'Stop following');
    leave.addEventListener('click', onLeave);
    this.#line.onResize = () => painter.ask(paint);
    this.#chart = element('div', { class: 'chart' }, this.#line.node);
    this.node = element(
      'div',
      { class: 'followed' },
      element('div', { class: 'who' }, this.#facts, leave),
      this.#readouts,
      this.#nothing,
      this.#chart,
      this.#call,
      element('h3', {}, 'Positions'),
      this.#positions,
      element('h3', {}, 'Collateral'),
      this.#collateral,
      element('h3', {}, 'What happened to it lately'),
      this.#recentEmpty,
      this.#recent,
    );
  }

  /** Takes a reading for the course of the load line. */
  take(reading) {
    this.#line.add(milliseconds(reading.time) ?? this.#clock.read ?? 0, reading);
  }

  show(account) {
    if (account === null) {
      return;
    }
    const isIdle = LEVELS.every((name) => isAbsent(account.levels[name]) || isZero(account.levels[name]));
    this.#showIdentity(account);
    this.#showReadouts(account, isIdle);
    this.#showNothing(account, isIdle);
    this.#chart.hidden = isIdle;
    if (!isIdle) {
      this.#line.draw();
    }
    this.#showCall(account.call);
    this.#once('positions', account.positions, () =>
      this.#positions.replaceChildren(positionsTable(account)),
    );
    this.#once('collateral', account.collateral, () =>
      this.#collateral.replaceChildren(collateralTable(account)),
    );
    this.#showRecent(account.recentDecisions ?? []);
  }

  /** Does something only when what it shows has changed. */
  #once(name, content, change) {
    const text = JSON.stringify(content);
    if (this.#shown.get(name) !== text) {
      this.#shown.set(name, text);
      change();
    }
  }

  #showIdentity(account) {
    const { zone, statedZone, frozen, open } = account;
    const facts = [
      `party ${account.party}`,
      account.mode === 'ISOLATED' ? `isolated to ${account.instrument}` : spoken(account.mode ?? 'cross'),
      account.positionMode === 'HEDGE' ? 'hedge mode' : null,
      account.role && account.role !== 'TRADER' ? spoken(account.role) : null,
      isAbsent(account.leverage) || isZero(account.leverage) ? null : `leverage ${account.leverage}`,
      frozen ? 'frozen after a fault' : null,
      open === false ? 'closed' : null,
    ].filter((it) => it !== null);
    this.#once('identity', [zone, statedZone, facts], () => {
      this.#facts.replaceChildren(zoneLabel(zone), element('span', {}, facts.join(' · ')));
      if (statedZone && statedZone !== zone) {
        const title = ZONES.find((it) => it.name === statedZone)?.title ?? statedZone;
        this.#facts.append(
          element('span', { class: 'flag', title: 'prices have moved since' }, `last event said ${title.toLowerCase()}`),
        );
      }
    });
  }

  #showReadouts(account, isIdle) {
    const { equity, levels } = account;
    const entries = [['Equity', read(equity), equity]];
    if (!isIdle) {
      const above = subtract(equity, levels.maintenance);
      const toInitial = subtract(equity, levels.initial);
      entries.push(
        [compare(above, '0') < 0 ? 'Below maintenance' : 'Above maintenance', signed(above), above],
        ['Cushion', cushion(equity, levels.maintenance), null],
        [compare(toInitial, '0') < 0 ? 'Short of initial' : 'Above initial', signed(toInitial), toInitial],
      );
    }
    arrange(
      this.#readouts,
      entries.map(([title, text, full], index) => {
        const key = index;
        let entry = this.#values.get(key);
        if (entry === undefined) {
          const dt = element('dt', {});
          const dd = element('dd', {});
          entry = { dt, dd, node: element('div', {}, dt, dd) };
          this.#values.set(key, entry);
        }
        say(entry.dt, title);
        say(entry.dd, text);
        mark(entry.dd, 'title', full === null ? '' : String(full));
        mark(entry.node, 'data-sign', full !== null && compare(full, '0') < 0 ? 'minus' : 'plus');
        return entry.node;
      }),
    );
  }

  #showNothing(account, isIdle) {
    this.#nothing.hidden = !isIdle;
    if (isIdle) {
      const holds = (account.positions ?? []).length > 0;
      say(
        this.#nothing,
        holds
          ? 'Nothing is required of it at present: all four levels are zero.'
          : 'No positions and no open orders: nothing is required of this account, so there is no load line to draw.',
      );
    }
  }

  #showCall(call) {
    this.#call.hidden = !call;
    if (!call) {
      return;
    }
    const deadline = milliseconds(call.deadline);
    const now = this.#clock.now();
    const left = deadline === null || now === null ? null : deadline - now;
    const when = call.expired
      ? `expired at ${timeOfDay(call.deadline)} UTC`
      : left === null || left <= 0
        ? `deadline ${timeOfDay(call.deadline)} UTC has come`
        : `${duration(left)} left, until ${timeOfDay(call.deadline)} UTC`;
    const content = element('div', {});
    content.append(
      element('strong', {}, `Margin call ${call.call ?? ''}: ${read(call.amount)}`),
      element('span', { class: 'until' }, when),
    );
    mark(this.#call, 'data-urgent', String(Boolean(call.expired) || (left !== null && left < 60_000)));
    this.#once('call', [call, when], () => this.#call.replaceChildren(content));
  }

  #showRecent(events) {
    const rows = new Map();
    for (const event of events) {
      const key = String(event.number);
      rows.set(key, this.#rows.get(key) ?? new DecisionRow(event));
    }
    for (const [key, row] of this.#rows) {
      if (row.isOpen && !rows.has(key)) {
        rows.set(key, row);
      }
    }
    this.#rows = rows;
    arrange(
      this.#recent,
      [...rows.values()].map((row) => row.node),
    );
    this.#recentEmpty.hidden = rows.size > 0;
  }
}

function isAbsent(value) {
  return value === null || value === undefined;
}
