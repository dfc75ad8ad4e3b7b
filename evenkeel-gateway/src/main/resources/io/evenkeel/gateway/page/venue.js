// The venue as a whole: accounts per zone, who bears a loss, whether money is conserved.

import { arrange, element, mark, part, say } from './dom.js';
import { approximate, count, isZero, percent, read } from './decimal.js';
import { ZONES, zoneLabel } from './zones.js';

export class VenuePanel {
  #segments = new Map();
  #counts = new Map();
  #purse = new Map();

  /** @param onZone hears the name of a zone that was clicked */
  constructor(onZone) {
    for (const zone of ZONES) {
      this.#segments.set(zone.name, element('span', { 'data-zone': zone.name }));
      this.#counts.set(zone.name, zoneCount(zone, onZone));
    }
    part('zone-bar').append(...this.#segments.values());
    part('zone-counts').append(...[...this.#counts.values()].map((it) => it.node));
  }

  /** Shows a reading of `/v1/venue`. */
  show(venue) {
    const zones = venue.zones ?? {};
    const total = ZONES.reduce((sum, zone) => sum + BigInt(zones[zone.name] ?? 0), 0n).toString();
    for (const zone of ZONES) {
      const accounts = String(zones[zone.name] ?? 0);
      this.#segments.get(zone.name).style.flexGrow = approximate(accounts);
      this.#segments.get(zone.name).hidden = isZero(accounts);
      const { node, figure, share } = this.#counts.get(zone.name);
      say(figure, count(accounts));
      say(share, total === '0' ? '–' : `${percent(accounts, total, 1)}%`);
      mark(node, 'data-none', String(isZero(accounts)));
    }
    mark(part('zone-bar'), 'data-none', String(total === '0'));
    say(part('accounts-total'), `${count(total)} open ${total === '1' ? 'account' : 'accounts'}`);
    const calls = String(venue.openCalls ?? 0);
    say(part('calls-open'), `${count(calls)} margin ${calls === '1' ? 'call' : 'calls'}`);
    this.#showPurse(venue);
  }

  #showPurse(venue) {
    const nodes = [
      this.#entry('Insurance fund', amounts(venue.insuranceFund, 'empty')),
      this.#entry('Backstop', backstop(venue.backstop)),
      this.#entry('Bad debt', amounts(venue.badDebt, 'none'), isEmpty(venue.badDebt) ? null : 'bad'),
      this.#entry('Fees', amounts(venue.fees, 'none')),
      this.#entry('Deposits, net', amounts(venue.deposits, 'none')),
    ];
    arrange(part('purse'), nodes);
  }

  /** Lines that did not change keep their nodes. */
  #entry(title, lines, state = null) {
    const content = JSON.stringify([lines.map((line) => line.key), state]);
    const known = this.#purse.get(title);
    if (known?.content === content) {
      return known.node;
    }
    const node = element(
      'div',
      { 'data-state': state },
      element('dt', {}, title),
      lines.map((line) => element('dd', {}, line.parts())),
    );
    this.#purse.set(title, { content, node });
    return node;
  }
}

function zoneCount(zone, onZone) {
  const figure = element('span', { class: 'figure' }, '–');
  const share = element('span', { class: 'share' }, '–');
  const button = element(
    'button',
    { type: 'button', title: `List the accounts in this zone: equity ${zone.meaning}` },
    element('span', { class: 'title' }, element('span', { class: 'swatch' }), zone.title),
    element('span', { class: 'amount' }, figure, share),
    element('span', { class: 'meaning' }, zone.meaning),
  );
  button.addEventListener('click', () => onZone(zone.name));
  return { node: element('li', { 'data-zone': zone.name }, button), figure, share };
}

function isEmpty(byAsset) {
  return Object.values(byAsset ?? {}).every((amount) => isZero(amount));
}

function amounts(byAsset, whenEmpty) {
  const lines = Object.entries(byAsset ?? {})
    .filter(([, amount]) => !isZero(amount))
    .map(([asset, amount]) => ({
      key: `${asset} ${amount}`,
      parts: () => [
        element('span', { class: 'number', title: String(amount) }, read(amount, 2, 8)),
        element('span', { class: 'unit' }, asset),
      ],
    }));
  return lines.length > 0
    ? lines
    : [{ key: whenEmpty, parts: () => [element('span', { class: 'none' }, whenEmpty)] }];
}

function backstop(reading) {
  if (!reading) {
    return [{ key: 'none', parts: () => [element('span', { class: 'none' }, 'none opened')] }];
  }
  return [
    {
      key: `equity ${reading.equity}`,
      parts: () => [
        element('span', { class: 'number' }, read(reading.equity)),
        element('span', { class: 'unit' }, 'equity'),
      ],
    },
    {
      key: `${reading.account} ${reading.zone}`,
      parts: () => [
        zoneLabel(reading.zone),
        element('a', { href: `#account=${reading.account}` }, `account ${reading.account}`),
      ],
    },
  ];
}

/** Shows the last check that money is conserved. */
export function showConservation(conservation) {
  const place = part('conservation');
  const breaches = conservation?.breaches ?? [];
  if (breaches.length > 0) {
    mark(place, 'data-state', 'broken');
    say(place, `Money not conserved at event ${count(conservation.checkedEvent)}: ${breaches.join('; ')}`);
  } else if (conservation?.checkedTime) {
    mark(place, 'data-state', 'kept');
    say(place, `Money conserved, checked at event ${count(conservation.checkedEvent)}`);
  } else {
    mark(place, 'data-state', 'unknown');
    say(place, 'Money not checked yet');
  }
}
