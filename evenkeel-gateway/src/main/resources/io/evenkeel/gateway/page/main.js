// The page: what is asked of the gateway, and which part shows it.

import { mark, part, say } from './dom.js';
import { count } from './decimal.js';
import { dateAndTime, duration, EngineClock } from './clock.js';
import { AccountList } from './list.js';
import { AccountPanel } from './account.js';
import { Decisions } from './decisions.js';
import { Link } from './link.js';
import { PricesPanel } from './prices.js';
import { reading, Refused } from './readings.js';
import { Painter, Poll } from './schedule.js';
import { showConservation, VenuePanel } from './venue.js';

/** Account numbers are 64 bit. */
const LARGEST_ACCOUNT = 9223372036854775807n;

/** More seconds than this behind is said in the header. */
const BEHIND_WORTH_SAYING = 2;

const painter = new Painter();
const clock = new EngineClock();
const decisions = new Decisions(painter);
const prices = new PricesPanel();
const venue = new VenuePanel((zone) => {
  list.choose(zone);
  part('list-title').scrollIntoView({ block: 'nearest' });
});
const account = new AccountPanel(painter, clock, () => {
  location.hash = 'account=none';
});
const list = new AccountList(() => polls.list.now());

let status = null;
let lastEvent = null;
let isFresh = false;

const link = new Link({
  onState: linkChanged,
  onEvent: (event) => decisions.add(event),
  onHeard: () => {},
  onOtherHistory: forget,
});

/** One kind of reading, asked again and again while the line holds. */
function poll(intervalMs, ask) {
  return new Poll(intervalMs, () => link.state === 'live', async () => {
    try {
      await ask();
    } catch (problem) {
      if (!(problem instanceof Refused) && !(problem instanceof TypeError) && problem.name !== 'TimeoutError') {
        throw problem;
      }
      isFresh = false;
      painter.ask(showLink);
    }
  });
}

const polls = {
  status: poll(1000, async () => {
    status = await reading('v1/status');
    isFresh = true;
    painter.ask(showStatus);
  }),
  venue: poll(1000, async () => {
    const answer = await reading('v1/venue');
    heard(answer);
    painter.ask(() => {
      venue.show(answer);
      showConservation(answer.conservation);
    });
  }),
  prices: poll(1000, async () => {
    const answer = await reading('v1/prices');
    heard(answer);
    painter.ask(() => prices.show(answer));
  }),
  list: poll(2000, async () => {
    const path = list.path;
    const answer = await reading(path);
    painter.ask(() => list.show(path, answer, account.followed));
    followSomebody(answer);
  }),
  account: poll(500, askAccount),
};

async function askAccount() {
  const followed = account.followed;
  if (followed === null) {
    return;
  }
  try {
    const answer = await reading(`v1/accounts/${followed}`);
    heard(answer);
    account.show(followed, answer);
  } catch (problem) {
    if (problem instanceof Refused && problem.status === 404) {
      account.refuse(followed, `There is no account ${followed}.`);
      return;
    }
    throw problem;
  }
}

/** With no account in the address, the page begins with the one closest to liquidation. */
function followSomebody(answer) {
  const closest = answer.accounts?.[0];
  if (location.hash === '' && account.followed === null && closest !== undefined) {
    account.follow(String(closest.account));
    polls.account.now();
  }
}

/** Takes what every reading says about how current it is. */
function heard(answer) {
  clock.hear(answer.time);
  if (answer.lastEvent !== undefined && (lastEvent === null || BigInt(answer.lastEvent) > lastEvent)) {
    lastEvent = BigInt(answer.lastEvent);
  }
  painter.ask(showFacts);
}

function forget() {
  decisions.clear();
  prices.clear();
  clock.reset();
  lastEvent = null;
  const followed = account.followed;
  account.follow(null);
  account.follow(followed);
  say(part('announce'), 'The node began another history; the page starts over.');
}

function linkChanged() {
  if (link.state === 'live') {
    for (const one of Object.values(polls)) {
      one.now();
    }
  }
  painter.ask(showLink);
}

function showFacts() {
  const at = clock.read;
  say(part('engine-time'), at === null ? '–' : dateAndTime(new Date(at).toISOString()));
  say(part('event-number'), lastEvent === null ? '–' : count(lastEvent));
}

function showStatus() {
  say(part('log-position'), count(status.node?.position ?? status.position));
  const version = status.versions?.evenkeel;
  say(part('versions'), version ? `Evenkeel ${version}` : '');
  showLink();
}

