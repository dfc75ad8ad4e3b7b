// Exact decimals. The server writes amounts as decimal strings; they are compared, added and
// rounded for reading as whole numbers of BigInt, never as floats.

const PATTERN = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const MINUS = '\u2212';

/** A decimal string as {units, scale}; null when it is none. */
export function parse(text) {
  const found = PATTERN.exec(String(text ?? ''));
  if (found === null) {
    return null;
  }
  const fraction = found[3] ?? '';
  const units = BigInt(found[2] + fraction);
  return { units: found[1] === '-' ? -units : units, scale: fraction.length };
}

function aligned(left, right) {
  const scale = Math.max(left.scale, right.scale);
  return [
    left.units * 10n ** BigInt(scale - left.scale),
    right.units * 10n ** BigInt(scale - right.scale),
    scale,
  ];
}

/** Plain text of {units, scale}. */
export function plain({ units, scale }) {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(digits.length - scale)}`;
  return (units < 0n ? '-' : '') + whole + fraction;
}

/** -1, 0 or 1. Both must be decimals. */
export function compare(left, right) {
  const [a, b] = aligned(parse(left), parse(right));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** left - right as a decimal string. */
export function subtract(left, right) {
  const [a, b, scale] = aligned(parse(left), parse(right));
  return plain({ units: a - b, scale });
}

/** Sum of decimal strings as a decimal string. */
export function sum(texts) {
  let total = { units: 0n, scale: 0 };
  for (const text of texts) {
    const [a, b, scale] = aligned(total, parse(text) ?? { units: 0n, scale: 0 });
    total = { units: a + b, scale };
  }
  return plain(total);
}

/** Whether it is a decimal and zero. */
export function isZero(text) {
  return parse(text)?.units === 0n;
}

/** part / whole in percent as a decimal string, `places` decimals; null when whole is zero. */
export function percent(part, whole, places = 2) {
  const [a, b] = aligned(parse(part), parse(whole));
  if (b === 0n) {
    return null;
  }
  const shift = 10n ** BigInt(places + 2);
  return plain({ units: nearest(a * shift, b), scale: places });
}

/** Rounds a quotient to the nearest whole number, halves away from zero. */
function nearest(numerator, denominator) {
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}

/**
 * A decimal string for reading: thousands grouped, at least `least` and at most `most` decimals.
 * What is no decimal is shown as it came.
 */
export function read(text, least = 2, most = 2) {
  const number = parse(text);
  if (number === null) {
    return text === null || text === undefined ? '–' : String(text);
  }
  let { units, scale } = number;
  if (scale > most) {
    units = nearest(units, 10n ** BigInt(scale - most));
    scale = most;
  }
  while (scale > least && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  if (scale < least) {
    units *= 10n ** BigInt(least - scale);
    scale = least;
  }
  const [whole, fraction] = plain({ units: units < 0n ? -units : units, scale }).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return (units < 0n ? MINUS : '') + grouped + (fraction === undefined ? '' : `.${fraction}`);
}

/** All decimals that say something, at least `least`. */
export function exact(text, least = 0) {
  return read(text, least, 40);
}

/** The same with its sign written out, for changes. */
export function signed(text, least = 2, most = 2) {
  const shown = read(text, least, most);
  return parse(text) !== null && parse(text).units > 0n ? `+${shown}` : shown;
}

/** A count: whole, grouped. */
export function count(text) {
  return read(text, 0, 0);
}

/** For drawing only. */
export function approximate(text) {
  return Number(text);
}
