// The zones, from danger to plenty, and how an account's zone is written.

import { element } from './dom.js';

export const ZONES = [
  { name: 'LIQUIDATION', title: 'Liquidation', meaning: 'below maintenance' },
  { name: 'CALL', title: 'Call', meaning: 'below search' },
  { name: 'RESTRICTED', title: 'Restricted', meaning: 'below initial' },
  { name: 'HEALTHY', title: 'Healthy', meaning: 'initial or more' },
  { name: 'EXCESS', title: 'Excess', meaning: 'release or more' },
];

/** A zone as a small label. */
export function zoneLabel(name) {
  const zone = ZONES.find((it) => it.name === name);
  return element('span', { class: 'zone', 'data-zone': name }, zone?.title ?? String(name ?? '–'));
}