/** How the line, the reader and the node are doing: one word in the header, more in the banner. */
function showLink() {
  const [state, text, banner] = condition();
  mark(part('link'), 'data-state', state);
  say(part('link-text'), text);
  part('banner').hidden = banner === null;
  mark(part('banner'), 'data-state', state);
  if (banner !== null) {
    say(part('banner-text'), banner);
  }
  part('banner-retry').hidden = link.state !== 'waiting';
}

function condition() {
  if (link.state !== 'live') {
    return unlinked();
  }
  const node = status?.node ?? {};
  const reader = status?.reader ?? {};
  if (node.fault || node.state === 'STOPPED') {
    return ['failed', 'node stopped', `The node has stopped: ${node.fault || 'it takes no commands'}`];
  }
  if (reader.state === 'FAILED' || reader.fault) {
    return ['failed', 'reader stopped', `The reader has stopped: ${reader.fault}. What is shown is as of event ${lastEvent ?? '–'}.`];
  }
  const behind = Number(reader.behindSeconds ?? 0);
  if (reader.state === 'CATCHING_UP') {
    return ['behind', 'catching up', `The reader is catching up: ${count(reader.behindBytes ?? 0)} bytes of the journal to go.`];
  }
  if (behind >= BEHIND_WORTH_SAYING) {
    return ['behind', `behind by ${duration(behind * 1000)}`, null];
  }
  return isFresh ? ['live', 'live', null] : ['behind', 'waiting for readings', null];
}

function unlinked() {
  if (link.lostAt === null || (status === null && link.state === 'connecting')) {
    return ['connecting', 'connecting', null];
  }
  const since = link.lostAt.toTimeString().slice(0, 8);
  const wait = Math.max(0, Math.ceil((link.retryAt - performance.now()) / 1000));
  const next = link.state === 'connecting' || wait === 0 ? 'Trying again now.' : `Trying again in ${wait} s.`;
  const shown = lastEvent === null ? '' : ` What is shown is as of event ${count(lastEvent)}.`;
  return ['lost', 'reconnecting', `Not connected since ${since}. ${next}${shown}`];
}

/** The account named in the address; null when none is, undefined when it names none. */
function accountInAddress() {
  const found = /^#account=(.*)$/.exec(location.hash);
  return found === null || found[1] === 'none' ? null : found[1];
}

function addressChanged() {
  const named = accountInAddress();
  say(part('find-problem'), '');
  if (named !== null && !isAccountNumber(named)) {
    say(part('find-problem'), 'An account number has digits only.');
    return;
  }
  part('find-id').value = '';
  account.follow(named);
  for (const row of document.querySelectorAll('tr[data-account]')) {
    mark(row, 'aria-current', String(row.dataset.account === named));
  }
  polls.account.now();
}

function isAccountNumber(text) {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= LARGEST_ACCOUNT;
}

part('find').addEventListener('submit', (submit) => {
  submit.preventDefault();
  const text = part('find-id').value.trim();
  if (!isAccountNumber(text)) {
    say(part('find-problem'), 'An account number has digits only.');
    return;
  }
  const hash = `#account=${BigInt(text)}`;
  if (location.hash === hash) {
    addressChanged();
  } else {
    location.hash = hash;
  }
});

part('find-closest').addEventListener('click', async () => {
  list.choose('closest');
  try {
    const answer = await reading('v1/accounts?order=closest&limit=1');
    const closest = answer.accounts?.[0];
    say(part('find-problem'), closest === undefined ? 'No account has positions.' : '');
    if (closest !== undefined) {
      location.hash = `#account=${closest.account}`;
    }
  } catch (problem) {
    say(part('find-problem'), `The list could not be read: ${problem.message}`);
  }
});

part('banner-retry').addEventListener('click', () => link.retry());

part('skip').addEventListener('click', (click) => {
  click.preventDefault();
  part('account-panel').focus();
});

addEventListener('keydown', (key) => {
  if (key.key === '/' && !key.target.closest?.('input, select, textarea')) {
    key.preventDefault();
    part('find-id').focus();
  }
});

addEventListener('hashchange', () => {
  addressChanged();
  part('account-panel').scrollIntoView({ block: 'nearest' });
});

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && link.state === 'live') {
    linkChanged();
  }
});

// Waits and countdowns are told anew every second.
setInterval(() => link.state !== 'live' && painter.ask(showLink), 1000);

addressChanged();
link.retry();
